"""The command that has a visitor forgotten, or one entry of a conversation; it works with and without a server."""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from engine.commands import ForgetEntry, ForgetVisitor, Outcome, Refused
from engine.door.interface import Door
from engine.door.requests import Administer
from engine.events import ConversationId, VisitorId
from parlour.administer import Declined, check
from parlour.command_line.over_door import over_door
from parlour.command_line.parser import add_data_dir, command

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands

KEPT = "Backups that were taken before keep it."


def add_all(commands: "Commands") -> None:
    """Add the command."""
    parser = command(commands, "forget", _forget, "forget what is personal of a visitor, or in one entry")
    add_data_dir(parser)
    parser.add_argument("visitor", nargs="?", metavar="VISITOR", help="the visitor's id")
    parser.add_argument("--entry", nargs=2, metavar=("CONVERSATION", "NUMBER"), help="one entry alone")
    parser.set_defaults(parser=parser)


def _forget(given: argparse.Namespace) -> None:
    if (given.visitor is None) == (given.entry is None):
        given.parser.error("name a visitor, or an entry")
    if given.visitor is not None:
        visitor = _id(given, given.visitor)
        over_door(given, lambda door, _: forget_visitor(door, visitor), make=False)
        return
    conversation, number = _id(given, given.entry[0]), given.entry[1]
    if not number.isdecimal():
        given.parser.error(f"no number: {number}")
    over_door(given, lambda door, _: forget_entry(door, conversation, int(number)), make=False)


async def forget_visitor(door: Door, visitor: str) -> list[str]:
    """Have a visitor forgotten."""
    forget = ForgetVisitor(visitor=VisitorId(visitor))
    _check(await door.ask(Administer(command=forget)), f"There is no visitor {visitor}.")
    return [f"Forgot names, addresses and all that was written of visitor {visitor}.", KEPT]


async def forget_entry(door: Door, conversation: str, number: int) -> list[str]:
    """Have one entry forgotten."""
    forget = ForgetEntry(conversation=ConversationId(conversation), entry=number)
    unknown = f"There is no entry {number} of conversation {conversation} that somebody wrote."
    _check(await door.ask(Administer(command=forget)), unknown)
    return [f"Forgot what was written in entry {number} of conversation {conversation}.", KEPT]


def _check(outcome: Outcome | None, unknown: str) -> None:
    if isinstance(outcome, Refused) and outcome.reason == "bad-value":
        raise Declined(unknown)
    check(outcome)


def _id(given: argparse.Namespace, text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        given.parser.error(f"no id: {text}")
        raise
