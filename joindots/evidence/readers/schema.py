"""The JSON Schema of what `joindots read --jsonl` writes, made from the types themselves."""

from __future__ import annotations

import msgspec

from joindots.evidence.readers.records import Communication
from joindots.evidence.readers.tally import Summary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> str:
    """The schema as text: each line of the output is a Communication, the last one a Summary."""
    either, parts = msgspec.json.schema_components((Communication, Summary), ref_template="#/$defs/{name}")
    document = {
        "$schema": DIALECT,
        "title": "The normal form of a communication, and the summary of a reading",
        "description": "Each line of `joindots read --jsonl` is one object: a Communication, and last a Summary.",
        "oneOf": list(either),
        "$defs": parts,
    }
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2).decode() + "\n"
