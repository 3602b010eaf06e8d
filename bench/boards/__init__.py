"""`parlour bench boards`: many dashboards open at once, each with 200 badges that change, in one dashboard process.

The tabs are real Bokeh sockets; the visitors are sockets of the public gateway, five of whom view a page in a second.
How late the process's loop is, is seen from outside: by how long its lightest page takes to come. Then a browser looks
at the board while many more visitors are there.
"""

import argparse
from functools import partial

from bench.boards.course import FULL, QUICK, measure
from bench.report import report

MUST = {
    "sessions": "30",
    "core_share": "≤ 0.15 for updates",
    "loop_late_p99_ms": "never > 50",
    "open_loop_block_ms": "never > 100",
    "browser_longest_task_ms": "≤ 50",
}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
