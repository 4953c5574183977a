"""Files that a partner's system sends into a case: kept byte for byte, sealed as they come, read afterwards."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import Field

from joindots.access.door import Ref
from joindots.api.service import REFUSALS, partner
from joindots.evidence import actions as evidence
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.vault.files import CHUNK, SealedFile, Sealer

router = Router(tags=["files"])
BODY = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


class Kept(Schema):
    """The file is kept under this number; `before`: the same bytes were here already."""

    file: int
    sha256: str
    before: bool


@router.put(
    "/cases/{reference}/files", response={200: Kept, 201: Kept, **REFUSALS}, openapi_extra={"requestBody": BODY},
    summary="Send a file into a case",
)  # fmt: skip
def send(
    request: HttpRequest, reference: str, file_name: Header[Annotated[str, Field(min_length=1, max_length=600)]]
) -> Status[Kept]:
    """The body is the file itself; its name comes percent-encoded in the header `File-Name`, for names stand in no
    address. Sent again it is one file: 200, and nothing is kept twice.
    """
    actor = partner(request, "files")
    tidy = tidy_reference(reference)
    if tidy is None:
        raise NotFound
    may = evidence.bring_in.may(actor, Ref(tidy))
    if not may:
        raise NotAllowed(may.reason)
    sealed = _sealed(request)
    try:
        arrived = evidence.bring_in(actor, Ref(tidy), name=unquote(file_name), sealed=sealed)
    finally:
        sealed.path.unlink(missing_ok=True)
    kept = Kept(file=arrived.source, sha256=sealed.sha256, before=arrived.before)
    return Status(200 if arrived.before else 201, kept)


def _sealed(request: HttpRequest) -> SealedFile:
    """Seal the body while it comes in; nothing of it ever lies on disk in the clear."""
    sealer = Sealer()
    try:
        while piece := request.read(CHUNK):
            sealer.write(piece)
    except BaseException:  # a connection that breaks off leaves nothing behind
        sealer.drop()
        raise
    sealed = sealer.close()
    if not sealed.size:
        sealed.path.unlink(missing_ok=True)
        raise RuleBroken(words("file_empty", "This file is empty. Nothing was kept."))
    return sealed
