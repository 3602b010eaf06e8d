"""What a bench gives back and how it is shown. It must not know what was measured."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bench.conditions import conditions, load, warning
from bench.figures import table

Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Run:
    """The figures, and what there is to say beside them."""

    figures: msgspec.Struct
    notes: dict[str, str]


def report(given: argparse.Namespace, measure: Callable[[Tell], Run], *, must: Mapping[str, str]) -> None:
    """Measure, and print what came out: a table, or one JSON object on one line."""
    surroundings = conditions()
    if busy := warning():
        _say(busy)
    run = measure(_say)
    if given.json:
        print(msgspec.json.encode(run.figures).decode(), flush=True)
    else:
        print(_as_table(run, surroundings, must), flush=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _as_table(run: Run, surroundings: dict[str, str], must: Mapping[str, str]) -> str:
    figures = msgspec.structs.asdict(run.figures)
    cases = figures.pop("cases", ())
    parts = [_cases(cases, must)] if cases else []
    if figures:
        rows = [("figure", "measured", "must")]
        parts.append(table(rows + [(name, f"{value:,.6g}", must.get(name, "")) for name, value in figures.items()]))
    return "\n\n".join([*parts, table(list((surroundings | {"load after": load()} | run.notes).items()))])


def _cases(cases: Sequence[msgspec.Struct], must: Mapping[str, str]) -> str:
    """Figures that each of several cases has: a row a case."""
    names = cases[0].__struct_fields__
    rows = [tuple(str(value) for value in msgspec.structs.astuple(case)) for case in cases]
    return table([names, *rows, ("must", *(must.get(name, "") for name in names[1:]))])


def each(values: Sequence[float], unit: str) -> str:
    """The rounds' values, in their order."""
    return ", ".join(f"{value:,.4g}" for value in values) + f" {unit}"
