"""The house rules that no library keeps, as functions over a copy of the source: each lists what breaks it.

They read the syntax tree and import nothing, so the same guards run over the real package and over a copy with a
fault planted in it. A finding reads `casework/views.py:12 what is wrong`.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent / "joindots"

DOOR = {"reads", "reads_one", "makes", "writes"}
#: They ask queries and actions, and touch no table.
ASKING = {"views", "forms", "api", "management", "urls", "context", "templatetags"}
PURE = {"rules", "permissions", "readers", "matching"}
PURE_PARTS = {"kernel", "law"}
NETWORK = {
    "socket", "ssl", "smtplib", "ftplib", "imaplib", "poplib", "telnetlib", "http.client", "urllib.request",
    "xmlrpc", "requests", "httpx", "aiohttp", "urllib3", "websockets", "notifications_python_client",
}  # fmt: skip
MANAGERS = {"objects", "_default_manager", "_base_manager"}
WRITING = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
CLOCKS = {
    "timezone.now", "timezone.localtime", "timezone.localdate", "datetime.now", "datetime.utcnow", "datetime.today",
    "date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip


def sources(root: Path, *, kinds: set[str] | None = None) -> Iterator[tuple[Path, ast.Module]]:
    """Every module that is neither test nor migration; of these kinds of file only, where kinds are named."""
    for path in sorted(root.rglob("*.py")):
        names = path.relative_to(root).with_suffix("").parts
        if {"tests", "migrations"} & set(names):
            continue
        if kinds is None or kinds & {name.split("_")[-1] for name in names[1:]}:  # `evidence_views` are views
            yield path, parsed(path.read_text(encoding="utf-8"))


@functools.cache
def parsed(text: str) -> ast.Module:
    """The syntax tree of a module, made once for all rules and copies."""
    return ast.parse(text)


def found(root: Path, path: Path, node: ast.AST, what: str) -> str:
    """One finding."""
    return f"{path.relative_to(root)}:{getattr(node, 'lineno', 1)} {what}"


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every module imported anywhere in this one, with what is taken from it: `django.db.models`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def of(name: str, modules: set[str]) -> bool:
    """Whether a dotted name is one of these modules or inside one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def long_files(root: Path, most: int = 400) -> list[str]:
    """Files longer than a person reads in one sitting: make them a package of the same name."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path, _ in sources(root)}
    return [f"{path.relative_to(root)} has {count} lines" for path, count in lines.items() if count > most]


def long_functions(root: Path, most: int = 50) -> list[str]:
    """Functions longer than a screen."""
    return [
        found(root, path, node, f"{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines")
        for path, tree in sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > most
    ]


def door_calls(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.Call]:
    """The door's decorators on a function."""
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
    return [call for call in calls if dotted(call.func).split(".")[-1] in DOOR]


def unguarded(root: Path) -> list[str]:
    """Public functions of actions and queries that do not stand behind the door, and so ask no permission."""
    return [
        found(root, path, node, f"{node.name} does not stand behind the door")
        for path, tree in sources(root, kinds={"actions", "queries"})
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not door_calls(node)
    ]


