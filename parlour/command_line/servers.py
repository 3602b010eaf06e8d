"""The commands that run or look at processes: serve, demo, notebooks, doctor, bench.

Heavy parts are loaded only by the command that needs them.
"""

import argparse
import asyncio
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from parlour.command_line.parser import add_data_dir, command, options_of
from parlour.data_dir import holder
from parlour.options import DATA_DIR, DEMO_DATA_DIR, DemoOptions, Options

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands


def add_all(commands: "Commands") -> None:
    """Add the commands."""
    _add_serve(commands)
    _add_demo(commands)
    _add_notebooks(commands)
    _add_doctor(commands)
    _add_bench(commands)


def _add_serve(commands: "Commands") -> None:
    parser = command(commands, "serve", _serve, "run a server")
    _add_process_options(parser, DATA_DIR)


def _add_demo(commands: "Commands") -> None:
    parser = command(commands, "demo", _demo, "run a server with a shop, people and believable visitors")
    _add_process_options(parser, DEMO_DATA_DIR)
    parser.add_argument("--visitors", type=int, metavar="N", help="how many are on the site at a time; 0: none (12)")
    parser.add_argument("--seed", type=int, help="what the visitors are drawn from (1)")
    parser.add_argument("--no-robot", dest="robot", action="store_const", const=False, help="no robot operator")


def _add_process_options(parser: argparse.ArgumentParser, folder: Path) -> None:
    add_data_dir(parser, folder)
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, metavar="P", help="first of the ports: widget P, dashboard P+1 … (8700)")
    parser.add_argument(
        "--origin", dest="origins", action="append", metavar="URL", help="address the dashboard is opened under"
    )
    parser.add_argument(
        "--allowed-host", dest="allowed_hosts", action="append", metavar="NAME", help="name of the widget's address"
    )
    parser.add_argument(
        "--proxy", dest="proxies", action="append", metavar="ADDRESS", help="proxy that says where somebody comes from"
    )
    parser.add_argument(
        "--least-room", type=int, metavar="MB", help="of the disk, below which things are given up one by one (512)"
    )


def _serve(given: argparse.Namespace) -> None:
    from parlour.serve import serve, until_signal

    options = options_of(Options, given)
    asyncio.run(until_signal(serve(options)))


def _demo(given: argparse.Namespace) -> None:
    from parlour.demo.run import demo
    from parlour.serve import until_signal

    options = options_of(DemoOptions, given)
    asyncio.run(until_signal(demo(options)))


def _add_notebooks(commands: "Commands") -> None:
    parser = command(commands, "notebooks", _notebooks, "start JupyterLab, connected to the running server")
    add_data_dir(parser, DATA_DIR, DEMO_DATA_DIR)
    parser.add_argument("--port", dest="lab_port", type=int, default=8888, metavar="N", help="JupyterLab's port (8888)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _notebooks(given: argparse.Namespace) -> None:
    from parlour import notebooks

    said = given.data_dir or os.environ.get("PARLOUR_DATA_DIR")
    folders = (Path(said),) if said else (DATA_DIR, DEMO_DATA_DIR)
    sys.exit(notebooks.start(folders, port=given.lab_port, browser=not given.no_browser))


def _add_doctor(commands: "Commands") -> None:
    parser = command(commands, "doctor", _doctor, "say how a house and its processes are")
    add_data_dir(parser, DATA_DIR, DEMO_DATA_DIR)
    parser.add_argument("--json", action="store_true", help="one object on one line, for programs")


def _doctor(given: argparse.Namespace) -> None:
    from parlour.doctor.examine import examine
    from parlour.doctor.report import as_json
    from parlour.doctor.words import words
    from parlour.reach import counted

    if not (given.data_dir or os.environ.get("PARLOUR_DATA_DIR")):
        there = [folder for folder in (DATA_DIR, DEMO_DATA_DIR) if folder.is_dir()]
        given.data_dir = next((str(folder) for folder in there if holder(folder)), str((*there, DATA_DIR)[0]))
    report = examine(options_of(Options, given), counters=counted)
    print(as_json(report) if given.json else words(report))
    sys.exit(0 if report.well else 1)


def _add_bench(commands: "Commands") -> None:
    parser = command(commands, "bench", _bench, "measure; without a name: say what can be measured")
    import_module("bench").add_names(parser)  # by name: the bench may import us, and we know nothing of it


def _bench(given: argparse.Namespace) -> None:
    import_module("bench").main(given)
