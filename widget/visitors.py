"""What every visitor's socket shares: the engine, who is connected, how fast they send, their keys."""

import asyncio
import time
from collections.abc import Callable, Iterable

from engine.accounts import Accounts
from engine.attendance import Attendance
from engine.background import Background
from engine.commands import Command, LoseVisitor, Outcome, ReturnVisitor, SleepVisitor, WakeVisitor
from engine.core import Core
from engine.counters import VisitorSockets
from engine.events import VisitorId
from engine.events.parts import Site
from engine.ids import draw_id
from engine.limits import TABLE, Budgets, Limit
from engine.limits.table import ACTS, LEFT, PAGES, PAGES_AT_ONCE, TOLD, TYPING
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.conversations import folded
from engine.streams.live import LiveViews
from engine.wire.origins import matches
from engine.wire.proxies import household
from widget.keys import VisitorKeys
from widget.sleepers import Sleepers


class Visitors:
    """The visitors' side of the engine, for all their sockets.

    Attributes:
        counted: what became of their sockets since the start.
        budgets: what each of them, and each address, may ask for.

    """

    def __init__(
        self, core: Core, views: LiveViews, accounts: Accounts, *, epoch: str, limits: Iterable[Limit] = TABLE
    ) -> None:
        self.core, self.views, self.accounts, self.epoch = core, views, accounts, epoch
        self.keys = VisitorKeys(accounts.key("visitor-keys"))
        self.counted = VisitorSockets()
        self.budgets = Budgets(limits, clock=time.monotonic)
        self._page_ways = asyncio.Semaphore(PAGES_AT_ONCE.most)
        self._background = Background()
        self._attendance: Attendance[VisitorId] = Attendance(
            first=lambda visitor: self.soon(ReturnVisitor(visitor=visitor)),
            last=lambda visitor: self.soon(LoseVisitor(visitor=visitor)),
        )
        self.sleepers: Sleepers[VisitorId] = Sleepers(
            slept=lambda visitor: self.soon(SleepVisitor(visitor=visitor)),
            woke=lambda visitor: self.soon(WakeVisitor(visitor=visitor)),
        )

    def site(self, key: str, origin: str | None = None) -> Site | None:
        """The site of a public key, if it exists and `origin` (where given) may embed it."""
        site = self.views.directory.site_of(key)
        return site if site and (origin is None or matches(origin, site.origins)) else None

    def may_embed(self, origin: str) -> bool:
        """Whether any site may embed the widget from this origin."""
        return any(matches(origin, site.origins) for site in self.views.directory.sites.values())

    def connect(self, visitor: VisitorId) -> Callable[[], None]:
        """One of the visitor's sockets is open; returns what closes it."""
        return self._attendance.open(visitor)

    def last_conversation(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation, or their last, from whichever visit."""
        known = self.views.conversations.of(visitor)
        return known or folded(self.core.last_conversation(visitor))

    def recognise(self, *keys: str | None) -> VisitorId:
        """The visitor of a key, or a new one; of several that one browser has kept, whose conversation is open."""
        known = [visitor for key in keys if (visitor := self.keys.read(key))]
        talking = [visitor for visitor in known if self.views.conversations.open_of(visitor)]
        return [*talking, *known, VisitorId(draw_id())][0]

    async def own_chat(self, visitor: VisitorId, secret: str | None) -> tuple[VisitorId, str]:
        """The visitor and their chat secret. Who cannot show a bound visitor's secret becomes a new visitor."""
        own = await self.accounts.claim_chat(visitor, secret)
        if own is not None:
            return visitor, own
        stranger = VisitorId(draw_id())
        return stranger, await self.accounts.claim_chat(stranger, None) or ""

    def too_fast(self, visitor: VisitorId) -> int:
        """0 and counted, or the seconds until the visitor may send again."""
        return self.budgets.take((ACTS, visitor))

    def types_too_fast(self, visitor: VisitorId) -> bool:
        """Whether to pass over this sign of typing."""
        return self.budgets.take((TYPING, visitor)) > 0

    def too_many_pages(self, visitor: VisitorId) -> int:
        """0 and counted, or the seconds until the visitor may view another page."""
        return self.budgets.take((PAGES, visitor))

    def tells_too_fast(self, visitor: VisitorId) -> int:
        """0 and counted, or the seconds until the visitor's page may tell more of them."""
        return self.budgets.take((TOLD, visitor))

    def posts_too_fast(self, address: str) -> int:
        """0 and counted, or the seconds until another message may be left by POST from this address."""
        return self.budgets.take((LEFT, household(address)))

    async def send(self, command: Command, visitor: VisitorId, client_id: str | None = None) -> Outcome:
        """Ask the engine in the visitor's name."""
        return await self.core.send(command, sender=visitor, client_id=client_id)

    async def view(self, command: Command, visitor: VisitorId) -> Outcome:
        """Have a page view kept, after those that came before it."""
        async with self._page_ways:
            return await self.send(command, visitor)

    def soon(self, command: Command) -> None:
        """Ask the engine without waiting for the answer."""
        self._background.run(self.core.send(command, sender="gateway"), name=type(command).__name__)
