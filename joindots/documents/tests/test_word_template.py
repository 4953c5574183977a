"""An agency's own template: its places filled whole, its faults named, nobody's name or time kept of it."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from joindots.documents.order_papers import Grid, Papers, Section
from joindots.documents.word import docx_of, paragraph
from joindots.documents.word_template import BadTemplate, filled, read_template

PAPERS = Papers("Application", "DRAFT 1", "x", ("Respondent: C",), (
    Section("Terms", (("1. Prohibition", "Not to ring <Maya> & kin"), ("", "Because of act 1.")), code="terms"),
    Section("Acts", (), Grid(("No.", "Act"), (1, 4), (("1", "He rang"),)), "acts"),
))  # fmt: skip


def template(*lines: str, **more: bytes) -> bytes:
    """A Word file of these lines, with further parts."""
    made = io.BytesIO(docx_of("".join(paragraph(one) for one in lines)))
    with zipfile.ZipFile(made, "a") as file:
        for name, data in more.items():
            file.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def body(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return file.read("word/document.xml").decode()


def test_each_place_is_filled_and_what_stands_around_it_stays() -> None:
    kept = read_template(
        template("Northshire Constabulary", "{{terms}}", "{{ acts }}", "{{signed}}", docProps__core=b"PC X")
    )
    made = filled(kept, PAPERS)
    assert made == filled(kept, PAPERS)
    text = body(made)
    assert "Northshire Constabulary" in text
    assert "Not to ring &lt;Maya&gt; &amp; kin" in text
    assert "<w:tbl>" in text
    assert "{{" not in text
    assert b"PC X" not in kept, "nobody who wrote the template"


def test_a_place_that_word_split_into_runs_is_found() -> None:
    split = paragraph("{{te|rms}}").replace("|", "</w:t></w:r><w:r><w:t>")
    assert "Not to ring" in body(filled(read_template(docx_of(split)), PAPERS))


def of_kind(line: str, kind: str) -> bytes:
    """A Word file whose list of parts calls its body of another kind."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, zipfile.ZipFile(io.BytesIO(template(line))) as plain:
        for name in plain.namelist():
            data = plain.read(name)
            file.writestr(name, data.replace(b"document.main+xml", kind.encode()) if "Types" in name else data)
    return made.getvalue()


def squeezed(ends: bytes) -> bytes:
    """A Word file with a part squeezed by a rarer method, and torn."""
    made = io.BytesIO(template("{{terms}}"))
    with zipfile.ZipFile(made, "a") as file:
        file.writestr("word/more.xml", b"<x>" + b"words " * 400 + b"</x>", zipfile.ZIP_LZMA)
        at = file.getinfo("word/more.xml").header_offset + 60
    data = bytearray(made.getvalue())
    data[at : at + len(ends)] = ends
    return bytes(data)


def swollen() -> bytes:
    """A small file that is enormous inside."""
    made = io.BytesIO(template("{{terms}}"))
    with zipfile.ZipFile(made, "a") as file:
        file.writestr("word/media/1.png", bytes(17 << 20), zipfile.ZIP_DEFLATED)
    return made.getvalue()


HEAD = (b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{{sta</w:t></w:r>'
        b"<w:r><w:t>mp}}</w:t></w:r></w:p></w:hdr>")  # fmt: skip
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, mode: str = "", where: str = "https://example.org/x") -> bytes:
    """The relationships of the body, with one of this kind."""
    outside = f' TargetMode="{mode}"' if mode else ""
    return (f'<Relationships xmlns="{REL}"><Relationship Id="r9" Type="{REL}/{kind}" Target="{where}"{outside}/>'
            "</Relationships>").encode()  # fmt: skip


def part(inside: str) -> bytes:
    """Another part of Word's own, such as a heading of every page."""
    return f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inside}</w:hdr>'.encode()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"word___rels__document.xml.rels": related("image", "External")}, "fetches"),
        ({"word___rels__settings.xml.rels": related("attachedTemplate", "external")}, "fetches"),
        ({"word__header1.xml": part('<w:fldSimple w:instr=" includepicture https://example.org/x"/>')}, "fetches"),
        (
            {"word__header1.xml": part("<w:instrText> INCLUDE</w:instrText><w:instrText>TEXT x</w:instrText>")},
            "fetches",
        ),
        ({"word__header1.xml": part('<w:x src="//example.org/x"/>')}, "fetches"),
        ({"word___rels__document.xml.rels": related("vbaProject", where="other.bin")}, "macros"),
        ({"word___rels__document.xml.rels": related("oleObject", where="a.bin")}, "embedded object"),
        ({"word__header1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "damaged"),
    ],
)
def test_nothing_is_fetched_or_started_by_whoever_opens_the_filled_file(more: dict[str, bytes], fault: str) -> None:
    with pytest.raises(BadTemplate, match=fault):
        read_template(template("{{terms}}", **more))


