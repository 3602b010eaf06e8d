"""`parlour bench flood`: what others feel of one address that brings all it can, of one kind after the other.

Others, each from an address of their own, write in their chats; in a process of its own one address floods. Before each
kind the same is measured without it, in the same run.
"""

import argparse
from functools import partial

from bench.flood.course import FULL, QUICK, measure
from bench.report import report

MUST = {"others_p99_ms": "≤ 3 × alone_p99_ms", "journal_kib_s": "≤ 50"}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
