"""Files that leave by a browser: as downloads, shown and guessed at by nothing; and proving oneself again before."""

from __future__ import annotations

from typing import BinaryIO
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def download(stream: BinaryIO, name: str, size: int, kind: str = "application/octet-stream") -> FileResponse:
    """Bytes as a file to be kept. A browser that opened it all the same would let it do nothing."""
    response = FileResponse(stream, as_attachment=True, filename=name)
    response["Content-Type"] = kind
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def prove(back: str) -> HttpResponse:
    """To where the second factor is given again, and back."""
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
