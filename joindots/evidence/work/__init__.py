"""The long work of evidence: reading a file behind walls, batch by batch, so that it can go on after a kill."""

from joindots.evidence.work.reading import ReadFile
from joindots.evidence.work.removing import RemoveFile

__all__ = ["ReadFile", "RemoveFile"]
