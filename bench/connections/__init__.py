"""`parlour bench connections`: what idle visitors cost main: memory for each, beside a bare Tornado server's.

A visitor who is held has viewed a page, stands on the badge board, and answers main's pings. The bare server only opens
websockets and answers one text; the same client opens as many there, in the same run.
"""

import argparse
from functools import partial

from bench.connections.course import FULL, QUICK, measure
from bench.report import report

MUST = {"held": "all of 10,000", "kib_each": "≤ 40, and ≤ 2.5 × bare"}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
