"""The commands that copy a house: backup and restore."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from parlour.command_line.parser import add_data_dir, command, options_of
from parlour.command_line.progress import Progress
from parlour.options import Options

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands


def add_all(commands: "Commands") -> None:
    """Add the commands."""
    _add_backup(commands)
    _add_restore(commands)


def _add_backup(commands: "Commands") -> None:
    parser = command(commands, "backup", _backup, "copy a house, running or not, into a new folder")
    add_data_dir(parser)
    parser.add_argument("target", metavar="TARGET", help="the folder to make")


def _add_restore(commands: "Commands") -> None:
    parser = command(commands, "restore", _restore, "make a house from a backup, while no server runs on it")
    add_data_dir(parser)
    parser.add_argument("source", metavar="SOURCE", help="the folder that a backup made")
    parser.add_argument("--force", action="store_true", help="put a house that is there aside")


def _backup(given: argparse.Namespace) -> None:
    from parlour.backup import back_up

    with Progress() as progress:
        made = back_up(options_of(Options, given).data_dir, Path(given.target), tell=progress)
    size = sum(file.size for file in made.files.values()) / 1e6
    print(f"Backed up {made.position:,} events ({size:,.1f} MB) into {given.target}.")


def _restore(given: argparse.Namespace) -> None:
    from parlour.restore import restore

    data_dir = options_of(Options, given).data_dir
    with Progress() as progress:
        made, aside = restore(Path(given.source), data_dir, force=given.force, tell=progress)
    print(f"Restored {made.position:,} events, backed up {made.made:%Y-%m-%d %H:%M:%S} UTC, into {data_dir}.")
    if aside is not None:
        print(f"What was there is in {aside}.")
