"""Files as publishers pack them: a JSON page or list, lines of JSON, or a zip of tables; out come services (pure)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from joindots.directory.rules.cleaning import one_line
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

MOST_UNPACKED = 64 << 20
LISTS = ("contents", "content", "services", "service", "data", "items", "results", "records")
"""Under which names publishers put their list of services."""
UNDER_SERVICE = ("phones", "schedules", "service_areas", "languages", "cost_options", "regular_schedules", "contacts",
                 "holiday_schedules", "eligibilitys")  # fmt: skip
UNDER_LOCATION = ("addresses", "physical_addresses", "accessibility", "accessibility_for_disabilities")
PLURAL = {
    "service": "services", "organization": "organizations", "location": "locations", "address": "addresses",
    "physical_address": "physical_addresses", "phone": "phones", "schedule": "schedules", "contact": "contacts",
    "regular_schedule": "regular_schedules", "holiday_schedule": "holiday_schedules", "service_area": "service_areas",
    "language": "languages", "cost_option": "cost_options", "eligibility": "eligibilitys", "attribute": "attributes",
    "eligibilities": "eligibilitys", "service_at_location": "service_at_locations",
    "services_at_location": "service_at_locations", "taxonomy_term": "taxonomy_terms", "taxonomy": "taxonomys",
    "service_taxonomy": "service_taxonomys", "services_taxonomy": "service_taxonomys",
}  # fmt: skip
"""Tables by the name they go under here: the standard's own examples write them either way."""
NO_FILE = words(
    "not_open_referral", "This is no Open Referral file: JSON, lines of JSON, or a zip of its tables, is needed."
)
NO_ROWS = words("no_rows", "No service stands in this file. Choose the publisher’s list of services.")
TOO_LARGE = words("file_too_large", "Give a file of at most 8 MB. Ask the publisher for a part of it.")


def services_of(data: bytes) -> tuple[str, list[Any]]:
    """The form of a file and its services, as they stand there. RuleBroken where there are none to be read."""
    return _package(data) if data[:2] == b"PK" else _json(data)


def _text(data: bytes) -> str:
    """The letters of a file: UTF-8, UTF-16 where it says so, else as spreadsheets of western Europe write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _json(data: bytes) -> tuple[str, list[Any]]:
    text = _text(data)
    try:
        told = json.loads(text)
    except RecursionError:
        raise RuleBroken(NO_FILE) from None
    except ValueError:
        return "json lines", _lines_of(text)
    if isinstance(told, list):
        return "json list", [each for one in told for each in _spread(one)]
    if isinstance(told, dict) and (found := _listed(told)):
        name, rows = found
        older = "totalElements" in told or name == "content"
        return ("json page, UK 1" if older else "json page"), [each for one in rows for each in _spread(one)]
    if isinstance(told, dict) and one_line(told.get("name")):
        return "json, one service", [told]
    raise RuleBroken(NO_ROWS)


def _lines_of(text: str) -> list[Any]:
    try:
        found = [json.loads(one) for one in text.splitlines() if one.strip()]
    except (ValueError, RecursionError):
        raise RuleBroken(NO_FILE) from None
    return [each for one in found for each in _spread(one)]


def _listed(told: dict[str, Any], deeper: int = 2) -> tuple[str, list[Any]] | None:
    """The list of a page, and the name it stands under; also where the page stands in wrappers of its own."""
    for name in LISTS:
        if isinstance(told.get(name), list):
            return name, told[name]
    inner = (told[name] for name in (*LISTS, "result", "response") if isinstance(told.get(name), dict))
    return next((found for one in inner if deeper and (found := _listed(one, deeper - 1))), None)


def _spread(one: Any) -> Iterator[Any]:
    """A service as it is; the services of a page or of an organization that stands in the list in their place."""
    if not isinstance(one, dict) or not isinstance(rows := one.get("services", one.get("contents")), list):
        yield one
        return
    for each in rows:
        known = isinstance(each, dict) and (each.get("organization") or "services" not in one)
        yield each if known or not isinstance(each, dict) else {**each, "organization": {**one, "services": None}}


def _package(data: bytes) -> tuple[str, list[Any]]:
    """Services nested from the tables of a package; where it holds JSON alone, those of its first file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(each.file_size for each in package.infolist()) > MOST_UNPACKED:
                raise RuleBroken(TOO_LARGE)
            files = {each.filename: package.read(each) for each in package.infolist()
                     if each.filename.lower().endswith((".csv", ".json"))}  # fmt: skip
        tables = {_table(name): list(_rows(each)) for name, each in files.items() if name.lower().endswith(".csv")}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, csv.Error, EOFError, OSError):
        raise RuleBroken(words("broken_zip", "This zip cannot be opened. Ask the publisher for it again.")) from None
    inner = [each for name, each in files.items() if not name.lower().endswith((".csv", "datapackage.json"))]
    return _json(inner[0]) if inner and "services" not in tables else ("tables", list(_nested(tables)))


def _table(name: str) -> str:
    plain = name.rsplit("/", 1)[-1].lower().removesuffix(".csv")
    return PLURAL.get(plain, plain)


def _rows(data: bytes) -> Iterator[dict[str, Any]]:
    text = _text(data)
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)


def _nested(tables: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Each table's rows go to the service they name: by itself, by a location, or by its being at one."""
    providers = {one.get("id"): one for one in tables.get("organizations", ())}
    locations = {one.get("id"): dict(one) for one in tables.get("locations", ())}
    for name in UNDER_LOCATION:
        for one in tables.get(name, ()):
            if place := locations.get(one.get("location_id")):
                place.setdefault(name, []).append(one)
    under: dict[Any, dict[str, Any]] = {}
    at = {link.get("id"): link.get("service_id") for link in tables.get("service_at_locations", ())}
    for name in UNDER_SERVICE:
        for one in tables.get(name, ()):
            key = one.get("service_id") or at.get(one.get("service_at_location_id"))
            under.setdefault(key, {}).setdefault(name, []).append(one)
    for link in tables.get("service_at_locations", ()):
        inner = {"location": locations.get(link.get("location_id")), "location_id": link.get("location_id")}
        under.setdefault(link.get("service_id"), {}).setdefault("service_at_locations", []).append(inner)
    for key, term in _terms(tables):
        under.setdefault(key, {}).setdefault("attributes", []).append({"taxonomy_term": term})
    for one in tables.get("services", ()):
        yield {**one, **under.get(one.get("id"), {}), "organization": providers.get(one.get("organization_id"))}


def _terms(tables: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The terms by which services are sorted, of the new form and the old."""
    terms = {one.get("id"): one for name in ("taxonomy_terms", "taxonomys") for one in tables.get(name, ())}
    for one in (*tables.get("attributes", ()), *tables.get("service_taxonomys", ())):
        key = one.get("link_id") or one.get("service_id")
        if term := terms.get(one.get("taxonomy_term_id") or one.get("taxonomy_id")):
            yield key, term
