"""The timeline's pictures as drawings that hold all they need: black on white, forms and fills instead of hues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from joindots.documents.typeset.signs import visible
from joindots.web.chronology.binding import Bars
from joindots.web.chronology.brackets import Bracket
from joindots.web.chronology.drawing import GUTTER, Picture, Words

GREYS: Final = ("#ffffff", "#dedede", "#b4b4b4", "#848484", "#4d4d4d", "#111111")
"""The steps of a calendar, from nothing told to the most."""
_FILLS: Final = {
    "contact": "#333333", "presence": "url(#level)", "things": "url(#dots)", "others": "url(#upright)",
    "threats": "url(#cross)", "told": "#ffffff",
}  # fmt: skip
"""Fills of bars; the marks of lanes part by their form."""
_DEFS: Final = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><path d="M0 0V6" stroke="#777" stroke-width="1.6"/></pattern>'
    '<pattern id="level" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/>'
    '<path d="M0 1H4" stroke="#111" stroke-width="1.8"/></pattern>'
    '<pattern id="upright" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/>'
    '<path d="M1 0V4" stroke="#111" stroke-width="1.4"/></pattern>'
    '<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff"/>'
    '<circle cx="2" cy="2" r="1" fill="#111"/></pattern>'
    '<pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff"/>'
    '<path d="M0 2.5H5M2.5 0V5" stroke="#111" stroke-width="1.4"/></pattern></defs>'
)


def heat_drawn(picture: Picture) -> str:
    """The calendar, or the hours by weekday."""
    parts = [_text(one, "end" if one.x < GUTTER else "start") for one in picture.words]
    for one in picture.boxes:
        form = one.form.split()[0].removeprefix("jd-heat--")
        fill = "url(#hatch)" if form == "none" else GREYS[int(form)]
        edge = 'stroke="#111" stroke-width="1.6" stroke-dasharray="3 2"' if "possible" in one.form else _EDGE
        parts.append(f'<path d="{one.path}" fill="{fill}" {edge}/>')
    return _sheet(picture, parts)


_EDGE: Final = 'stroke="#888" stroke-width="0.7"'


def lanes_drawn(picture: Picture, brackets: Iterable[Bracket], bound: Bars) -> str:
    """The lanes with what stands above them, and the days of orders."""
    parts = [f'<path d="{one.path}" fill="url(#hatch)" fill-opacity="0.6"/>' for one in picture.hatched]
    parts += [
        f'<path d="M{x} {picture.top}V{picture.height}" stroke="#ccc" stroke-width="0.8"/>' for x in picture.rules
    ]
    parts += [_text(one) for one in picture.words]
    for bracket in brackets:
        parts.append(f'<path d="{bracket.path}" fill="none" stroke="#111" stroke-width="1.4"/>')
        parts.append(_text(Words(bracket.x, bracket.y, bracket.text), bracket.anchor))
    parts += _bars(bound, picture.height)
    for lane in picture.lanes:
        parts.append(f'<path d="M{GUTTER} {lane.y}H{picture.width}" stroke="#ccc" stroke-width="0.8"/>')
        parts.append(_text(Words(0, lane.y + 5, lane.name)))
        parts.append(_text(Words(160, lane.y + 5, f"{lane.number:,}"), "end"))
        parts += [
            f'<path d="{one.path}" fill="none" stroke="#111" stroke-width="1.3" stroke-dasharray="3 2"/>'
            for one in lane.spans
        ]
        for mark in lane.marks:
            parts.append(_mark(mark.path, mark.form))
            parts += [f'<path d="{path}" fill="none" {_RINGS[form]}/>' for path, form in mark.rings]
    return _sheet(picture, parts)


_RINGS: Final = {
    "jd-ring--after": 'stroke="#111" stroke-width="1.6"',
    "jd-ring--unserved": 'stroke="#111" stroke-width="1.6" stroke-dasharray="3 2"',
}


def _bars(bound: Bars, height: float) -> Iterator[str]:
    for y, name in bound.rows:
        yield _text(Words(0, y, name))
    for one in bound.drawn:
        if one.rule is not None:
            yield f'<path d="M{one.rule} {one.y}V{height}" stroke="#555" stroke-width="1.2"/>'
        yield f'<path d="{one.fill}" fill="#e6e6e6"/><path d="{one.unserved}" fill="#fff"/>'
        yield f'<path d="{one.edge}" fill="none" stroke="#111" stroke-width="1.2"/>'
    yield from (_text(Words(said.x, one.y, said.text), said.anchor) for one in bound.drawn for said in one.words)


def _mark(path: str, form: str) -> str:
    if form.endswith("told"):
        return f'<path d="{path}" fill="#fff" stroke="#333" stroke-width="1.4"/>'
    fill = "#fff" if form.endswith("threats") else "#333"
    edge = "#111" if form.endswith("threats") else "#fff"
    return f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="1"/>'


def curve_drawn(picture: Picture, labels: Sequence[str], *, numbers: bool) -> str:
    """Bars of 28 days, and beneath them how many kinds; `numbers` where there is room for them."""
    parts = [_text(Words(0, picture.top - 60, labels[0])), _text(Words(0, picture.top + 50, labels[1]))]
    parts.append(f'<path d="M{GUTTER} {picture.top}H{picture.width}" stroke="#666" stroke-width="1"/>')
    for one in picture.boxes:
        fill = _FILLS[one.form.removeprefix("jd-bar--")]
        parts.append(f'<path d="{one.path}" fill="{fill}" stroke="#111" stroke-width="0.6"/>')
    parts += [f'<path d="{one.path}" fill="url(#hatch)" fill-opacity="0.6"/>' for one in picture.hatched]
    line = 'fill="none" stroke="#111" stroke-width="1.4"'
    parts.append(f'<polyline points="{picture.line}" {line}/>')
    if picture.dashed:
        parts.append(f'<polyline points="{picture.dashed}" {line} stroke-dasharray="3 3"/>')
    for at, dot in enumerate(picture.dots, 1):
        fill = "#fff" if at == len(picture.dots) and picture.dashed else "#111"
        parts.append(f'<circle cx="{dot.x}" cy="{dot.y}" r="4" fill="{fill}" stroke="#111" stroke-width="1.4"/>')
    if numbers:
        parts += [_text(one, "middle") for one in picture.words]
        parts += [_text(Words(dot.x + 8, dot.y - 6, dot.text)) for dot in picture.dots]
    return _sheet(picture, parts)


def _text(one: Words, anchor: str = "start") -> str:
    return f'<text x="{one.x}" y="{one.y}" text-anchor="{anchor}">{escape(visible(one.text))}</text>'


def _sheet(picture: Picture, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" '
        f'width="{picture.width}" height="{picture.height}" font-family="Source Sans Pro" font-size="13.5" '
        f'fill="#111">{_DEFS}{"".join(parts)}</svg>'
    )
