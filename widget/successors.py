"""Somebody else is at a visitor's browser: its pages go on as another visitor, who may not read the first one's chats.

What follows for the first one is what follows from a last page that was closed.
"""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol, runtime_checkable

from engine.accounts import Accounts
from engine.events import VisitorId
from engine.ids import draw_id
from widget.sleepers import Sleepers

DEAF_S = 5.0


@runtime_checkable
class Page(Protocol):
    """A page of a visitor."""

    def goes_on_as(self, visitor: VisitorId, *, taken: bool) -> None:
        """Be another visitor's from now on; `taken`: another page said so."""
        ...


async def succeed(first: VisitorId, by: Page, pages: Sleepers[VisitorId], accounts: Accounts, *, leaves: bool) -> None:
    """All pages of this browser go on as one new visitor; the one that said so, too, unless it leaves."""
    await accounts.chats.release(first)
    successor = VisitorId(draw_id())
    for page in pages.pages(first):
        if isinstance(page, Page) and not (leaves and page is by):
            page.goes_on_as(successor, taken=page is not by)


@dataclass
class Said:
    """What a page said last of its user. A page of before an update says it again when it is welcomed as another."""

    frame: Any = None
    deaf_until: float = field(default=-1.0)

    def taken(self) -> None:
        """Another page said who is there: an echo of what this one said is not heard."""
        self.deaf_until = monotonic() + DEAF_S

    def is_echo(self, frame: Any) -> bool:
        """Whether to pass it over; else it is what was said last."""
        if frame == self.frame and monotonic() < self.deaf_until:
            return True
        self.frame = frame
        return False
