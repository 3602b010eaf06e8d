"""The room on the disk of the data folder, and what is given up as it gets little: one table. Pure.

It must not know how room is measured, who gives up what, nor who is told.
"""

from typing import Literal, get_args

import msgspec

MEGABYTE = 1 << 20
LEAST = 512  # megabytes; below it the first thing is given up (an option: `least_room`)

# `copies` is what can be made again from the journal: snapshots, and the tables for reports.
Shed = Literal["page-views", "left-messages", "new-chats", "copies"]
SHED: tuple[Shed, ...] = get_args(Shed)

# Each is given up below the least room divided by its number: at 512, 256, 128 and 64 MB.
STEPS: dict[Shed, int] = {"page-views": 1, "left-messages": 2, "new-chats": 4, "copies": 8}
BACK = 1.1  # times that much, until it is taken up again: what is at the edge would come and go


class NoRoom(Exception):
    """The disk is full; nothing was kept."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What is not as it should be with the house's disk and its journal.

    Attributes:
        shed: what is given up for want of room.
        full: nothing can be kept at all.
        free_mb: the room that is left; None until it was measured.
        damaged: what is wrong with the journal's file; None where nothing is known to be.

    """

    shed: tuple[Shed, ...] = ()
    full: bool = False
    free_mb: int | None = None
    damaged: str | None = None


def shed(free: int, least: int, before: tuple[Shed, ...] = ()) -> tuple[Shed, ...]:
    """What is given up with so many bytes left, where `least` megabytes are the least room."""
    return tuple(one for one in SHED if free < limit(one, least) * (BACK if one in before else 1))


def limit(one: Shed, least: int) -> int:
    """The bytes below which something is given up."""
    return least * MEGABYTE // STEPS[one]
