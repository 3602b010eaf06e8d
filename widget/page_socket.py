"""The page's websocket: who views which page, and what the button says. It knows nothing of conversations' contents."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from engine.commands import Act, IdentifyVisitor, Refused, SleepVisitor, ViewPage, VisitorCaller, WakeVisitor
from engine.commands.filling import act_of, fill
from engine.events import Event, Invited, VisitorId
from engine.events.parts import Site
from engine.ids import draw_id
from engine.limits.table import USER_AGENT
from engine.streams.folds.conversation import Conversation
from engine.streams.views.service import SiteService
from engine.text import TextRefused, fit, whole_characters
from engine.wire.stream import is_open
from widget.browsers import browser, device
from widget.crawlers import is_crawler
from widget.protocol import Button, FromPage, PageBye, PageHello, PageWelcome, Service
from widget.protocol import Invited as InvitedFrame
from widget.signed import BadSignature, is_signed
from widget.socket import NOT_YOURS, VisitorSocket
from widget.successors import Said, succeed
from widget.visitors import Visitors

USER_AGENT_LIMIT = USER_AGENT.most
LOST_SHOWN = timedelta(minutes=30)  # how long who lost the connection finds the window as it was


_decode = msgspec.json.Decoder(FromPage).decode


def decode_told(message: str | bytes) -> Any:
    """The frame of a message. Nobody typed what a page tells: halves of characters are left out of it."""
    try:
        return _decode(message)
    except msgspec.DecodeError:
        if not isinstance(message, str) or (whole := whole_characters(message)) == message:
            raise
        return _decode(whole)


def _to_show(conversation: Conversation | None) -> bool:
    """Whether there is a conversation that comes up by itself: an open one, or one lost not long ago."""
    if conversation is None:
        return False
    return conversation.open or (conversation.lost and datetime.now(UTC) - conversation.since < LOST_SHOWN)


class PageSocket(VisitorSocket):
    """One page of a site in one tab."""

    decode = staticmethod(decode_told)
    _visitor: VisitorId | None = None
    _site: Site | None = None
    _leave: Callable[[], None] | None = None
    _passed_over = False  # a crawler: it is welcomed, and nothing is kept of it
    _turned: type[Act] = WakeVisitor  # what it said last
    _turning: asyncio.TimerHandle | None = None

    def initialize(self, visitors: Visitors, beat_s: float) -> None:
        """Bind to what all sockets share; nothing was said of a user yet."""
        super().initialize(visitors, beat_s)
        self._said = Said()

    def check_origin(self, origin: str) -> bool:
        """Only pages of our sites."""
        return self.visitors.may_embed(origin)

    async def take(self, frame: Any) -> None:
        """A hello, then another page and what else there is to tell."""
        if self._passed_over:
            return
        if isinstance(frame, PageHello):
            if self._visitor is not None:
                self.bad_frame("hello again")
            else:
                await self._hello(frame)
        elif self._visitor is None or self._site is None:
            self.bad_frame("hello first")
        elif isinstance(frame, PageBye):
            await succeed(self._visitor, self, self.visitors.sleepers, self.visitors.accounts, leaves=True)
            self.close()
        elif (act := act_of(frame)) is ViewPage:
            await self._view(frame)
        elif act is SleepVisitor or act is WakeVisitor:
            self._turn(act)
        else:
            await self._told(frame, self._visitor, self._site)

    async def _hello(self, hello: PageHello) -> None:
        site = self.visitors.site(hello.site, self.request.headers.get("Origin", ""))
        if site is None:
            self.refuse("unknown-site")
            self.close(NOT_YOURS, "not yours")
            return
        if self._is_unwanted(hello):
            self.welcomes()
            self._pass_over(site, hello.visitor)
            return
        if wait := self.asker.hello(self.size, new=not self.visitors.knows(hello.visitor, hello.also)):
            self.refuse("too-fast", limit=wait)
            self.await_hello(wait)
            return
        self.welcomes()
        self._site, self._visitor = site, self.visitors.recognise(hello.visitor, hello.also)
        if hello.page is not None and not await self._view(hello.page):
            self._visitor = None  # a hello whose page was refused was no hello
            self.await_hello()
            return
        if not is_open(self):  # closed while the page was kept: the visit has begun, and its grace begins
            self.visitors.connect(self._visitor)()
            return
        self._leave = self.visitors.connect(self._visitor)
        self._wake_or_sleep(self._visitor, hello)
        self._welcome(site, self._visitor)

    def goes_on_as(self, visitor: VisitorId, *, taken: bool) -> None:
        """Somebody else is at this browser: as after a shutdown and another load of the page."""
        if self._site is None:
            return
        self._go()
        self._visitor, self._leave = visitor, self.visitors.connect(visitor)
        self.visitors.sleepers.turn(visitor, self, asleep=False)
        if taken:
            self._said.taken()
        self._welcome(self._site, visitor, taken=taken)

    def _go(self) -> None:
        """Be nobody's page any more."""
        self._stop_turning()
        self.unfollow_all()
        if self._leave is not None and self._visitor is not None:
            self._leave()
            self.visitors.sleepers.close(self._visitor, self)

    def _is_unwanted(self, hello: PageHello) -> bool:
        """Whether a program looks at the page, and the house does not want such counted."""
        if self.visitors.views.directory.settings.count_crawlers:
            return False
        return hello.automated or is_crawler(self._user_agent)

    def _pass_over(self, site: Site, key: str | None) -> None:
        """Say what the button offers, as to everybody, so that the page is seen as it is; it is nobody's.

        A program that has written in the chat is who it is there.
        """
        self._passed_over = True
        self.visitors.counted.crawlers += 1
        self._say_service(site, lambda service: self._welcomed(service, key or "", to_show=False))

    def _wake_or_sleep(self, visitor: VisitorId, hello: PageHello) -> None:
        """A page view wakes by itself; a socket that came back says how the page is meanwhile."""
        if hello.page is None and not hello.asleep:
            self.visitors.soon(WakeVisitor(visitor=visitor))
        self.visitors.sleepers.turn(visitor, self, asleep=hello.asleep)

    def _turn(self, act: type[Act]) -> None:
        """Fall asleep or wake up; who does so too often does it once, as they said last, when its time has come."""
        self._turned = act
        if self._turning is not None or self._visitor is None:
            return
        if wait := self.asker.deed(act, self._visitor, self.size):
            self._turning = asyncio.get_running_loop().call_later(wait, self._turn_late)
        else:
            self.visitors.sleepers.turn(self._visitor, self, asleep=act is SleepVisitor)

    def _turn_late(self) -> None:
        self._turning = None
        self._turn(self._turned)

    def _stop_turning(self) -> None:
        if self._turning is not None:
            self._turning.cancel()
            self._turning = None

    def _invited(self, event: Event) -> None:
        if isinstance(event, Invited):
            self.say(InvitedFrame())

    def _welcome(self, site: Site, visitor: VisitorId, *, taken: bool = False) -> None:
        visiting = self.visitors.core.is_visiting(visitor)
        to_show = _to_show(self.visitors.last_conversation(visitor))
        key = self.visitors.keys.make(visitor)
        self._say_service(
            site,
            lambda service: self._welcomed(service, key, to_show=to_show, tell_page=not visiting, taken=taken),
        )
        self.follow(self.visitors.core.of_visitor(visitor), self._invited)

    def _say_service(self, site: Site, first: Callable[[Service], PageWelcome]) -> None:
        """Say what the button offers, at once and whenever it changes; `first` makes the first such frame."""
        welcomed = False

        def service_said(step: SiteService) -> None:
            nonlocal welcomed
            self.say(Button(service=step.service) if welcomed else first(step.service))
            welcomed = True

        self.follow(self.visitors.views.service(site.id), service_said)

    def _welcomed(
        self, service: Service, key: str, *, to_show: bool, tell_page: bool = False, taken: bool = False
    ) -> PageWelcome:
        sleep_s = self.visitors.views.directory.settings.sleep_timeout
        return PageWelcome(
            visitor=key, service=service, chat=to_show, sleep_s=sleep_s, tell_page=tell_page, taken=taken
        )

    async def _told(self, frame: Any, visitor: VisitorId, site: Site) -> None:
        """Keep what the site's script tells."""
        if wait := self.asker.deed(act_of(frame), visitor, self.size):
            self.refuse("too-fast", limit=wait)
            return
        try:
            identifies = act_of(frame) is IdentifyVisitor
            signed = identifies and is_signed(frame, self.visitors.accounts.identity_secret(site.id))
            command = fill(frame, VisitorCaller(visitor, site.id, verified=signed), draw=draw_id)
        except BadSignature:
            self.refuse("forbidden", detail="the signature is not this site's of these values")
        except TextRefused as fault:
            self.refuse(fault.reason, detail=str(act_of(frame).__struct_config__.tag), limit=fault.limit)
        else:
            if identifies and self._said.is_echo(frame):
                return
            said = await self.visitors.send(command, visitor)
            if isinstance(said, Refused) and said.reason == "another-user":
                await succeed(visitor, self, self.visitors.sleepers, self.visitors.accounts, leaves=False)
            elif isinstance(said, Refused):
                self.refuse(said.reason, detail=said.detail)

    async def _view(self, page: Any) -> bool:
        """Keep a page view; False where it was refused and said so."""
        if self._visitor is None or self._site is None:
            return False
        if wait := self.asker.deed(ViewPage, self._visitor, self.size):
            self.refuse("too-fast", limit=wait)
            return False
        try:
            command = fill(page, self._caller(self._visitor, self._site), draw=draw_id)
        except msgspec.ValidationError as wrong:
            self.bad_frame(str(wrong))
            return False
        said = await self.visitors.view(command, self._visitor)
        if isinstance(said, Refused) and said.reason == "no-room":
            return True  # the page goes on: whoever looks at it may ask for help all the same
        if isinstance(said, Refused):
            self.refuse(said.reason, limit=said.limit)
        return not isinstance(said, Refused)

    @cached_property
    def _user_agent(self) -> str:
        return fit(self.request.headers.get("User-Agent", ""), USER_AGENT_LIMIT)

    def _caller(self, visitor: VisitorId, site: Site) -> VisitorCaller:
        return VisitorCaller(
            visitor,
            site.id,
            device=device(self._user_agent),
            browser=browser(self._user_agent),
            origin_address=self.request.remote_ip,
            user_agent=self._user_agent or None,
        )

    def on_close(self) -> None:
        """One connection of the visitor less."""
        super().on_close()
        self._go()
