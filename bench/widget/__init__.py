"""`parlour bench widget`: what the widget costs a page and its visitor's browser, in Chromium on the demo's shop.

The same page without the widget is opened beside it: what shifts or blocks there is not the widget's.
"""

import argparse
from functools import partial

from bench.report import report
from bench.widget.course import FULL, QUICK, measure

MUST = {"loader_gzip": "≤ 5,120", "chat_gzip": "≤ 40,960", "layout_shift": "0", "long_tasks": "0"}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
