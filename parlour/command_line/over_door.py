"""How a command does its work over a house's door, whether a server runs or not, and prints what comes of it."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from engine.door.interface import Door, DoorError
from parlour.administer import Declined
from parlour.command_line.parser import complain, options_of
from parlour.options import Options

Lines = Awaitable[list[str]]
Run = Callable[[argparse.Namespace], None]


def over_door(given: argparse.Namespace, work: Callable[[Door, Options], Lines], *, make: bool = True) -> None:
    """Do `work` with the house's door and print its lines; where there is no house, `make` one."""
    from parlour.reach import reach

    options = options_of(Options, given)

    async def run() -> list[str]:
        async with reach(options.data_dir, make=make, least_room=options.least_room) as door:
            return await work(door, options)

    try:
        for line in asyncio.run(run()):
            print(line)
    except Declined as reason:
        sys.exit(complain(str(reason), 1))
    except DoorError as error:
        sys.exit(complain(f"The server does not answer ({error.reason}).", 1))


def listing(lines: Callable[[Door], Lines]) -> Run:
    """A command that prints what there is."""
    return lambda given: over_door(given, lambda door, _: lines(door), make=False)


def with_one(deed: Callable[..., Lines], which: str, *names: str) -> Run:
    """A command about what the argument `which` names, with those of the options `names` that were said."""

    def run(given: argparse.Namespace) -> None:
        said: dict[str, Any] = {name: getattr(given, name) for name in names if getattr(given, name) not in (None, [])}
        over_door(given, lambda door, _: deed(door, getattr(given, which), **said), make=False)

    return run
