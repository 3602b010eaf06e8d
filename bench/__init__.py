"""Measurements of the running program, beside the limits it must keep: `parlour bench NAME`.

A bench starts a server of its own, drives it from outside as browsers do, and must not reach into its processes.
"""

import argparse
from collections.abc import Callable
from importlib import import_module

from parlour.command_line.parser import Parser

Bench = Callable[[argparse.Namespace], None]

# Each is loaded only when it is run; each module has `main(given)`.
BENCHES = {
    "ingest": "messages and page views that are taken in a second, acked and kept, beside a bare SQLite loop",
    "connections": "10,000 idle visitors and the memory they cost, beside a bare Tornado server; quick: 2,000",
    "recovery": "main is killed under load, in rounds: who is back when, and what is lost or doubled",
    "widget": "what the widget costs a page and its visitor's browser, in Chromium",
    "boards": "dashboards open at once, each with 200 badges and 5 updates a second; quick: 10 dashboards",
    "delivery": "a message’s way to the other side: visitor's socket → a dashboard's Bokeh socket, and back",
    "flood": "what others feel of one address that brings all it can: seven kinds of floods",
    "start": "main's start on a journal of 10 million events, until it is ready; quick: of 1 million",
}


def add_names(parser: argparse.ArgumentParser) -> None:
    """Let a command line name a bench."""
    named = parser.add_subparsers(dest="name", metavar="NAME", parser_class=Parser)
    for name, about in BENCHES.items():
        bench = named.add_parser(name, help=about, description=about, allow_abbrev=False)
        bench.add_argument("--quick", action="store_true", help="a small one, in a minute or two")
        bench.add_argument("--json", action="store_true", help="one object on one line, for programs")


def main(given: argparse.Namespace) -> None:
    """Run the named bench, or list them all."""
    if given.name is None:
        width = max(map(len, BENCHES))
        print("\n".join(f"{name.ljust(width)}  {about}" for name, about in BENCHES.items()))
        return
    run: Bench = import_module(f"bench.{given.name}").main
    run(given)
