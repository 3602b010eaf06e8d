"""What an administrator asks for."""

from typing import Any

from engine.commands.base import Command
from engine.commands.forgetting import ForgetEntry, ForgetVisitor
from engine.events import Actor, Part, PartId, PartKind


class SetPart(Command, frozen=True, kw_only=True):
    """Add a part of the house (`rests_on` 0), or make it another.

    `rests_on` is the version that was seen when this was asked for: another one is not changed unseen. `name` is an
    operator's, None: as it is; other parts have theirs in themselves. An operator's login and password are kept apart,
    in `engine.accounts`.
    """

    part: Part
    name: str | None = None
    rests_on: int = 0
    by: Actor = None


class RemovePart(Command, frozen=True, kw_only=True):
    """Take a part out of the house, at the version that was seen."""

    part: PartKind
    id: PartId
    rests_on: int
    by: Actor = None


class ChangeSetting(Command, frozen=True, kw_only=True):
    """Give a setting a value, as plain JSON of its type; `rests_on` the version that was seen, None: whichever."""

    name: str
    value: Any
    rests_on: int | None = None
    by: Actor = None


# What an administrator may ask for, and who holds the house's key: the command line, on the same machine.
HouseCommand = SetPart | RemovePart | ChangeSetting | ForgetVisitor | ForgetEntry
