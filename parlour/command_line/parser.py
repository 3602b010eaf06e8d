"""What every command stands on: a parser that says what is wrong in one sentence, and the options that all take.

It must not know any command.
"""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from parlour.options import Kind, read

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        """Say it, and end."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help).\n")


def command(commands: "Commands", name: str, run: Callable[..., None], about: str) -> argparse.ArgumentParser:
    """Add a command, which is done by `run`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def deeds(commands: "Commands", name: str, about: str, *deeds: str) -> list[argparse.ArgumentParser]:
    """Add a command of several deeds; their parsers."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parsers = parser.add_subparsers(metavar="|".join(deeds), required=True)
    made: list[argparse.ArgumentParser] = [parsers.add_parser(deed, allow_abbrev=False) for deed in deeds]
    for one in made:
        add_data_dir(one)
    return made


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Let a command say which house."""
    parser.add_argument("--data-dir", metavar="FOLDER", help="where everything is kept")


def options_of(kind: type[Kind], given: argparse.Namespace) -> Kind:
    """The options: what was said, over the environment and the house's file. Raises `CannotStart`."""
    said = {name: value for name, value in vars(given).items() if name in kind.__struct_fields__}
    return read(kind, said, os.environ)


def complain(sentence: str, code: int) -> int:
    """Say why not, and give the exit code back."""
    print(sentence, file=sys.stderr, flush=True)
    return code
