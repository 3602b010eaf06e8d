"""`parlour bench recovery`: main is killed under load, in rounds: who is back when, and whether all that was acked is
there once.

Every visitor has a page; some have a chat and write numbered messages, and their operators write back. All come back by
the widget's own rule: a random wait of at most 0.4 s × 2ⁿ, no longer than 20 s for a page and 5 s for a chat.
"""

import argparse
from functools import partial

from bench.recovery.course import FULL, QUICK, measure
from bench.report import report

MUST = {"lost": "0", "doubled": "0", "start_s": "≤ 1", "all_back_s": "≤ 30"}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
