"""One visitor at work: carries out an itinerary over the public websockets, page by page."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import msgspec

from engine.events import DepartmentId
from engine.ids import draw_id
from parlour.demo.visitors.chat import Chat, Ended
from parlour.demo.visitors.plan import Itinerary, Line, Step, Talk, Visit
from parlour.demo.visitors.wire import Wire
from widget import protocol
from widget.asking import LEAVE, VIEW

PAGE_DECODER = msgspec.json.Decoder(protocol.ToPage)
READING = 0.35  # share of a page's time that passes before help is asked for


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Where the shop and the widget are, and how time passes.

    Attributes:
        shop: the shop's origin, which is also the `Origin` of its pages' sockets.
        gateway: the widget's origin, which is also the `Origin` of the chat's iframe.
        site_key: the shop's public key.
        pace: what every waiting time is multiplied by.

    """

    shop: str
    gateway: str
    site_key: str
    pace: float = 1.0

    def socket(self, path: str) -> str:
        """The address of one of the gateway's websockets."""
        return "ws" + self.gateway.removeprefix("http") + path


class Visitor:
    """A browser with its memory: the visitor's key and the chat's secret."""

    def __init__(self, itinerary: Itinerary, around: Surroundings) -> None:
        self._itinerary = itinerary
        self._around = around
        self._key: str | None = None
        self._secret: str | None = None
        self._last_page = itinerary.persona.referrer
        self._invited = asyncio.Event()
        self.on_site = False

    async def live(self) -> None:
        """Do all that is planned."""
        for visit in self._itinerary.visits:
            await self._wait(visit.away)
            self.on_site = True
            try:
                await self._walk(visit)
            finally:
                self.on_site = False

    async def _walk(self, visit: Visit) -> None:
        self._last_page = self._itinerary.persona.referrer
        for step in visit.steps:
            async with self._page(step):
                await self._look(step)
            await self._wait(0.2)  # a page loads

    def _page(self, step: Step) -> Wire[protocol.ToPage]:
        address = self._around.shop + step.page.path
        told = VIEW(address=address, title=step.page.title, referrer=self._last_page)
        untold: list[Any] = [told]
        self._last_page = address

        def hello() -> protocol.PageHello:
            page = untold.pop() if untold else None
            return protocol.PageHello(site=self._around.site_key, visitor=self._key, page=page)

        headers = self._headers(self._around.shop)
        url = self._around.socket("/ws/page")

        def take(frame: protocol.ToPage) -> None:
            if isinstance(frame, protocol.PageWelcome):
                self._key = frame.visitor
                if frame.tell_page:
                    wire.send(told)
            elif isinstance(frame, protocol.Invited):
                self._invited.set()

        wire = Wire(url, headers=headers, decoder=PAGE_DECODER, hello=hello, take=take)
        return wire

    async def _look(self, step: Step) -> None:
        if step.talk is None:
            await self._linger(step.dwell)
            return
        await self._wait(step.dwell * READING)
        await self._open_the_window(step.talk)
        await self._wait(step.dwell * (1 - READING))

    async def _linger(self, seconds: float) -> None:
        """Read; an invitation is answered meanwhile."""
        self._invited.clear()
        try:
            async with asyncio.timeout(seconds * self._around.pace):
                await self._invited.wait()
        except TimeoutError:
            return
        if self._itinerary.talk is not None and self._itinerary.invited != "ignore":
            await self._wait(6)  # reads the operator's words
            await self._open_the_window(self._itinerary.talk)

    # --- help --------------------------------------------------------------------------------------------------------

    async def _open_the_window(self, talk: Talk) -> None:
        def hello(after: str | None) -> protocol.ChatHello:
            return protocol.ChatHello(
                speaks=2, site=self._around.site_key, visitor=self._key, secret=self._secret, after=after
            )

        headers = self._headers(self._around.gateway)
        async with Chat(self._around.socket("/ws/chat"), headers=headers, hello=hello, keep=self._keep) as chat:
            welcome = await chat.welcomed(20 * self._around.pace + 5)
            if welcome is None:
                return
            try:
                await self._at_the_window(chat, talk, welcome)
            except Ended:
                await self._wait(4)  # reads that it is over

    def _keep(self, welcome: protocol.ChatWelcome) -> None:
        self._key, self._secret = welcome.visitor, welcome.secret

    async def _at_the_window(self, chat: Chat, talk: Talk, welcome: protocol.ChatWelcome) -> None:
        if chat.state == "invited":
            await self._answer_invitation(chat, talk)
            return
        if welcome.service == "message":
            if talk.leaves_message:
                await self._leave_message(chat, talk)
            return
        await self._wait(2 + len(talk.name) / 5)
        if not await chat.ask(name=talk.name, department=_department(talk, welcome)):
            return
        if await chat.answered(talk.patience * self._around.pace):
            await self._converse(chat, talk)
        else:
            await self._give_up(chat, talk)

    async def _answer_invitation(self, chat: Chat, talk: Talk) -> None:
        if self._itinerary.invited == "refuse":
            await chat.refuse()
        elif await chat.start(name=talk.name) and await chat.answered(talk.patience * self._around.pace):
            await self._converse(chat, talk)

    async def _converse(self, chat: Chat, talk: Talk) -> None:
        for line in talk.opening:
            await self._say(chat, line)
        for line in (*talk.answers, talk.thanks):
            if not await self._hears_from(chat, talk):
                return
            await self._say(chat, line)
        if not await chat.over(20 * self._around.pace):
            await chat.end()

    async def _hears_from(self, chat: Chat, talk: Talk) -> bool:
        """Whether the operator writes; a silent one is asked once, then left."""
        quiet = talk.quiet * self._around.pace
        if await chat.operator_wrote(quiet):
            return True
        await chat.say(talk.still_there)
        if await chat.operator_wrote(quiet):
            return True
        await chat.say(talk.goodbye)
        await self._wait(3)
        await chat.end()
        return False

    async def _say(self, chat: Chat, line: Line) -> None:
        await self._wait(line.after)
        if chat.state != "active":
            raise Ended
        await chat.say(line.text)

    async def _give_up(self, chat: Chat, talk: Talk) -> None:
        match talk.gives_up:
            case "leave-message":
                await self._leave_message(chat, talk)
            case "cancel":
                await chat.cancel()
            case "go":  # closes the tab; the server notices by itself
                return

    async def _leave_message(self, chat: Chat, talk: Talk) -> None:
        await self._wait(sum(line.after for line in talk.opening))
        text = "\n".join(line.text for line in talk.opening)
        message = LEAVE(
            client_id=draw_id(),
            email=talk.email,
            name=talk.name,
            subject=talk.topic.subject,
            text=text,
        )
        await chat.leave(message)

    # --- small parts -------------------------------------------------------------------------------------------------

    def _wait(self, seconds: float) -> Awaitable[None]:
        return asyncio.sleep(seconds * self._around.pace)

    def _headers(self, origin: str) -> dict[str, str]:
        return {"Origin": origin, "User-Agent": self._itinerary.persona.user_agent}


def _department(talk: Talk, welcome: protocol.ChatWelcome) -> DepartmentId | None:
    """The second department for questions before buying, else the preselected one; or one that is served now."""
    wished = welcome.departments[1:2] if talk.topic.sales else welcome.departments[:1]
    served = [department for department in (*wished, *welcome.departments) if department.service == "live"]
    return served[0].id if served else None