def idle_permissions(root: Path) -> list[str]:
    """Permissions that are declared, perhaps granted and tested, and guard nothing."""
    asked = {
        dotted(call.args[0]).split(".")[-1]
        for _, tree in sources(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in door_calls(node)
        if call.args
    }
    return [
        found(root, path, node, f"{name.id} guards nothing")
        for path, tree in sources(root, kinds={"permissions"})
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if dotted(node.value.func).split(".")[-1] == "declare"
        for name in node.targets
        if isinstance(name, ast.Name) and name.id not in asked
    ]


def views_at_tables(root: Path) -> list[str]:
    """Views, forms, API and commands that reach for tables instead of asking a query or an action."""
    return [
        *(
            found(root, path, node, f"reads tables through {node.attr}")
            for path, tree in sources(root, kinds=ASKING)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS
        ),
        *(
            found(root, path, node, f"imports {name}")
            for path, tree in sources(root, kinds=ASKING)
            for node, name in imports(tree)
            if of(name, {"django.db"}) or (name.startswith("joindots.") and ".models" in name)
        ),
    ]


def is_write(call: ast.Call) -> bool:
    """Whether a call writes a row; `.update()` only on a set of rows, for dictionaries have one too."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update" and isinstance(call.func.value, ast.Call):
        inner = call.func.value.func
        return isinstance(inner, ast.Attribute) and inner.attr in {"filter", "exclude", "all", "visible_to"}
    return call.func.attr in WRITING


def writes_elsewhere(root: Path) -> list[str]:
    """Writes outside actions: in views, forms, queries, answers and rules nothing may change."""
    return [
        found(root, path, node, f"writes with {ast.unparse(node.func)}")
        for path, tree in sources(root, kinds={*ASKING, "queries", "answers", "rules"})
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_write(node)
    ]


def forgetful_queries(root: Path) -> list[str]:
    """Queries that start from a table and narrow it by nothing that comes from the actor or the row the door loaded.

    Behind the door, the actor and (with `reads_one`) the loaded row say what may be known; in a private function,
    whatever it was given. What is made from those counts as well: `known = Circle.objects.visible_to(actor)`.
    """
    return [
        found(root, path, node, f"starts from every row of {ast.unparse(node.value)} and asks not who may see")
        for path, tree in sources(root, kinds={"queries"})
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node, chain in chains(function)
        if not names(chain) & known(function)
    ]


def chains(function: ast.FunctionDef) -> Iterator[tuple[ast.Attribute, ast.expr]]:
    """Each use of a manager, with the whole of what is asked of it: `Case.objects.filter(…).order_by(…)[:9]`."""
    above = {id(child): node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            chain: ast.AST = node
            while isinstance(up := above[id(chain)], ast.Attribute | ast.Call | ast.Subscript) and (
                chain is getattr(up, "value", None) or chain is getattr(up, "func", None)
            ):
                chain = up
            assert isinstance(chain, ast.expr)
            yield node, chain


def known(function: ast.FunctionDef) -> set[str]:
    """The names in a function that come from the actor, the loaded row, or (in a private one) any argument."""
    given = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
    told = set(given if function.name.startswith("_") else given[: 2 if reads_a_row(function) else 1])
    while True:
        before = len(told)
        for node in ast.walk(function):
            target, value = flow(node)
            if target is not None and value is not None and names(value) & told:
                told |= names(target)
        if len(told) == before:
            return told


def reads_a_row(function: ast.FunctionDef) -> bool:
    """Whether the door loads a row for this query."""
    return any(dotted(call.func).endswith("reads_one") for call in door_calls(function))


def flow(node: ast.AST) -> tuple[ast.AST | None, ast.AST | None]:
    """Where a piece of syntax puts a value, and the value."""
    match node:
        case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
            return target, value
        case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            return target, value
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            return target, value
    return None, None


def names(node: ast.AST) -> set[str]:
    """Every name in a piece of syntax."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def clocks(root: Path, allowed: dict[str, str]) -> list[str]:
    """Clocks read where the moment must be an argument: rules, queries, actions, and all that is pure."""
    kinds = {*PURE, "queries", "actions", "answers"}
    return [
        found(root, path, node, f"reads a clock: {dotted(node.func)}")
        for path, tree in sources(root)
        if kinds & set(path.relative_to(root).with_suffix("").parts) or path.relative_to(root).parts[0] in PURE_PARTS
        if path.relative_to(root).as_posix() not in allowed
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and any(dotted(node.func).endswith(clock) for clock in CLOCKS)
    ]


def impure(root: Path) -> list[str]:
    """Django in what must run without it. (import-linter cannot name `django.db`, and follows no late import.)"""
    return [
        found(root, path, node, f"imports {name}")
        for path, tree in sources(root)
        if PURE & set(path.relative_to(root).with_suffix("").parts)
        or path.relative_to(root).parts[0] in PURE_PARTS
        or path.relative_to(root).as_posix() in {"access/permission.py", "access/roles.py"}
        for node, name in imports(tree)
        if of(name, {"django", "ninja", "allauth"})
    ]


def networkers(root: Path, allowed: dict[str, str]) -> list[str]:
    """Modules that could open a socket. Only the gateways of `notices` send; each other place is named with its reason."""
    return [
        found(root, path, node, f"imports {name}")
        for path, tree in sources(root)
        if path.relative_to(root).parts[:2] != ("notices", "gateways")
        and path.relative_to(root).as_posix() not in allowed
        for node, name in imports(tree)
        if of(name, NETWORK)
    ]
