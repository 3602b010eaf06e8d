"""The commands that ask a house for something that is no part of it: set, story.

They work beside a running server and without one. They must not know how a house is reached.
"""

import argparse
from typing import TYPE_CHECKING, Any

from engine.settings import FIELDS, read
from parlour import administer
from parlour.command_line.over_door import listing, over_door, with_one
from parlour.command_line.parser import add_data_dir, command

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands


def add_all(commands: "Commands") -> None:
    """Add the commands."""
    _add_set(commands)
    _add_story(commands)


def _add_set(commands: "Commands") -> None:
    parser = command(commands, "set", _set, "change a setting of the desk, or list all of them")
    add_data_dir(parser)
    parser.add_argument("setting", nargs="?", metavar="NAME", help="without one: list them all")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="a whole number, or true or false")
    parser.set_defaults(parser=parser)


def _add_story(commands: "Commands") -> None:
    parser = command(
        commands, "story", with_one(administer.tell_story, "conversation"), "say why a conversation is as it is"
    )
    add_data_dir(parser)
    parser.add_argument("conversation", metavar="ID", help="the conversation's, as reports and tables have it")


def _set(given: argparse.Namespace) -> None:
    if given.setting is None:
        listing(administer.list_settings)(given)
        return
    if given.value is None:
        given.parser.error("a value is missing")
    value = _value(given)
    over_door(given, lambda door, _: administer.change_setting(door, given.setting, value))


def _value(given: argparse.Namespace) -> Any:
    """The value in the setting's type; of one that we do not know, the house says so."""
    if given.setting not in FIELDS:
        return given.value
    try:
        return read(FIELDS[given.setting], given.value)
    except ValueError as kind:
        given.parser.error(f"argument VALUE: invalid {kind} value: {given.value!r}")
