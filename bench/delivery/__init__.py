"""`parlour bench delivery`: how long a message takes to the other side, and whether each arrives once.

Visitor's socket → gateway, desk, journal, door, dashboard → the Bokeh socket of a real dashboard document, and back.
Load clients in processes of their own on the same machine, whose monotonic clock all processes share.
"""

import argparse
from functools import partial

from bench.delivery.measure import FULL, QUICK, measure
from bench.report import report

MUST = {"quiet_p50_ms": "≤ 5", "p50_ms": "≤ 6", "p99_ms": "≤ 50", "lost": "0", "doubled": "0"}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
