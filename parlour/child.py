"""The entry of a child process: `python -m parlour.child NAME OPTIONS --ready-fd=N`, started by `parlour.supervise`.

It runs the named process until SIGTERM, or until its standard input ends because the parent is gone. It must not know
the parent, nor any other child.
"""

import argparse
import asyncio
import errno
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

import uvloop

from engine.background import Background
from engine.wire.descriptors import raise_limit
from parlour import collector, logs
from parlour.data_dir import CannotStart
from parlour.options import DemoOptions, Options, decode, encode
from parlour.processes import PROCESSES
from parlour.starting import Starting

Run = Callable[[DemoOptions, asyncio.Event, Starting], Awaitable[None]]

LAST_GRACE = 3.0  # seconds from the end of standard input until the process ends itself hard


def command(name: str, options: Options) -> list[str]:
    """The command that runs the process `name`."""
    return [sys.executable, "-m", "parlour.child", name, encode(options)]


def main() -> None:
    """Run one process; exit code 2 with one sentence on standard error where it can never start."""
    parser = argparse.ArgumentParser(prog="parlour.child")
    parser.add_argument("name", choices=PROCESSES)
    parser.add_argument("options")
    parser.add_argument("--ready-fd", type=int, required=True)
    given = parser.parse_args()
    raise_limit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent too, which ends us in order
    logs.speak(logging.INFO)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    logging.getLogger("tornado.general").setLevel(logging.WARNING)  # who speaks no HTTP must not fill the log
    run: Run = import_module(PROCESSES[given.name].module).run
    options = decode(given.options)
    try:
        uvloop.run(
            live(run, given.name, options, given.ready_fd)
        )  # a message is there a fifth sooner: docs/performance.md
    except CannotStart as reason:
        sys.exit(_last_words(str(reason)))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(_last_words(f"A port of {given.name} is taken by another program."))


async def live(run: Run, name: str, options: DemoOptions, ready_fd: int) -> None:
    """Do a process's `run` until it is told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    log = logs.log_of(options.data_dir / "logs", name)
    threading.Thread(target=_watch_parent, args=(loop, stop, log), name="parent's watch", daemon=True).start()
    background = Background()
    try:
        await run(options, stop, Starting(ready_fd, lambda: _look_after_objects(background)))
    finally:
        background.cancel()


def _look_after_objects(background: Background) -> None:
    """From now on they are looked through by the clock."""
    collector.begin()
    background.run(collector.Collector().keep_looking(), name="the collector's looks")


def _watch_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event, log: Path) -> None:
    """Wait for the end of standard input; until then, go on in a new log whenever the parent says that it is time.

    A thread, because the loop may be the very thing that hangs.
    """
    while os.read(0, 1024):
        logs.go_on_in(log)
    threading.Timer(LAST_GRACE, os._exit, (1,)).start()
    loop.call_soon_threadsafe(stop.set)


def _last_words(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 2


if __name__ == "__main__":
    main()
