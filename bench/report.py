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
    rows = [("figure", "measured", "must")]
    rows += [(name, f"{value:,.6g}", must.get(name, "")) for name, value in msgspec.structs.asdict(run.figures).items()]
    return f"{table(rows)}\n\n{table(list((surroundings | {'load after': load()} | run.notes).items()))}"


def each(values: Sequence[float], unit: str) -> str:
    """The rounds' values, in their order."""
    return ", ".join(f"{value:,.4g}" for value in values) + f" {unit}"
