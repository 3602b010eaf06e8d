"""The core on a disk that is full: nothing is acked that is not kept, nothing is lost or doubled that was taken."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from engine.commands import AskForHelp, ChangeSetting, Done, InviteVisitor, LoseVisitor, Refused
from engine.events import ConversationId, HelpAsked, HelpAskedAgain, OperatorId, SettingChanged, VisitId, VisitorLost
from engine.ids import draw_id
from engine.journal import Snapshot, Unit
from engine.journal.reader import JournalReader
from engine.pending import Stopped
from engine.room import MEGABYTE, NoRoom
from tests.engine.journal.test_journal import Keeper, asked, new_id, record
from tests.engine.test_core import SITE, VISITOR, Bench, Hands
from tests.parlour.small_disk import SmallDisk, on_small_disk
from tests.running import eventually

FULL = Refused(reason="busy", detail="no-room")


def play(folder: Path, scenario: Callable[[Bench, Hands], Awaitable[None]]) -> list[object]:
    """Play it; what is kept afterwards."""

    async def run() -> None:
        hands = Hands()
        bench = Bench(folder, hands)
        await bench.core.start()
        await bench.furnish()
        try:
            await scenario(bench, hands)
        finally:
            async with asyncio.timeout(5):
                await bench.core.stop()

    asyncio.run(run())
    reader = JournalReader(folder / "journal.db")
    try:
        records = reader.read(0, 100_000)
    finally:
        reader.close()
    assert [record.position for record in records] == list(range(1, len(records) + 1))
    return [record.event for record in records]


async def fills(disk: SmallDisk, bench: Bench) -> None:
    """The disk is full, and the core has found it out: by a change of a setting that it cannot keep."""
    disk.fill()
    said: Done | Refused = Done()
    for number in range(1, 100):  # the log of the database has some room that it was given before
        if isinstance(said, Refused):
            break
        said = await bench.core.send(ChangeSetting(name="max_chats", value=number), sender="t", client_id=str(number))
    assert said == FULL


@on_small_disk(8)
def test_what_was_on_its_way_is_refused_kept_later_once_and_then_acked(disk: SmallDisk) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        await fills(disk, bench)
        shown = len(bench.events)
        last = bench.core.known({}).desk.settings.max_chats
        change = ChangeSetting(name="max_chats", value=last)
        assert await bench.core.send(change, sender="t", client_id=str(last)) == FULL
        assert await bench.asks("ask") == FULL
        assert len(bench.events) == shown  # nothing unkept is shown
        disk.empty()
        await eventually(lambda: not bench.core.condition.now.full)
        assert await bench.core.send(change, sender="t", client_id=str(last)) == Done()
        assert isinstance(await bench.asks("ask"), Done)
        assert all(one.at <= two.at for one, two in pairwise(bench.moments))
        assert not bench.fatal
        assert bench.core.shed["full"] >= 3

    kept = play(disk.folder, scenario)
    changes = [event.value for event in kept if isinstance(event, SettingChanged)]
    assert changes == list(range(1, len(changes) + 1))  # each once, the one that was refused too
    assert sum(isinstance(event, HelpAsked) for event in kept) == 1


@on_small_disk(8)
def test_what_has_happened_is_never_refused_and_stands_in_its_order(disk: SmallDisk) -> None:
    async def scenario(bench: Bench, hands: Hands) -> None:
        assert isinstance(await bench.asks(), Done)
        await fills(disk, bench)
        await bench.core.send(LoseVisitor(visitor=VISITOR), sender="gateway")
        hands.turn(120)  # their grace is over before there is room
        bench.core._advance(hands.now)
        disk.empty()
        await eventually(lambda: any(type(event).__name__ == "VisitEnded" for event in bench.events))

    names = [type(event).__name__ for event in play(disk.folder, scenario)]
    assert names.index("VisitorLost") < names.index("VisitEnded") < names.index("Abandoned")
    assert names.count("VisitorLost") == 1


@on_small_disk(8)
def test_a_house_on_a_full_disk_ends_when_it_is_asked_to(disk: SmallDisk) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        await fills(disk, bench)
        waits = asyncio.create_task(bench.core._waiting[-1].kept())
        with pytest.raises(NoRoom):
            await asyncio.wait_for(bench.core.rest(), 5)
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await bench.core.stop()
        with pytest.raises(Stopped):
            await waits

    kept = play(disk.folder, scenario)
    assert not any(isinstance(event, VisitorLost) for event in kept)


@on_small_disk(8)
def test_a_snapshot_that_a_full_disk_has_no_room_for_is_not_kept_and_harms_no_event(disk: SmallDisk) -> None:
    async def scenario() -> None:
        keeper = Keeper(disk.folder / "journal.db")
        await keeper.keep(Unit((record(1, asked(new_id())),)))
        big = Snapshot(upto=1, made=datetime(2026, 3, 1, tzinfo=UTC), form="form", state=bytes(3 * MEGABYTE))
        disk.fill(leave=MEGABYTE)
        assert await asyncio.wait_for(keeper.journal.keep(big), 5) is False
        disk.empty()
        await keeper.keep(Unit((record(2, asked(new_id())),)))
        assert await asyncio.wait_for(keeper.journal.keep(big), 5) is True
        await keeper.journal.close()

    asyncio.run(scenario())
    reader = JournalReader(disk.folder / "journal.db")
    assert reader.last_snapshot() is not None
    assert reader.last_position() == 2
    reader.close()


def test_who_is_in_a_chat_asks_on_while_new_ones_are_given_up(tmp_path: Path) -> None:
    async def scenario(bench: Bench, _hands: Hands) -> None:
        assert isinstance(await bench.asks("first"), Done)
        bench.core.condition.has_left(100 * MEGABYTE, 512)
        assert bench.core.condition.now.shed == ("page-views", "left-messages", "new-chats")
        again = AskForHelp(visitor=VISITOR, visit=VisitId(draw_id()), site=SITE, conversation=ConversationId(draw_id()))
        assert isinstance(await bench.core.send(again, sender=VISITOR), Done)
        stranger = AskForHelp(visitor=draw_id(), visit=VisitId(draw_id()), site=SITE, conversation=draw_id())  # type: ignore[arg-type] # ids
        refused = Refused(reason="no-room", detail="new-chats")
        assert await bench.core.send(stranger, sender="s", client_id="a") == refused
        invite = InviteVisitor(operator=OperatorId("o"), visitor=draw_id(), conversation=draw_id(), text="Hi")  # type: ignore[arg-type] # ids
        assert await bench.core.send(invite, sender="o") == refused
        assert isinstance(await bench.asks("first"), Done)  # asked before, and answered as then
        bench.core.condition.has_left(600 * MEGABYTE, 512)
        assert isinstance(await bench.core.send(stranger, sender="s", client_id="a"), Done)
        assert bench.core.shed == {"new-chats": 2, "page-views": 1}

    kept = play(tmp_path, scenario)
    assert sum(isinstance(event, HelpAskedAgain) for event in kept) == 1
