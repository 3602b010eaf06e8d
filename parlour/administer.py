"""What everything stands on that the command line asks of a house: refusals in a sentence, a part by its name, tables;
and what it asks for that is no part: settings, a story.

It must not know whether a server runs, nor how a command line is read.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict

from engine.commands import ChangeSetting, HouseCommand, Outcome, Refused, RemovePart
from engine.door.answers import HousePart
from engine.door.interface import Door, DoorError
from engine.door.requests import Administer, AskHouse, AskStory
from engine.events import ConversationId
from engine.events.parts import kind_of
from parlour.story_lines import story_lines

SENTENCES = {
    "bad-text": "That is no text that can be taken",
    "bad-value": "That value is out of bounds",
    "busy": "The server is too busy, try again",
    "disconnected": "The server does not answer",
    "empty": "Something is empty that must not be",
    "exists": "There is one of that name already",
    "in-use": "It is in use still",
    "too-long": "That is too long",
    "unknown-department": "There is no such department",
    "unknown-operator": "There is no such user",
    "unknown-setting": "There is no such setting",
    "unknown-site": "There is no such site",
}


class Declined(Exception):
    """The house refused, in one sentence; the command ends with exit code 1."""


def check(outcome: Outcome | None) -> None:
    """Raise `Declined` where something was refused."""
    if not isinstance(outcome, Refused):
        return
    if outcome.reason == "changed":
        raise Declined(f"It was changed in the meantime by {outcome.by or 'the command line'}: look at it again.")
    limit = f"at most {outcome.limit} characters" if outcome.reason == "too-long" and outcome.limit else None
    more = ": ".join(part for part in (outcome.detail, limit) if part)
    raise Declined(f"{SENTENCES.get(outcome.reason, f'Refused ({outcome.reason})')}{f': {more}' if more else ''}.")


async def ask(door: Door, command: HouseCommand) -> None:
    """Have the house changed. Raises `Declined`."""
    check(await door.ask(Administer(command=command)))


def find(what: str, parts: Sequence[HousePart], word: str) -> HousePart:
    """The one part with this key (a site's public one, a user's login), or else of this name. Raises `Declined`."""
    wanted = word.casefold()
    found = [part for part in parts if (part.key or "").casefold() == wanted]
    found = found or [part for part in parts if part.name.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    there = ", ".join(part.name for part in parts) or "none yet"
    if not found:
        raise Declined(f"There is no {what} “{word}” (there are: {there}).")
    by_key = "login" if what == "user" else "key"
    raise Declined(f"Several {what}s are called “{word}” (there are: {there}); a {by_key} names one for certain.")


async def remove(door: Door, what: str, part: HousePart) -> list[str]:
    """Take a part out of the house."""
    command = RemovePart(part=kind_of(part.part), id=part.part.id, rests_on=part.version)
    await ask(door, command)
    return [f"Removed the {what} “{part.name}”."]


async def change_setting(door: Door, name: str, value: Any) -> list[str]:
    """Give a setting a value."""
    await ask(door, ChangeSetting(name=name, value=value))
    return [f"{name} is {value}."]


async def list_settings(door: Door) -> list[str]:
    """Every setting with its value."""
    settings = asdict((await door.ask(AskHouse())).settings)
    return table(("SETTING", "VALUE"), ((name, str(value)) for name, value in settings.items()))


async def tell_story(door: Door, conversation: str) -> list[str]:
    """Why a conversation is as it is."""
    try:
        return story_lines(await door.ask(AskStory(conversation=ConversationId(conversation))))
    except DoorError as error:
        if error.reason != "unknown-conversation":
            raise
        raise Declined(f"There is no conversation {conversation}.") from None


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, none: str = "") -> list[str]:
    """Rows under their heads as lines, each column as wide as it needs; where there is no row, what to do instead."""
    lines = [heads, *rows]
    if len(lines) == 1:
        return [none]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]
