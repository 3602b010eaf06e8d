"""The core: nothing unkept is shown, one order for all, the same question gets the same answer."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from engine.clock import Clock
from engine.commands import (
    ArriveOperator,
    AskForHelp,
    ChangeSetting,
    Done,
    InviteVisitor,
    LoseVisitor,
    Refused,
    SetPart,
    StartInvitedChat,
    ViewPage,
)
from engine.core import Core, Moment
from engine.events import (
    Abandoned,
    Accepted,
    ConversationId,
    DepartmentId,
    Event,
    HelpAsked,
    InvitationAccepted,
    Invited,
    OperatorId,
    PageViewed,
    PageViewId,
    Queued,
    SiteId,
    Tick,
    VisitEnded,
    VisitId,
    VisitorId,
    VisitorLost,
    VisitStarted,
)
from engine.events.parts import Department, Operator, Site
from engine.ids import draw_id
from engine.journal import Journal
from engine.journal.writer import Writer
from engine.pending import Stopped
from engine.saved import recover
from tests.running import eventually

SITE, VISITOR = SiteId(draw_id()), VisitorId(draw_id())


class Hands:
    """A wall clock that a test moves; the monotonic one stands still."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def clock(self) -> Clock:
        return Clock(wall=lambda: self.now, monotonic=lambda: 0.0)

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Bench:
    """A started core on a folder, and all it published."""

    def __init__(self, folder: Path, hands: Hands, clock: Clock | None = None) -> None:
        self.fatal: list[BaseException] = []
        journal = Journal(folder / "journal.db")
        known, _ = recover(journal, last=journal.last_position())
        self.core = Core(journal, known=known, clock=clock or hands.clock(), on_fatal=self.fatal.append)
        self.moments: list[Moment] = []
        self.core.moments.subscribe(self.moments.append)

    @property
    def events(self) -> list[Event]:
        return [moment for moment in self.moments if isinstance(moment, Event)]

    async def furnish(self) -> None:
        site = Site(id=SITE, key="shop", name="Shop", origins=("http://shop.test",))
        await self.core.send(SetPart(part=site), sender="t")
        await self.core.send(SetPart(part=Department(id=DepartmentId(draw_id()), name="Support")), sender="t")

    async def asks(self, client_id: str = "ask") -> Done | Refused:
        viewed = ViewPage(
            visitor=VISITOR,
            visit=VisitId(draw_id()),
            page_view=PageViewId(draw_id()),
            site=SITE,
            address="http://shop.test/",
        )
        await self.core.send(viewed, sender=VISITOR)
        ask = AskForHelp(visitor=VISITOR, visit=VisitId(draw_id()), site=SITE, conversation=ConversationId(draw_id()))
        return await self.core.send(ask, sender=VISITOR, client_id=client_id)


def play(tmp_path: Path, scenario: Callable[[Bench, Hands], Awaitable[None]]) -> None:
    async def run() -> None:
        hands = Hands()
        bench = Bench(tmp_path, hands)
        await bench.core.start()
        await bench.furnish()
        await scenario(bench, hands)
        await bench.core.stop()
        assert not bench.fatal

    asyncio.run(run())


