"""Every limit that a reader can name has its sentence: a person never meets a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import joindots.evidence.readers
from joindots.chronology.rules.wording import LIMITS, limit_says
from joindots.evidence.readers.records import Channel

READERS = Path(joindots.evidence.readers.__file__).parent
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*(?:=.*)?")
_GIVES = frozenset({"Coverage", "coverage", "stretch"})


def _words(node: ast.AST) -> Iterator[str]:
    """The codes in an expression; of a mapping from code to sentence its keys, else its values."""
    if isinstance(node, ast.Dict):
        says = all(isinstance(value, ast.Constant) for value in node.values)
        for one in filter(None, node.keys if says else node.values):
            yield from _words(one)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value
    else:
        for one in ast.iter_child_nodes(node):
            yield from _words(one)


def _codes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _GIVES:
                yield from (
                    code for one in [*node.args, *(word.value for word in node.keywords)] for code in _words(one)
                )
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() if node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                named = " ".join(ast.unparse(target) for target in targets)
                if re.search(r"limits|\bSEPARATE|NEVER_EXPORTED", named, re.IGNORECASE):
                    yield from _words(node.value)


def codes_of_readers() -> set[str]:
    """The codes without their values, such as `count_found` of `count_found=3`."""
    found = set()
    for path in READERS.rglob("*.py"):
        if "tests" not in path.parts and "sandbox" not in path.parts:
            found |= {code.partition("=")[0] for code in _codes(ast.parse(path.read_text()))}
    return found - set(Channel.__args__)


def test_the_search_finds_codes_of_every_reader():
    known = {
        "whatsapp_cap", "no_reactions", "count_found", "damaged", "encrypted_chats_separate", "saved_chats_only",
        "mailbox_as_kept", "texts_and_imessages_together", "call_list_may_be_cut", "own_log", "one_photo", "not_read",
    }  # fmt: skip
    assert known <= codes_of_readers()


@pytest.mark.parametrize("code", sorted(codes_of_readers()))
def test_a_limit_that_a_reader_names_has_its_sentence(code):
    assert code in LIMITS
    assert "noted by the reader" not in limit_says(f"{code}=3") and limit_says(code).endswith(".")
