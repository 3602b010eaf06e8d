"""`parlour bench widget`: what the widget costs a page and its visitor's browser, in Chromium on the demo's shop.

The same page without the widget is opened beside it: what shifts or blocks there is not the widget's. Then slow phones
open the chat, and once more on their next page: the first time nothing is there, the second what may be kept.
"""

import argparse
from functools import partial

from bench.report import report
from bench.widget.course import FULL, QUICK, measure

MUST = {
    "loader_gzip": "≤ 5,120",
    "chat_gzip": "≤ 40,960",
    "requests_before_interaction": "≤ 3",
    "layout_shift": "0",
    "long_tasks": "0",
    "slow_first_open_ms": "≤ 1,500",
    "slow_second_open_ms": "≤ 500",
}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
