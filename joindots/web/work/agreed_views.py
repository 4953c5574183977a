"""What somebody agreed to, and letting others read a case: its readers are listed before anything is done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import agreeing
from joindots.circles import queries as knowing
from joindots.kernel.problems import NotFound
from joindots.kernel.when import day_says, london_day, midnight
from joindots.privacy import queries as privacy
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, an_id, day, maybe_day, row, tried, words_of
from joindots.web.work.fields import Asking

SIDES = (
    ("victim", _("all of it, with how and where somebody can be reached")),
    ("both", _("all of it, but no address, no number, and not how somebody can be reached")),
)


@require_http_methods(["GET", "POST"])
def agreed(request: HttpRequest, reference: str) -> HttpResponse:
    """The ledger of consent, and who reads the case by a share."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    given, trouble = request.POST, None
    if request.method == "POST":
        trouble = tried(given, {
            "agree": lambda sent: actions.agree(actor, ref, what=_agreement(sent)),
            "take_back": lambda sent: actions.take_back(
                actor, row(sent), said_by=sent.get("said_by", ""), follows=words_of(sent, "follows")),
            "end": lambda sent: actions.end_share(actor, row(sent)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_agreed", reference=reference)
    ledger = casework.consents(actor, ref)
    sees_asked = bool(actor.may(privacy.asked_about.permission)) and head.side != "suspect"
    context = {
        "head": head, "tab": "taking", "sub": "agreed", "trouble": trouble,
        "live": [one for one in ledger if one.live], "over": [one for one in ledger if not one.live],
        "shares": casework.shares(actor, ref), "said_by": agreeing.TAKEN_BACK_BY,
        "fields": _agreement_fields(Asking(given, {"given_on": london_day(actor.at).isoformat()}), actor, head),
        "sees_asked": sees_asked, "asked": privacy.asked_about(actor, ref) if sees_asked else (),
        "may": actions.agree.may(actor, ref), "may_share": actions.share_case.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/agreed.html", context, status=trouble.status if trouble else 200)


def _agreement_fields(asking: Asking, actor: Actor, head: casework.CaseHead) -> list[object]:
    people = [(str(one.id), one.name) for one in head.people if one.stands_as != "suspect"]
    victim = next((str(one.id) for one in head.people if one.stands_as == "victim"), "")
    agencies = [(str(one), f"{name}, {kind}") for one, name, kind in knowing.agencies(actor) if one != actor.agency_id]
    return [
        asking.choice("person", _("Who agreed?"), people, kind="select", otherwise=victim),
        asking.choice("item", _("To what?"), [(str(c), t) for c, t in agreeing.ITEM_WORDS.items()]),
        asking.choice("agency", _("With which agency?"), agencies, kind="select", ask="None of these, or not needed"),
        asking.text("whom", _("Or with whom, in words")),
        asking.text("purpose", _("What for")),
        asking.choice("how", _("How did they say it?"), agreeing.HOW_WORDS),
        asking.text("given_on", _("On which day?"), kind="date"),
        asking.text("until", _("Until"), kind="date", hint=_("Leave it empty if they set no end.")),
        asking.text("said", _("In their own words"), kind="area", hint=_("You can skip this.")),
    ]  # fmt: skip


def _agreement(given: Given) -> actions.Agreement:
    return actions.Agreement(
        given.get("item", ""), given.get("how", ""), day(given, "given_on"), _maybe_id(given, "agency"),
        words_of(given, "whom", 200), words_of(given, "purpose", 400), words_of(given, "said"),
        maybe_day(given, "until"), _maybe_id(given, "person"),
    )  # fmt: skip


def _maybe_id(given: Given, name: str) -> UUID | None:
    return an_id(given, name) if given.get(name) else None


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, reference: str) -> HttpResponse:
    """Let people of an agency read the case: choose them, see who they are and what they will open, then share."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    actions.share_case.may(actor, ref).or_raise()
    given = request.POST or request.GET
    agency = _maybe_id(given, "agency")
    readers = knowing.could_read(actor, Ref(head.circle), agency=agency, typed=given.get("typed", "")) if agency else ()
    trouble = None
    if request.method == "POST" and given.get("do") == "share":
        trouble = tried(given, {"share": lambda sent: actions.share_case(actor, ref, what=_sharing(sent))})
        if trouble is None:
            return redirect("web:case_agreed", reference=reference)
    chosen = {one for one in given.getlist("reader") if one}
    picked = [one for one in readers if str(one.membership) in chosen and not one.stands]
    if given.get("do") == "choose" and not picked:
        return render(
            request, "work/share.html",
            {**_share_context(actor, ref, head, given, agency, readers), "none_picked": True}, status=422,
        )  # fmt: skip
    context = {**_share_context(actor, ref, head, given, agency, readers), "picked": picked, "trouble": trouble,
               "check": bool(picked) and given.get("do") in ("choose", "share")}  # fmt: skip
    return render(request, "work/share.html", context, status=trouble.status if trouble else 200)


def _share_context(
    actor: Actor, ref: Ref, head: casework.CaseHead, given: Given, agency: UUID | None,
    readers: tuple[knowing.Reader, ...],
) -> dict[str, object]:  # fmt: skip
    agencies = knowing.agencies(actor)
    consents = [
        one for one in casework.consents(actor, ref)
        if one.live and one.item_code == "share" and one.agency is not None and one.agency == agency
    ]  # fmt: skip
    asking = Asking(given if given.get("do") == "share" else Given())
    there = knowing.where_suspect_works(actor, Ref(head.circle))
    works = there is not None and there.agency == agency
    return {
        "head": head, "tab": "taking", "sub": "agreed", "agencies": agencies, "agency": agency, "readers": readers,
        "agency_name": next((name for one, name, _kind in agencies if one == agency), ""), "given": given,
        "opens": agreeing.SIDE_OPENS, "fields": [
            asking.choice("side", _("What can they open?"), SIDES[1:] if works else SIDES, otherwise="both"),
            asking.text("purpose", _("What is it shared for?")),
            asking.text("until", _("Until"), kind="date", hint=_("A day within a year. It ends by itself.")),
            asking.basis(_("On what basis?"), _("consent, as written down below"), agreeing.bases()),
            asking.choice("consent", _("Which consent?"), [
                (str(one.id), f"{day_says(midnight(one.given_on))}, {one.whose}: {one.how}") for one in consents],
                kind="select", ask="None", otherwise=str(consents[0].id) if consents else ""),
            asking.text("why", _("Without consent: why it is necessary, and no more than is needed"), kind="area"),
            asking.choice("told", _("Without consent: the person"), agreeing.TOLD_WORDS),
        ], "no_consent": not consents, "works": works,
    }  # fmt: skip


def _sharing(given: Given) -> actions.Sharing:
    agency = _maybe_id(given, "agency")
    if agency is None:
        raise NotFound
    side = given.get("side", "")
    return actions.Sharing(
        agency, [_uuid(one) for one in given.getlist("reader")], side if side in dict(SIDES) else "both",
        words_of(given, "purpose", 400), maybe_day(given, "until"), given.get("basis", ""),
        _maybe_id(given, "consent"), words_of(given, "why"), given.get("told", ""),
    )  # fmt: skip


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound from None
