"""Letters: the asking first, then the facts for a check, then the letter as paper or file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import letters as rules
from joindots.casework.rules.agreeing import HOW_WORDS, Item
from joindots.chronology.work import scratch_folder
from joindots.documents import word
from joindots.documents.plain import LetterText, letter_pdf
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.notices.rules.notices import Kind
from joindots.web.typed import case_ref, seen
from joindots.web.work.doing import Given, Trouble, an_id, day, maybe_day, places, tried
from joindots.web.work.plan_views import neutral

GOES = (
    (Kind.LETTER.value, _("Somebody here posts it")), (Kind.MAIL.value, _("By e-mail")),
    (Kind.PRINTED.value, _("GOV.UK Notify prints and posts it, where that is set up")),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """Letters that were made, and writing down that somebody agreed to one."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "agreed": lambda given: actions.agree(actor, ref, what=actions.Agreement(
                Item.LETTER, given.get("how", ""), day(given, "given_on"), whom=given.get("whom", "").strip(),
                purpose=given.get("purpose", "").strip())),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:letters", reference=reference)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "letters"), "given": request.POST,
        "letters": casework.letters_of(actor, ref), "agreed": casework.letters_agreed(actor, ref),
        "macros": rules.MACROS.items(), "hows": HOW_WORDS.items(), "trouble": trouble,
        "may": actions.make_letter.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/letters.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def new_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter of one kind: choose, look at it as it would be, make it. Nothing is made before it was shown."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    agreed = casework.letters_agreed(actor, ref)
    if kind not in rules.MACROS or not agreed:
        return redirect("web:letters", reference=reference)
    shown, trouble = None, None
    if request.method == "POST":
        try:
            draft = _draft(request.POST, agreed)
            rules.can_draft(draft, london_day(actor.at)).or_raise()
            shown = casework.compose(actor, ref, draft=draft)
            if "make" in request.POST:
                made = actions.make_letter(actor, ref, draft=draft, consent=an_id(request.POST, "consent"))
                return redirect(f"{reverse('web:letter', args=[reference])}?letter={made}")
        except RuleBroken as broken:
            trouble = Trouble(str(broken), broken.status)
    macro = rules.MACROS[kind]
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "letters"), "given": request.POST, "kind": kind,
        "macro": macro, "agreed": [one for one in agreed if kind in one.kinds],
        "others": [rules.can_write_as(kind, one.kinds, one.whom).reason for one in agreed if kind not in one.kinds],
        "shown": shown, "trouble": trouble,
        "asks": [(code, text.format(name=head.victim), code in request.POST.getlist("ask"))
                 for code, text in macro.asks.items()],
        "extras": [(code.value, text, code in request.POST.getlist("extra"))
                   for code, text in rules.EXTRA_WORDS.items() if code != rules.Extra.CHILD or kind == "school"],
    }  # fmt: skip
    return render(request, "work/letter_form.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """One letter: on the page, on its way, or as a PDF or Word file with a name that says nothing."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    row = an_id(request.GET, "letter")
    which = Ref(row)
    found = casework.letter(actor, which)
    if found.case != head.reference:
        raise NotFound
    form, trouble = request.GET.get("form", ""), None
    if request.method == "POST":
        sent: list[Written] = []
        shown = seen(row, request.POST)
        trouble = tried(request.POST, {
            "send": lambda given: sent.append(actions.send_letter(actor, which, **outside(given))),
            "reply": lambda given: actions.note_reply(actor, shown, said=given.get("said", "")),
            "again": lambda given: actions.ask_letter_again(actor, shown, reply_by=day(given, "reply_by")),
        })  # fmt: skip
        if sent:
            return redirect("web:notice", reference=reference, notice=sent[0].id)
        if trouble is None:
            return redirect(f"{reverse('web:letter', args=[reference])}?letter={which.key}")
    if form not in ("pdf", "docx", "print"):
        context = {
            "head": head, "tab": "work", "places": places(actor, head, "letters"), "found": found, "trouble": trouble,
            "given": request.POST, "may": actions.send_letter.may(actor, which), "goes": GOES,
            "place": "\n".join(found.letter.to[1:]), "sender": outward.SENDER, "subject": outward.SUBJECT,
        }  # fmt: skip
        return render(request, "work/letter.html", context, status=trouble.status if trouble else 200)
    actions.take_letter(actor, which, form=form)
    if form == "print":
        return render(request, "work/letter_print.html", {"letter": found.letter})
    one = found.letter
    text = LetterText(one.to, one.day, one.title, one.opening, one.asks, one.closing, one.signed)
    if form == "docx":
        return neutral(word.letter_docx(text), word.KIND, f"{rules.FILE_NAME}.docx")
    return neutral(letter_pdf(text, actor.at, scratch_folder()), "application/pdf", f"{rules.FILE_NAME}.pdf")


def outside(given: Given) -> dict[str, str]:
    """How it goes and where to, as the form says; what was not typed is the neutral word."""
    kind = given.get("kind", "")
    if kind not in dict(GOES):
        raise RuleBroken(words("letter_goes_how", "Choose how it goes."))
    return {
        "kind": kind, "to": given.get("mail" if kind == Kind.MAIL else "place", "").replace("\r\n", "\n"),
        "sender": given.get("sender", "") or outward.SENDER, "subject": given.get("subject", "") or outward.SUBJECT,
    }  # fmt: skip


def _draft(given: Given, agreed: tuple[casework.Agreed, ...]) -> rules.Draft:
    """What was chosen. The letter goes to whom the chosen consent names, and to nobody else."""
    whom = next((one.whom for one in agreed if str(one.id) == given.get("consent")), "")
    return rules.Draft(
        given.get("kind", ""), f"{whom}\n{given.get('place', '')}" if whom else "",
        tuple(given.getlist("ask")), tuple(given.getlist("extra")),
        given.get("words", ""), maybe_day(given, "reply_by"),
    )  # fmt: skip
