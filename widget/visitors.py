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
from engine.limits import TABLE, Budgets, Limit, Open
from engine.limits.table import PAGES_AT_ONCE, SOCKETS
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.conversations import folded
from engine.streams.live import LiveViews
from engine.wire.origins import matches
from widget.keys import VisitorKeys
from widget.sleepers import Sleepers


class Visitors:
    """The visitors' side of the engine, for all their sockets.

    Attributes:
        counted: what became of their sockets since the start.
        budgets: what each of them, and each address, may ask for.
        sockets: how many are open, by address.
        background: what nobody waits for.

    """

    def __init__(
        self,
        core: Core,
        views: LiveViews,
        accounts: Accounts,
        *,
        epoch: str,
        limits: Iterable[Limit] = TABLE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.core, self.views, self.accounts, self.epoch = core, views, accounts, epoch
        self.keys = VisitorKeys(accounts.key("visitor-keys"))
        self.counted = VisitorSockets()
        self.budgets = Budgets(limits, clock=clock, refused=self.counted.refused, people=self._people)
        self.sockets = Open(self.budgets, SOCKETS)
        self._page_ways = asyncio.Semaphore(PAGES_AT_ONCE.most)
        self.background = Background()
        self._attendance: Attendance[VisitorId] = Attendance(
            first=lambda visitor: self.soon(ReturnVisitor(visitor=visitor)),
            last=lambda visitor: self.soon(LoseVisitor(visitor=visitor)),
        )
        self.sleepers: Sleepers[VisitorId] = Sleepers(
            slept=lambda visitor: self.soon(SleepVisitor(visitor=visitor)),
            woke=lambda visitor: self.soon(WakeVisitor(visitor=visitor)),
        )

    def _people(self) -> int:
        return self.views.directory.settings.address_people

    def unnamed_proxy(self) -> None:
        """A request seems to have come through a proxy that nobody has named."""
        self.counted.unnamed_proxies += 1

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

    def knows(self, *keys: str | None) -> bool:
        """Whether any of the keys is one that we made."""
        return any(self.keys.read(key) for key in keys)

    def recognise(self, *keys: str | None) -> VisitorId:
        """The visitor of a key, or a new one; of several that one browser has kept, whose conversation is open."""
        known = [visitor for key in keys if (visitor := self.keys.read(key))]
        talking = [visitor for visitor in known if self.views.conversations.open_of(visitor)]
        return [*talking, *known, VisitorId(draw_id())][0]

    async def own_chat(self, visitor: VisitorId, secret: str | None) -> tuple[VisitorId, str]:
        """The visitor and their chat secret. Who cannot show a bound visitor's secret becomes a new visitor."""
        own = await self.accounts.chats.claim(visitor, secret)
        if own is not None:
            return visitor, own
        stranger = VisitorId(draw_id())
        return stranger, await self.accounts.chats.claim(stranger, None) or ""

    async def send(self, command: Command, visitor: VisitorId, client_id: str | None = None) -> Outcome:
        """Ask the engine in the visitor's name."""
        return await self.core.send(command, sender=visitor, client_id=client_id)

    async def view(self, command: Command, visitor: VisitorId) -> Outcome:
        """Have a page view kept, after those that came before it."""
        async with self._page_ways:
            return await self.send(command, visitor)

    def soon(self, command: Command) -> None:
        """Ask the engine without waiting for the answer."""
        self.background.run(self.core.send(command, sender="gateway"), name=type(command).__name__)
