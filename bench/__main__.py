"""Measures us beside peers: `python -m bench [--large] [NAME …]`; without names everything that is quick enough.

Each figure stands in a process of its own, beside a peer over the same file in the same run. The ratio comes first:
it does not change with the machine. `--large` adds a million messages through the store, a thousand packs
through the leak check (`python -m bench leaks` is that alone), and the desks of a nation.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import drafting, leaks, leaving, nation, order_pack, orders, pack, pages, readers, store
from bench.table import MISSED, Figure, heading, machine, row

FIGURES: dict[str, Callable[[], Iterator[Figure]]] = {
    **readers.RACES, **store.STORES, **pages.PAGES, **pack.PACKS, **store.LARGE, **leaks.LEAKS,
    **order_pack.ORDER_PACKS, **leaving.LEAVING, **nation.NATION, **orders.WATCH,
    **drafting.DRAFTING,
}  # fmt: skip
LARGE = {*store.LARGE, *pages.LARGE, *leaks.LEAKS, *leaving.LEAVING, "order_pack_leaks", *nation.NATION, *orders.WATCH,
         *drafting.DRAFTING}  # fmt: skip


def main() -> int:
    """Print each line of the table as soon as it is known; 1 if a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--large", action="store_true", help="also what takes minutes")
    options = parser.parse_args()
    if unknown := [one for one in options.names if not any(_wanted(name, [one], large=True) for name in FIGURES)]:
        parser.error(f"There is no figure {unknown[0]}. The figures: {', '.join(FIGURES)}")
    chosen = [name for name in FIGURES if _wanted(name, options.names, large=options.large)]
    print(f"Before: {machine()}\n\n{heading()}", flush=True)
    missed = 0
    for name in chosen:
        for figure in FIGURES[name]():
            missed += figure.met == MISSED
            print(row(figure), flush=True)
    print(f"\nAfter: {machine()}. {missed or 'No'} bar{'' if missed == 1 else 's'} missed.")
    return int(missed > 0)


def _wanted(name: str, names: list[str], *, large: bool) -> bool:
    """Named in full, or by its beginning; what takes minutes only in full, unless all that is large is asked for."""
    if name in names:
        return True
    return (large or name not in LARGE) and (not names or any(name.startswith(one) for one in names))


if __name__ == "__main__":
    raise SystemExit(main())
