"""`parlour bench delivery`: how long a message takes to the other side, and whether each arrives once.

Visitor's socket → gateway, desk, journal, door, dashboard → the Bokeh socket of a real dashboard document, and back.
Load clients in processes of their own on the same machine, whose monotonic clock all processes share.
"""

import argparse
import sys

import msgspec

from bench.conditions import conditions
from bench.delivery.measure import FULL, QUICK, Figures, measure
from bench.figures import table

LIMITS = {"quiet_p50_ms": "≤ 5", "p50_ms": "≤ 6", "p99_ms": "≤ 50", "lost": "0", "doubled": "0"}


def main(given: argparse.Namespace) -> None:
    """Measure, and print what came out: a table, or one JSON object on one line."""
    surroundings = conditions()
    run = measure(QUICK if given.quick else FULL, tell=lambda line: print(line, file=sys.stderr, flush=True))
    if given.json:
        print(msgspec.json.encode(run.figures).decode(), flush=True)
    else:
        print(_as_table(run.figures, surroundings | run.notes), flush=True)


def _as_table(figures: Figures, surroundings: dict[str, str]) -> str:
    rows = [("figure", "measured", "must")]
    rows += [(name, f"{value:g}", LIMITS.get(name, "")) for name, value in msgspec.structs.asdict(figures).items()]
    return f"{table(rows)}\n\n{table(list(surroundings.items()))}"
