"""What a house counts of what it drops, and how the doctor says it."""

import asyncio
from pathlib import Path

import msgspec

from engine.counters import Counters, Ports, Sockets, VisitorSockets
from engine.door.requests import AskCounters
from engine.journal import Journal
from parlour.data_dir import Holder, claim
from parlour.doctor.examine import examine
from parlour.doctor.report import Report, as_json
from parlour.doctor.words import words
from parlour.main_process import open_house
from parlour.options import Options
from tests.parlour.whole import free_port

COUNTED = Counters(
    visitors=VisitorSockets(bad_frames=3, too_slow=2, silent=1, crawlers=7),
    door=Sockets(bad_frames=4),
    busy=5,
    dead_letters={"queue": 6},
    shed={"page-views": 8, "full": 9},
    ports=Ports(pauses=10),
)


def test_a_house_gathers_what_its_parts_have_counted(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_house(tmp_path) as house:
            assert await house.door.ask(AskCounters()) == Counters(visitors=VisitorSockets(), door=Sockets())
            house.visitors.counted.bad_frames += 1
            house.core.busy += 2
            house.views._letter("queue", None, ValueError("a step that failed"))
            house.door.counted.silent += 1
            assert await house.door.ask(AskCounters()) == Counters(
                visitors=VisitorSockets(bad_frames=1), door=Sockets(silent=1), busy=2, dead_letters={"queue": 1}
            )

    asyncio.run(scenario())


def report(folder: Path, counted: Counters | None, *, running: bool = True) -> Report:
    """What the doctor finds in a folder that somebody holds, where main says what it has counted."""
    Journal(folder / "journal.db")._reader.close()
    with claim(folder) as mine:
        if running:
            mine.write(Holder(pid=1, port=free_port()))
        return examine(Options(data_dir=folder), counters=lambda _at: counted)


def test_the_doctor_says_what_was_counted_and_of_dead_letters_that_something_is_wrong(tmp_path: Path) -> None:
    found = report(tmp_path, COUNTED)
    said = words(found)
    assert "since main's start\n  visitors  3 bad frames, 2 too slow, 1 silent, 7 crawlers passed over\n" in said
    assert "  door      4 bad frames, 0 too slow, 0 silent\n" in said
    assert "  commands  5 refused as busy\n  views     queue 6 failed\n" in said
    assert "  disk      8 refused for want of room: page-views, 9 refused for want of room: full\n" in said
    assert "  port      no connections taken for 10 s\n" in said
    assert f"The view queue failed 6 times; see {tmp_path / 'logs' / 'main.log'}." in found.problems
    assert msgspec.json.decode(as_json(found))["counters"]["busy"] == 5


def test_what_was_dropped_of_others_is_no_fault_of_the_house(tmp_path: Path) -> None:
    dropped = msgspec.structs.replace(COUNTED, dead_letters={})
    assert report(tmp_path, dropped).problems == report(tmp_path, None).problems


def test_nothing_is_said_where_main_does_not_tell_or_does_not_run(tmp_path: Path) -> None:
    assert "since main's start" not in words(report(tmp_path, None))
    assert report(tmp_path, COUNTED, running=False).counters is None
