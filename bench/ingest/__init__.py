"""`parlour bench ingest`: how many messages and page views the house takes in a second.

Visitors speak the public protocol over their own sockets; a message counts when its ack has come, a page view (which is
not acked) when it stands in the tables of analytics with a moment inside the window. Beside it, in the same run, the
journal alone and a bare SQLite loop write the same rows with the same pragmas.
"""

import argparse
from functools import partial

from bench.ingest.course import FULL, QUICK, measure
from bench.report import report

MUST = {
    "acked_per_s": "≥ 2,000 (aim: 8,000)",
    "page_views_per_s": "≥ 5,000",
    "ratio_to_bare": "≥ 0.5 (the journal's commits)",
    "analytics_fresh_p99_ms": "≤ 1,000",
}


def main(given: argparse.Namespace) -> None:
    """Measure and print."""
    report(given, partial(measure, QUICK if given.quick else FULL), must=MUST)
