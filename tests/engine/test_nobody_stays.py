"""Nobody stays for ever: who came and went has no entry anywhere, unless a message of theirs waits."""

import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from engine.desk import DeskState
from engine.desk.apply import apply
from engine.events import (
    Event,
    PageViewed,
    PageViewId,
    PartSet,
    SiteId,
    Tick,
    VisitEnded,
    VisitId,
    VisitorId,
    VisitorLost,
    VisitStarted,
)
from engine.events.parts import Site
from engine.saved import codec
from engine.streams.folds.going import KEPT
from engine.streams.live import fold
from engine.streams.machinery.pipeline import Moment
from engine.streams.registry import PIPELINES
from tests.engine.desk import test_random_histories as days

OTHER = VisitorId(str(UUID(int=1 << 100)))
SITE, NINE = SiteId(str(UUID(int=1))), datetime(2026, 3, 1, 9, tzinfo=UTC)


def crowd(visitors: int) -> Iterator[Event]:
    """So many come, one after the other, view a page and go."""
    yield PartSet(at=NINE, part=Site(id=SITE, key="shop", name="Shop", origins=("http://shop.test",)))
    for number in range(visitors):
        at = NINE + timedelta(seconds=number)
        visitor, visit = VisitorId(str(UUID(int=number + 2))), VisitId(str(UUID(int=number + 2)))
        yield VisitStarted(at=at, visitor=visitor, visit=visit, site=SITE, ordinal=1)
        viewed = PageViewId(str(UUID(int=number + 2)))
        yield PageViewed(
            at=at, visitor=visitor, visit=visit, page_view=viewed, address=f"http://shop.test/{number % 50}"
        )
        yield VisitorLost(at=at, visitor=visitor, visit=visit)
        yield VisitEnded(at=at + timedelta(microseconds=1), visitor=visitor, visit=visit)


def after(visitors: int) -> tuple[DeskState, dict[str, Any]]:
    """What is known when they are all gone for as long as anybody is remembered."""
    desk = DeskState()

    def moments() -> Iterator[Moment]:
        last = NINE
        for event in crowd(visitors):
            apply(desk, event)
            last = event.at
            yield event
        later = last.replace(microsecond=0) + KEPT + timedelta(hours=1, seconds=1)
        yield Tick(at=later)
        other = VisitStarted(at=later, visitor=OTHER, visit=VisitId(OTHER), site=SITE, ordinal=1)
        apply(desk, other)  # the first event of a later moment
        yield other

    return desk, dict(fold(moments()))


def text_of(desk: DeskState, states: dict[str, Any]) -> bytes:
    """All that is known, as bytes."""
    folds = codec.Folds()
    for name in PIPELINES:
        folds.put(states[name])
    return codec.encode(codec.in_order(DeskState, desk)) + b"".join(folds.pieces)


def test_who_came_and_went_has_no_entry() -> None:
    desk, states = after(400)
    known = text_of(desk, states)
    gone = [number for number in range(400) if str(UUID(int=number + 2)).encode() in known]
    assert gone == []
    assert set(desk.visitors) == {OTHER}


@pytest.mark.parametrize("seed", range(20))
def test_after_a_random_day_only_who_is_here_or_left_a_message_is_known(seed: int) -> None:
    dice = random.Random(seed)
    play = days.begin(dice)
    for _ in range(days.STEPS):
        days.step(play, dice)
    for visitor in list(play.desk.state.visitors):
        play.leaves_site(str(visitor))
    play.passes(3_700)
    play.views("the-last-one")
    play.passes(1)
    play.views("the-last-one")
    waiting = {one.visitor for one in play.desk.state.conversations.values() if one.state in ("left", "answered")}
    assert set(play.desk.state.visitors) <= waiting | {VisitorId("the-last-one")}


def main(visitors: int) -> None:
    """Print how much memory this process takes when so many came and went, in KiB."""
    kept = after(visitors)
    assert set(kept[0].visitors) == {OTHER}
    with open("/proc/self/statm", encoding="ascii") as file:
        print(int(file.read().split()[1]) * resource.getpagesize() // 1024)


@pytest.mark.long
def test_a_million_who_came_and_went_take_no_more_memory_than_a_hundred_thousand() -> None:
    def memory(visitors: int) -> int:
        code = f"from tests.engine.test_nobody_stays import main; main({visitors})"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return int(ran.stdout)

    few, many = memory(100_000), memory(1_000_000)
    assert many - few <= 16 * 1024, f"{few} KiB, then {many} KiB"


def test_the_last_hour_is_let_go_too() -> None:
    _, states = after(400)
    assert len(msgspec.json.encode([str(states["top_pages"].views), str(states["top_pages"].now)])) < 100
