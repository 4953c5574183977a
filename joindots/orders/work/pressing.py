"""Presses the papers of an application, and searches every byte of them. It opens no seal and asks no database."""

from __future__ import annotations

from pathlib import Path

from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected
from joindots.documents.order_papers import papers_docx, papers_pdf
from joindots.documents.redaction import texts
from joindots.documents.word_template import filled
from joindots.orders.rules import papers
from joindots.orders.rules.papers import Printed

SAID = {"bundle": "The application", "service": "The copy to be served", "word": "The application as a Word file"}
ENDINGS = {"bundle": "pdf", "service": "pdf", "word": "docx"}


def pressed(printed: Printed, protected: Protected, folder: Path, template: bytes = b"") -> dict[str, bytes]:
    """The three files of the papers, the Word file in an agency's own template where it has one.

    Words that must not leave are kept back before anything is set.
    """
    known: dict[str, str] = {}

    def sift(text: str) -> str:
        if text not in known:
            known[text] = texts.text(text, protected).text
        return known[text]

    whole, served = papers.bundle(printed, sift), papers.service(printed, sift)
    pages = papers_pdf({"bundle": whole, "service": served}, printed.at, folder)
    return {**pages, "word": filled(template, whole) if template else papers_docx(whole)}


def found_in(made: dict[str, bytes], protected: Protected) -> tuple[tuple[str, str], ...]:
    """What the leak check finds in every byte of these files: place and sentence, without a word of it."""
    found = []
    for what, data in made.items():
        name = f"{what}.{ENDINGS[what]}"
        found += [(SAID[what], str(one.says)) for one in find([(name, data)], protected, vouched=(name,))]
    return tuple(dict.fromkeys(found))
