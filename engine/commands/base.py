"""What every command is, and what it says of itself where somebody's browser may ask for it."""

from typing import ClassVar, Literal

import msgspec

from engine.room import Shed

# Where a browser may ask: a site's page, the chat window, its form by plain POST, an operator's dashboard.
Door = Literal["page", "chat", "form", "dashboard"]


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t", tag=str):
    """Something asked for.

    Attributes:
        has_happened: somebody came or went; it tells so, and is never refused for want of room: it would be lost, and
            somebody left with an empty chair for ever.
        takes: what it would write, that is given up where the disk has little room; None: it is kept to the last.

    """

    has_happened: ClassVar[bool] = False
    takes: ClassVar[Shed | None] = None


class Act(Command, frozen=True, kw_only=True):
    """A command that a person's browser asks for, as it is: its tag is the frame's name on the wire.

    Each field says who fills it (`engine.commands.fields`); one that says nothing is the client's, as it is.

    Attributes:
        doors: where it may be asked for.
        answered: where its outcome is told, so that the frame has a `client_id` to tell it under.

    """

    doors: ClassVar[tuple[Door, ...]] = ()
    answered: ClassVar[tuple[Door, ...]] = ("chat", "form", "dashboard")
