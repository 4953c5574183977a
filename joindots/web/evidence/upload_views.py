"""Files sent in pieces by the page's script: where to go on after a lost connection, and how far each has come."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.evidence import actions, pieces, queries
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.kernel.problems import OutOfDate, Problem, RuleBroken
from joindots.web.typed import case_ref, whole

NOT_WHOLE = "A piece of the file did not come whole. It is sent again."


@require_POST
def begin(request: HttpRequest, reference: str) -> JsonResponse:
    """Begin to send a file, or go on with one: its address, how much of it has come, and how much to send at once."""
    size = request.POST.get("size", "")
    try:
        begun = actions.begin_sending(
            actor_of(request), case_ref(reference), name=request.POST.get("name", "") or "file",
            size=whole(size, 0, digits=15), mark=request.POST.get("mark", ""),
            most=settings.MOST_BYTES_A_FILE,
        )  # fmt: skip
    except Problem as problem:
        return _refused(problem)
    return JsonResponse(
        {"to": reverse("web:send_piece", args=(begun.id,)), "come": begun.come, "piece": actions.PIECE},
    )


@takes_files
@require_POST
def piece(request: HttpRequest, sending: UUID) -> JsonResponse:
    """Take the next piece. After the last one the file is brought in, and the answer says where its work is shown."""
    actor, ref = actor_of(request), Ref(sending)
    come = request.FILES.get("piece")
    begins = request.POST.get("begins", "")
    try:
        if isinstance(come, SealedUpload) and begins.isdecimal() and len(begins) < 16:
            kept = actions.keep_piece(actor, ref, begins=int(begins), sealed=come.sealed)
            if not kept.whole:
                return JsonResponse({"come": kept.come})
        whole = queries.pieces_of(actor, ref)
        if not whole:
            return JsonResponse({"says": NOT_WHOLE})
        sealed = pieces.joined(whole)
        try:
            arrived = actions.end_sending(actor, ref, sealed=sealed, ask=True)
        finally:
            sealed.path.unlink(missing_ok=True)
    except Problem as problem:
        return _refused(problem)
    page = reverse("web:job", args=(arrived.job,)) if arrived.job else reverse("web:file", args=(arrived.source,))
    return JsonResponse({"come": sealed.size, "page": page, "before": arrived.before})


def _refused(problem: Problem) -> JsonResponse:
    """The sentence, and where to go on if that is what is wrong. An answer to our own script: what is wrong with a
    file is no fault of the request's.
    """
    values = dict(problem.reason.values)
    come = {"come": int(values["come"])} if problem.reason.code == "piece_elsewhere" else {}
    status = 200 if isinstance(problem, RuleBroken | OutOfDate) else problem.status
    return JsonResponse({"says": str(problem), **come}, status=status)
