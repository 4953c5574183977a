"""Uploads are sealed while they stream in: no readable byte of a file touches the disk."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from joindots.agencies.actors import ChooseMembership, NotSignedIn, actor_of
from joindots.evidence.queries import Original
from joindots.vault.files import CHUNK, SealedFile, Sealer, chunks

TAKES_FILES = "takes_files"


if TYPE_CHECKING:
    Uploaded = UploadedFile[bytes]
else:
    Uploaded = UploadedFile


class SealedUpload(Uploaded):
    """An uploaded file that is already sealed; `sealed` says where it lies and under which key.

    The framework closes it when the request ends, or when the form turns out unreadable: what was not settled by then
    is deleted. A form is read before its page is asked, so a page that refuses may never see what it brought.
    """

    def __init__(self, name: str, content_type: str, sealed: SealedFile) -> None:
        super().__init__(None, name, content_type, sealed.size)
        self.sealed = sealed

    def close(self) -> None:
        """Delete the file unless it was settled, which moved it."""
        self.sealed.path.unlink(missing_ok=True)


class SealingUploadHandler(FileUploadHandler):
    """Refuses before the first chunk unless somebody is signed in and the page takes files."""

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.sealer: Sealer | None = None
        self.too_large = False
        self.refused = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self._allowed():
            self.refused = True
            raise SkipFile  # the form's other fields are still read, for they may be held
        self.sealer = Sealer()
        # A connection that breaks off tells the handler nothing: it only goes.
        self._dropped = weakref.finalize(self, self.sealer.drop)

    def _allowed(self) -> bool:
        assert self.request is not None
        match = self.request.resolver_match
        if match is None or not getattr(match.func, TAKES_FILES, False):
            return False
        try:
            actor_of(self.request)
        except (NotSignedIn, ChooseMembership):
            return False
        return True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.sealer is not None
        if self.sealer.size + len(raw_data) > settings.MOST_BYTES_A_FILE:
            self.too_large = True
            self.upload_interrupted()
            raise SkipFile
        self.sealer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        assert self.sealer is not None
        sealed, self.sealer = self.sealer.close(), None
        self._dropped.detach()
        return SealedUpload(self.file_name or "file", self.content_type or "", sealed)

    def upload_interrupted(self) -> None:
        if self.sealer is not None:
            self._dropped()
            self.sealer = None


def takes_files(view: Any) -> Any:
    """Mark a view as one that takes files."""
    setattr(view, TAKES_FILES, True)
    return view


def sealed_anew(kept: Original) -> SealedFile:
    """A kept file sealed once more among what arrives, to be brought in by itself."""
    sealer = Sealer()
    try:
        with kept.open() as stream:
            for piece in chunks(stream):
                sealer.write(piece)
        return sealer.close()
    except BaseException:
        sealer.drop()
        raise
