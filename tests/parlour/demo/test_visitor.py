"""A visitor of the demo against a real main, with time passing fast."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from reactivex import Observable

from engine.commands import (
    AcceptRequest,
    Act,
    Done,
    EndConversation,
    InviteVisitor,
    Outcome,
    Refused,
    SwitchLiveHelp,
    WriteMessage,
)
from engine.door.interface import Frame
from engine.events import ConversationId, VisitorId
from engine.ids import draw_id
from engine.views import AnyView, ConversationEntries, LeftMessages, Operators, Queue, Rings, Visitors, name_of
from parlour.demo.visitors.crowd import crowd
from parlour.demo.visitors.personas import Persona
from parlour.demo.visitors.plan import Answer, GivesUp, Itinerary, Line, Step, Talk, Visit
from parlour.demo.visitors.shop import Shop, ShopPage
from parlour.demo.visitors.topics import TOPICS
from parlour.demo.visitors.visitor import Surroundings, Visitor
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, eventually, running

pytestmark = pytest.mark.slow

HOME, CART = ShopPage(path="/", title="Home", links=("/cart",)), ShopPage(path="/cart", title="Cart", links=("/",))
SHOP: Shop = {"/": HOME, "/cart": CART}
PERSONA = Persona(
    name="Mira",
    email="mira@example.org",
    user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    referrer="https://search.example/",
    tells_name=True,
)
PACE = 0.005
FOREVER = 100_000.0


def line(text: str) -> Line:
    return Line(text=text, after=1)


def a_talk(
    gives_up: GivesUp = "cancel", *, patience: float = FOREVER, quiet: float = FOREVER, leaves_message: bool = True
) -> Talk:
    return Talk(
        topic=TOPICS[0],
        name="Mira",
        email="mira@example.org",
        opening=(line("first"), line("second")),
        answers=(line("third"),),
        thanks=line("thanks"),
        still_there="hello?",
        goodbye="bye",
        patience=patience,
        gives_up=gives_up,
        quiet=quiet,
        leaves_message=leaves_message,
    )


class Stage:
    """A house with Anna at her desk, what she sees, and one visitor."""

    def __init__(self, house: Running, session: str) -> None:
        self.house, self.session = house, session
        self.rows: dict[str, dict[str, dict[str, Any]]] = {name_of(view): {} for view in get_args(AnyView)}
        self.entries: list[dict[str, Any]] = []
        self.closed: dict[str, str] = {}  # rings that are over, and why

    @property
    def around(self) -> Surroundings:
        gateway = f"http://127.0.0.1:{self.house.port}"
        return Surroundings(shop=SHOP_ORIGIN, gateway=gateway, site_key=SHOP_KEY, pace=PACE)

    @asynccontextmanager
    async def visitor(
        self, talk: Talk | None = None, *, invited: Answer = "ignore", dwell: float = 10
    ) -> AsyncIterator[asyncio.Task[None]]:
        steps = (Step(page=HOME, dwell=dwell), Step(page=CART, dwell=10, talk=talk))
        visits = (Visit(steps=steps),)
        itinerary = Itinerary(persona=PERSONA, visits=visits, invited=invited, talk=a_talk())
        task = asyncio.create_task(Visitor(itinerary, self.around).live())
        yield task
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def ask(self, command: Act) -> None:
        said: Outcome = await self.house.house.door.act(command, session=self.session, client_id=draw_id())
        assert not isinstance(said, Refused), said

    async def live_help(self) -> None:
        self.house.house.door.open_tab(session=self.session, tab="tab")
        await eventually(lambda: any(row["here"] for row in self.rows["operators"].values()))
        await self.ask(SwitchLiveHelp(on=True))

    async def accept(self) -> ConversationId:
        """Accept the next request, and read along."""
        await eventually(lambda: self.rows["rings"])
        conversation = ConversationId(next(iter(self.rows["rings"])))
        await self.ask(AcceptRequest(conversation=conversation))
        self.house.house.door.watch(ConversationEntries(conversation=conversation), session=self.session).subscribe(
            self._read
        )
        return conversation

    async def invite(self) -> ConversationId:
        """Invite the visitor on the site, and read along."""
        await eventually(lambda: self.rows["visitors"])
        (visitor,) = self.rows["visitors"]
        command = InviteVisitor(visitor=VisitorId(visitor), text="Can I help?")
        said: Outcome = await self.house.house.door.act(command, session=self.session, client_id=draw_id())
        assert isinstance(said, Done), said
        assert said.conversation is not None
        self.house.house.door.watch(
            ConversationEntries(conversation=said.conversation), session=self.session
        ).subscribe(self._read)
        return said.conversation

    async def wrote(self, *texts: str) -> None:
        """Wait until the visitor has written exactly these."""
        await eventually(lambda: self.texts == list(texts))

    @property
    def texts(self) -> list[str]:
        written = [e for e in self.entries if e["what"] == "message" and e["author"] == "visitor"]
        return ["".join(span["text"] for span in entry["body"]["spans"]) for entry in written]

    def _read(self, frame: Frame) -> None:
        self.entries.append(msgspec.json.decode(frame.body)["entry"])

    def see(self, view: AnyView) -> None:
        frames: Observable[Frame] = self.house.house.door.watch(view, session=self.session)
        rows = self.rows[name_of(view)]

        def take(frame: Frame) -> None:
            body = msgspec.json.decode(frame.body)
            rows.update({row["id"]: row for row in (*body.get("all", ()), *body.get("set", ()))})
            self.closed.update({row["id"]: row["closed"] for row in rows.values() if row.get("closed")})
            for gone in body.get("gone", ()):
                rows.pop(gone, None)

        frames.subscribe(take)


def run(tmp_path: Path, test: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        async with running(tmp_path) as house:
            stage = Stage(house, await house.person("anna", "Support", "Sales"))
            views: tuple[AnyView, ...] = (Visitors(), Rings(), Queue(), LeftMessages(), Operators())
            for view in views:
                stage.see(view)
            await test(stage)
            await eventually(lambda: not any(row["here"] for row in stage.rows["visitors"].values()))

    asyncio.run(main())


def test_a_visitor_goes_from_page_to_page_as_a_browser_does(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        async with stage.visitor() as visit:
            await visit
        await eventually(lambda: [row["pages"] for row in stage.rows["visitors"].values()] == [2])
        (row,) = stage.rows["visitors"].values()
        assert row["address"] == f"{SHOP_ORIGIN}/cart"
        assert (row["title"], row["referrer"], row["device"]) == ("Cart", "https://search.example/", "desktop")
        await eventually(lambda: not next(iter(stage.rows["visitors"].values()))["here"])

    run(tmp_path, test)


def test_a_chat_goes_to_and_fro_to_its_end(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(a_talk()) as visit:
            conversation = await stage.accept()
            await stage.wrote("first", "second")
            await stage.ask(WriteMessage(conversation=conversation, text="I see"))
            await stage.wrote("first", "second", "third")
            await stage.ask(WriteMessage(conversation=conversation, text="Done"))
            await stage.wrote("first", "second", "third", "thanks")
            await eventually(lambda: stage.entries[-1]["what"] == "ended")
            await visit
        await eventually(lambda: next(iter(stage.rows["visitors"].values()))["name"] == "Mira")

    run(tmp_path, test)


def test_who_takes_an_invitation_talks_to_the_one_who_invited(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(invited="start", dwell=2_000) as visit:
            conversation = await stage.invite()
            await stage.wrote("first", "second")
            await stage.ask(EndConversation(conversation=conversation))
            await visit

    run(tmp_path, test)


def test_who_wants_no_help_closes_the_invitation(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(invited="refuse", dwell=2_000) as visit:
            await stage.invite()
            await eventually(lambda: stage.entries[-1:] and stage.entries[-1]["state"] == "refused")
            await visit

    run(tmp_path, test)


def test_an_operator_who_ends_the_chat_is_not_written_to(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(a_talk()) as visit:
            await stage.ask(EndConversation(conversation=await stage.accept()))
            await visit
        assert "third" not in stage.texts

    run(tmp_path, test)


def test_a_silent_operator_is_asked_once_and_then_left(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(a_talk(quiet=20)) as visit:
            await stage.accept()
            await visit
        await stage.wrote("first", "second", "hello?", "bye")
        await eventually(lambda: stage.entries[-1]["what"] == "ended")

    run(tmp_path, test)


def test_who_is_not_answered_leaves_a_message_or_cancels(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        await stage.live_help()
        async with stage.visitor(a_talk("leave-message", patience=20)) as visit:
            await visit
        await eventually(lambda: stage.rows["messages"])
        (message,) = stage.rows["messages"].values()
        assert (message["text"], message["email"]) == ("first\nsecond", "mira@example.org")
        async with stage.visitor(a_talk("cancel", patience=20)) as visit:
            await visit
        await eventually(lambda: list(stage.closed.values()) == ["left", "left"])
        assert stage.rows["queue"] == {}

    run(tmp_path, test)


def test_when_nobody_is_there_some_leave_a_message_and_others_go_on(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        async with stage.visitor(a_talk(leaves_message=False)) as visit:
            await visit
        assert stage.rows["messages"] == {}
        async with stage.visitor(a_talk()) as visit:
            await visit
        await eventually(lambda: stage.rows["messages"])

    run(tmp_path, test)


def test_a_crowd_comes_and_leaves_at_once_when_told(tmp_path: Path) -> None:
    async def test(stage: Stage) -> None:
        coming = asyncio.create_task(crowd(stage.around, SHOP, visitors=5, seed=1))
        await eventually(lambda: len(stage.rows["visitors"]) >= 5)
        coming.cancel()
        with suppress(asyncio.CancelledError):
            await coming
        await eventually(lambda: not any(row["here"] for row in stage.rows["visitors"].values()))

    run(tmp_path, test)