def test_an_answer_comes_after_its_event_was_published(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        said = await bench.asks()
        assert isinstance(said, Done)
        assert [type(event) for event in bench.events[-2:]] == [HelpAsked, Queued]

    play(tmp_path, scenario)


def test_an_answer_is_there_before_what_publishing_puts_off_to_the_next_turn(tmp_path: Path) -> None:
    """A socket sends what one turn has said with one system call: the answer must be among it."""

    async def scenario(bench: Bench, _hands: Hands) -> None:
        said: list[object] = []

        def put_off(_moment: Moment) -> None:
            asyncio.get_running_loop().call_soon(said.append, "sent")

        bench.core.moments.subscribe(put_off)
        said.append(await bench.core.send(ChangeSetting(name="max_chats", value=7), sender="t"))
        await eventually(lambda: len(said) == 2)
        assert said == [Done(), "sent"]

    play(tmp_path, scenario)


def test_who_waits_no_longer_takes_the_answer_from_nobody(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        async def set_to_seven() -> Done | Refused:
            return await bench.core.send(ChangeSetting(name="max_chats", value=7), sender="t", client_id="seven")

        asked = [asyncio.create_task(set_to_seven()) for _ in range(3)]
        await asyncio.sleep(0)
        asked[0].cancel()
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(outcomes[0], asyncio.CancelledError)
        assert outcomes[1:] == [Done(), Done()]

    play(tmp_path, scenario)


def test_a_journal_that_dies_answers_nobody_and_lets_nobody_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        hands = Hands()
        bench = Bench(tmp_path, hands)
        await bench.core.start()
        await bench.furnish()

        def fails(*_: object) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(Writer, "_commit", fails)
        with pytest.raises(Stopped, match="no space left"):
            await bench.asks()
        hands.turn(2)  # ticks, which nobody keeps any more
        bench.core._advance(hands.now)
        with pytest.raises(Stopped, match="no space left"):
            await asyncio.wait_for(bench.core.rest(), 5)
        assert await bench.asks() == Refused(reason="busy")
        assert [str(error) for error in bench.fatal] == ["no space left"]
        await bench.core.stop()

    asyncio.run(run())


def test_a_visitors_windows_hear_of_an_invitation_and_of_what_becomes_of_it(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        operator, departments = OperatorId(draw_id()), tuple(bench.core.known({}).desk.departments)
        await bench.core.send(
            SetPart(part=Operator(id=operator, role="operator", departments=departments), name="Ann"), sender="t"
        )
        await bench.core.send(ArriveOperator(operator=operator), sender=operator)
        heard: list[Event] = []
        bench.core.of_visitor(VISITOR).subscribe(heard.append)
        viewed = ViewPage(
            visitor=VISITOR, visit=VisitId(draw_id()), page_view=PageViewId(draw_id()), site=SITE, address="http://a/"
        )
        await bench.core.send(viewed, sender=VISITOR)
        invite = InviteVisitor(
            operator=operator, visitor=VISITOR, conversation=ConversationId(draw_id()), text="Hello!"
        )
        await bench.core.send(invite, sender=operator)
        await bench.core.send(StartInvitedChat(visitor=VISITOR, conversation=invite.conversation), sender=VISITOR)
        assert [type(event) for event in heard] == [VisitStarted, PageViewed, Invited, InvitationAccepted]
        assert [type(one.event) for one in bench.core.records_behind(invite.conversation)] == [
            Invited,
            InvitationAccepted,
            Accepted,
        ]

    play(tmp_path, scenario)


def test_what_happens_in_the_first_moment_of_a_second_stands_on_the_right_side_of_its_tick(tmp_path: Path) -> None:
    async def run() -> None:
        hands = Hands()

        def wall() -> datetime:  # each look at the clock is a little later than the one before
            hands.turn(0.07)
            return hands.now

        bench = Bench(tmp_path, hands, Clock(wall=wall, monotonic=lambda: 0.0))
        await bench.core.start()
        for number in range(80):
            await bench.core.send(ChangeSetting(name="max_chats", value=1 + number % 2), sender="t")
        await bench.core.stop()
        assert [moment.at for moment in bench.moments] == sorted(moment.at for moment in bench.moments)
        assert sum(isinstance(moment, Tick) for moment in bench.moments) > 3

    asyncio.run(run())


def test_the_same_question_is_answered_alike_also_after_a_restart(tmp_path: Path) -> None:
    async def scenario(bench: Bench, hands: Hands) -> None:
        first, twin = await asyncio.gather(bench.asks("a"), bench.asks("a"))
        assert first == twin == await bench.asks("a")
        assert sum(isinstance(event, HelpAsked) for event in bench.events) == 1

    play(tmp_path, scenario)

    async def again() -> None:
        bench = Bench(tmp_path, Hands())
        await bench.core.start()
        said = await bench.asks("a")
        assert isinstance(said, Done)
        assert said.conversation in bench.core.known({}).desk.conversations
        assert not any(isinstance(event, HelpAsked) for event in bench.events)
        await bench.core.stop()

    asyncio.run(again())


def test_time_never_goes_back_and_every_tick_stands_between_its_events(tmp_path: Path) -> None:
    async def scenario(bench: Bench, hands: Hands) -> None:
        for seconds in (0, 0.4, 0.6, -30, 0, 2.5, 0):
            hands.turn(seconds)
            await bench.core.send(ChangeSetting(name="max_chats", value=1 + len(bench.events) % 50), sender="t")
        ats = [moment.at for moment in bench.moments]
        assert ats == sorted(ats)
        for before, after in pairwise(bench.moments):
            if isinstance(before, Tick):
                assert after.at > before.at
        ticks = [moment.at for moment in bench.moments if isinstance(moment, Tick)]
        assert all(tick.microsecond == 0 for tick in ticks)
        assert all(after - before == timedelta(seconds=1) for before, after in pairwise(ticks))

    play(tmp_path, scenario)


def test_deadlines_fire_on_a_tick_before_it_is_published(tmp_path: Path) -> None:
    async def scenario(bench: Bench, hands: Hands) -> None:
        await bench.asks()
        await bench.core.send(LoseVisitor(visitor=VISITOR), sender="t")
        hands.turn(61)
        await eventually(lambda: any(isinstance(event, Abandoned) for event in bench.events))
        ended = next(event for event in bench.events if isinstance(event, VisitEnded))
        assert ended.at.microsecond == 0
        position = bench.moments.index(ended)
        assert isinstance(bench.moments[position + 1], Abandoned)
        assert bench.moments[position + 2] == Tick(at=ended.at)

    play(tmp_path, scenario)


def test_a_full_journal_answers_busy_and_changes_nothing(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        bench.core._journal.has_room = lambda: False  # type: ignore[method-assign]
        before = len(bench.moments)
        assert await bench.asks() == Refused(reason="busy")
        assert bench.core.busy == 2  # the page view too
        assert not bench.core.known({}).desk.conversations
        assert len(bench.events) <= before

    play(tmp_path, scenario)


def test_who_goes_while_the_house_is_closed_is_answered_at_once_and_nothing_waits_for_ever(tmp_path: Path) -> None:
    async def run() -> None:
        bench = Bench(tmp_path, Hands())
        await bench.core.start()
        await bench.furnish()
        await bench.asks()
        closing = asyncio.create_task(bench.core.stop())
        gone = [asyncio.create_task(bench.core.send(LoseVisitor(visitor=VISITOR), sender="gateway")) for _ in range(2)]
        await closing
        assert await asyncio.wait_for(asyncio.gather(*gone), 5) == [Refused(reason="busy")] * 2
        assert not bench.fatal

    asyncio.run(run())


def test_who_went_while_the_journal_was_full_is_lost_when_it_has_room_again(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        await bench.asks()
        core = bench.core
        core._journal.has_room = lambda: len(core._waiting) < 2  # type: ignore[method-assign]
        setting = [ChangeSetting(name="max_chats", value=number) for number in (7, 8, 9)]
        kept = [asyncio.create_task(core.send(command, sender="t")) for command in setting]
        gone = asyncio.create_task(core.send(LoseVisitor(visitor=VISITOR), sender="gateway"))
        assert [await task for task in kept] == [Done(), Done(), Refused(reason="busy")]
        assert await gone == Done()
        assert [type(event) for event in bench.events][-1] is VisitorLost

    play(tmp_path, scenario)


def test_causes_lead_from_a_consequence_to_its_command(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        await bench.asks()
        records = {record.id: record for record in bench.core._journal.read()}
        queued = next(record for record in records.values() if isinstance(record.event, Queued))
        asked = records[type(queued.id)(queued.cause)]
        assert isinstance(asked.event, HelpAsked)
        assert asked.cause not in records

    play(tmp_path, scenario)


def test_a_conversation_is_read_from_the_journal_then_live(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        said = await bench.asks()
        assert isinstance(said, Done)
        assert said.conversation
        numbers: list[int] = []
        bench.core.conversation(said.conversation).subscribe(lambda event: numbers.append(event.number))
        assert numbers == [1, 2]
        await bench.asks("again")
        assert numbers == [1, 2, 3]
        later: list[int] = []
        bench.core.conversation(said.conversation, after=2).subscribe(lambda event: later.append(event.number))
        assert later == [3]

    play(tmp_path, scenario)
