"""Papers about the use of data, drafted from the live settings: on the page, as a PDF, as a Word file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.chronology.work.packs import scratch_folder
from joindots.documents import word
from joindots.documents.plain import Part, notes_pdf
from joindots.privacy import queries
from joindots.privacy.rules import drafts
from joindots.privacy.rules.drafts import PAPERS, Paper
from joindots.web.work.plan_views import neutral


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """The three papers; one of them as it would be drafted now."""
    actor = actor_of(request)
    told = queries.settings(actor)
    code = request.GET.get("paper", "")
    paper = Paper(code) if code in set(Paper) else Paper.ASSESSMENT
    chapters, opening = drafts.drafted(paper, told), drafts.opening(told)
    parts = [Part(one.title, one.lines) for one in chapters]
    title, form = f"{PAPERS[paper]}: draft", request.GET.get("form", "")
    if form == "pdf":
        return neutral(notes_pdf(title, parts, actor.at, scratch_folder(), opening=opening), "application/pdf",
                       f"{paper}-draft.pdf")  # fmt: skip
    if form == "docx":
        return neutral(word.sheet_docx(title, parts, opening), word.KIND, f"{paper}-draft.docx")
    context = {
        "papers": [(str(one), PAPERS[one], one is paper) for one in Paper], "title": title, "opening": opening,
        "chapters": chapters, "paper": str(paper), "waiting": drafts.open_questions(chapters), "fill": drafts.FILL,
        "here": "privacy", "sub": "papers",
    }  # fmt: skip
    return render(request, "privacy/papers.html", context)
