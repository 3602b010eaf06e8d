"""`parlour bench start`: how long main takes from its start as a process until it is ready, on a long journal.

The journal is made of real events: days at a real desk, written out again and again with other people and later dates.
It has a snapshot and the longest tail that main lets come after one.
"""

import argparse
import sys

import msgspec

from bench.conditions import conditions
from bench.figures import table
from bench.start.course import FULL, QUICK, measure


def main(given: argparse.Namespace) -> None:
    """Measure, and print what came out: a table, or one JSON object on one line."""
    surroundings = conditions()
    run = measure(QUICK if given.quick else FULL, tell=lambda line: print(line, file=sys.stderr, flush=True))
    if given.json:
        print(msgspec.json.encode(run.figures).decode(), flush=True)
        return
    rows = [("figure", "measured", "must"), ("events", f"{run.figures.events:,}", "")]
    rows += [("start_s", f"{run.figures.start_s:.2f}", "≤ 3")]
    print(f"{table(rows)}\n\n{table(list((surroundings | run.notes).items()))}", flush=True)
