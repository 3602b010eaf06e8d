"""What every command stands on: a parser that says what is wrong in one sentence, and the options that all take.

It must not know any command.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from parlour.options import DATA_DIR, Kind, read

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        """Say it, and end."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help).\n")


class Version(argparse.Action):
    """Says which Parlour this is, as its package's metadata have it, and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Say it."""
        print(f"{parser.prog} {version('parlour')}")
        parser.exit()


def command(commands: "Commands", name: str, run: Callable[..., None], about: str) -> argparse.ArgumentParser:
    """Add a command, which is done by `run`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def deeds(commands: "Commands", name: str, about: str, deeds: Mapping[str, str]) -> list[argparse.ArgumentParser]:
    """Add a command of several deeds, each with what it does; their parsers."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parsers = parser.add_subparsers(metavar="|".join(deeds), required=True)
    made: list[argparse.ArgumentParser] = [
        parsers.add_parser(deed, help=does, description=does, allow_abbrev=False) for deed, does in deeds.items()
    ]
    for one in made:
        add_data_dir(one)
    return made


def add_data_dir(parser: argparse.ArgumentParser, *folders: Path) -> None:
    """Let a command say which house; without it the first of the folders that is there, or where it would be."""
    default = ", or ".join(f"./{folder}" for folder in folders or (DATA_DIR,))
    parser.add_argument(
        "--data-dir", metavar="FOLDER", help=f"where everything is kept (PARLOUR_DATA_DIR; without it {default})"
    )


def options_of(kind: type[Kind], given: argparse.Namespace) -> Kind:
    """The options: what was said, over the environment and the house's file. Raises `CannotStart`."""
    said = {name: value for name, value in vars(given).items() if name in kind.__struct_fields__}
    return read(kind, said, os.environ)


def complain(sentence: str, code: int) -> int:
    """Say why not, and give the exit code back."""
    print(sentence, file=sys.stderr, flush=True)
    return code