def test_a_link_to_be_followed_by_hand_and_the_number_of_a_page_may_stand_in_it() -> None:
    assert read_template(template(
        "{{terms}}",
        **{"word___rels__document.xml.rels": related("hyperlink", "External"),
           "word__footer1.xml": part("<w:instrText> PAGE </w:instrText>")},
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"PK not a zip", "damaged"),
        (template("No place at all"), "names no place"),
        (template("{{terms}}", "{{fly}}"), "no place of the name “fly”"),
        (template("{{terms}}", "{{terms}}"), "stands twice"),
        (template("{{terms}}", "In the matter of {{respondent}}"), "beside other words"),
        (template("{{terms}}", word__vbaProject=b"x"), "macros"),
        (of_kind("{{terms}}", "ms-word.document.macroEnabled.main+xml"), r"\.docm.*Save it as a Word document"),
        (of_kind("{{terms}}", "template.main+xml"), r"\.dotx.*Save it as a Word document"),
        (template("{{terms}}", "{% for act in acts %}", "{{acts}}", "{% endfor %}"), "loops.*“{% for act in acts %}”"),
        (template("{{terms}}", "{{#acts}}{{#exhibits}}{{name}}{{/exhibits}}{{/acts}}"), "loops.*“{{#acts}}”"),
        (template("{{terms}}", "{{act.date}}"), "loops.*whole schedule"),
        (template("{{terms}}", "{{ respondent | upper }}"), "fields of another program"),
        (template("{{terms}}", **{"word__header1.xml": HEAD}), "head or foot of the pages.*Move it"),
        (template("{{terms}}", **{"word__footnotes.xml": HEAD}), "or in a note"),
        (template("{{terms}}", **{f"word__media__{n}.png": b"x" for n in range(201)}), "holds more than a template"),
        (swollen(), "holds more than a template"),
        (template("{{terms}}")[:-60], "damaged. Save it from Word again"),
        (squeezed(b"torn"), "damaged. Save it from Word again"),
        (template("{{terms}}").replace(b"PK", b"QQ"), "damaged"),
        (b"x" * (3 << 20), "larger than 2 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_cure(data: bytes, fault: str) -> None:
    with pytest.raises(BadTemplate, match=fault):
        read_template(data)


WHOLE = squeezed(b"")
MANY = 20_000
"""So many that what is gone over anew for each of them takes minutes, and what is gone over once a moment."""


@pytest.mark.parametrize(
    ("inside", "taken"),
    [
        ("<w:p><w:r><w:t>" + "{{" * MANY + "</w:t></w:r></w:p>", True),
        ("<w:p>" + '<w:t xml:space="preserve"/>' * MANY + "</w:p>", True),
        ('<w:p w:a="1"/>' * MANY, True),
        ("<!-- " + "<w:p> " * MANY + "-->", False),
        ("<w:p><w:r><w:t><![CDATA[" + "<w:t>" * MANY + "]]></w:t></w:r></w:p>", False),
    ],
)
def test_a_template_made_to_be_slow_is_read_in_a_moment_or_refused(inside: str, taken: bool) -> None:
    data = docx_of(paragraph("{{terms}}") + inside)
    if taken:
        assert read_template(data)
    else:
        with pytest.raises(BadTemplate, match="Word does not write"):
            read_template(data)


def test_a_place_in_a_table_is_filled_and_its_cell_ends_as_word_asks() -> None:
    cell = "<w:tbl><w:tr><w:tc>" + paragraph("{{Acts}}") + "</w:tc></w:tr></w:tbl>"
    text = body(filled(read_template(docx_of(paragraph("{{terms}}") + cell)), PAPERS))
    assert "He rang" in text
    assert text.count("<w:tbl>") == 2
    assert re.search(r"</w:p></w:tc></w:tr></w:tbl>(?!<w:tbl>)", text), "a cell ends with a paragraph"
    fromstring(text)


def test_what_word_saved_as_strict_says_how_to_save_it() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, zipfile.ZipFile(io.BytesIO(template("{{terms}}"))) as plain:
        for name in plain.namelist():
            data = plain.read(name)
            file.writestr(name, data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                             b"http://purl.oclc.org/ooxml/wordprocessingml/main"))  # fmt: skip
    with pytest.raises(BadTemplate, match=r"Strict Open XML.*Save it as"):
        read_template(made.getvalue())


@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_torn_file_is_taken_whole_or_refused_in_words_and_never_breaks_the_page(torn: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in torn:
        data[at % len(data)] = byte
    with contextlib.suppress(BadTemplate):
        assert zipfile.is_zipfile(io.BytesIO(filled(read_template(bytes(data)), PAPERS)))


def test_a_text_without_content_hides_no_place_after_it() -> None:
    empty = '<w:p><w:r><w:t xml:space="preserve"/></w:r><w:r><w:t>{{terms}}</w:t></w:r></w:p>'
    assert "Not to ring" in body(filled(read_template(docx_of(empty)), PAPERS))


def test_what_tells_who_wrote_it_goes_from_the_list_of_parts_however_long_the_list() -> None:
    about = '<Relationship Id="r" Type="x" Target="docProps/core.xml"/>'
    slow = f"<Relationships>{about}<!-- {'<Relationship ' * MANY} --></Relationships>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, zipfile.ZipFile(io.BytesIO(template("{{terms}}"))) as plain:
        for name in plain.namelist():
            file.writestr(name, slow if name == "_rels/.rels" else plain.read(name))
        file.writestr("docProps/core.xml", "<x>PC X</x>")
    kept = read_template(made.getvalue())
    with zipfile.ZipFile(io.BytesIO(kept)) as file:
        assert b"docProps" not in file.read("_rels/.rels")
        assert "docProps/core" not in file.namelist()
