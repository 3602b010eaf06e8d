"""Hours: when a department is open by its own clock, and what that means for who asks."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.commands import Refused, SetPart
from engine.desk.hours import fault_of, next_opening, open_at
from engine.events import DepartmentId, Hours, OfferMade, Opening, PartSet, Queued
from engine.events.parts import Department
from engine.talk import State
from tests.engine.desk.play import BEGIN, Play, refusal

WEEKDAYS = Hours(zone="Europe/Berlin", openings=tuple(Opening(day=day, opens=540, closes=1_020) for day in range(5)))
NEVER = Hours(zone="UTC", openings=())


def from_now(minutes: int) -> Hours:
    """Open on the day the plays begin, so many minutes after they do."""
    opens = BEGIN.hour * 60 + BEGIN.minute + minutes
    return Hours(zone="UTC", openings=(Opening(day=BEGIN.weekday(), opens=opens, closes=1_440),))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-02T08:00Z", True),  # Monday, nine in Berlin
        ("2026-03-02T07:59Z", False),
        ("2026-03-02T15:59Z", True),
        ("2026-03-02T16:00Z", False),  # the end is not in it
        ("2026-03-01T10:00Z", False),  # Sunday
        ("2026-03-30T07:00Z", True),  # in summer nine is an hour earlier
        ("2026-03-29T22:30Z", False),  # Monday in Berlin already, but night
    ],
)
def test_a_department_is_open_by_its_own_clock(at: str, is_open: bool) -> None:
    assert open_at(WEEKDAYS, datetime.fromisoformat(at)) is is_open


def test_without_hours_it_is_always_open_and_without_openings_never() -> None:
    assert open_at(None, BEGIN)
    assert not open_at(NEVER, BEGIN)
    assert next_opening(None, BEGIN) is next_opening(NEVER, BEGIN) is None


def test_the_next_opening_is_found_over_the_weekend_and_over_the_change_of_the_clock() -> None:
    friday_evening = datetime(2026, 3, 27, 20, tzinfo=UTC)
    assert next_opening(WEEKDAYS, friday_evening) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    opening = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert next_opening(WEEKDAYS, opening - timedelta(seconds=1)) == opening
    assert next_opening(WEEKDAYS, opening) == opening + timedelta(days=1)


def test_hours_that_are_none_are_named() -> None:
    assert fault_of(WEEKDAYS) is None
    assert fault_of(Hours(zone="Europe/Nowhere", openings=())) == "there is no time zone Europe/Nowhere"
    for day, opens, closes in [(7, 0, 60), (0, 60, 60), (0, -1, 60), (0, 0, 1_441)]:
        assert fault_of(Hours(zone="UTC", openings=(Opening(day=day, opens=opens, closes=closes),)))


def test_who_asks_outside_the_hours_is_queued_and_told_so(play: Play) -> None:
    play.operator("Ann")
    play.changes_department("Support", hours=NEVER)
    chat = play.asks("vera")
    assert play.state(chat) is State.QUEUED
    assert getattr(play.said(Queued)[0], "reason", "") == "closed"
    assert play.rings_at(chat) == []
    assert refusal(play.accepts("Ann", chat)) is None  # by hand it may be taken at any hour


def test_an_invitation_outside_the_hours_goes_to_who_invited(play: Play) -> None:
    play.operator("Ann")
    play.changes_department("Support", hours=NEVER)
    chat = play.invited("Ann", "vera")
    play.starts("vera", chat)
    assert play.state(chat) is State.ACTIVE


def test_at_opening_who_came_before_is_offered_to_who_is_there(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.changes_department("Support", hours=from_now(10))
    first, second = play.asks("vera"), play.asks("tom")
    play.passes(599)
    assert play.rings_at(first) == []
    play.passes(2)
    assert [play.rings_at(chat) for chat in (first, second)] == [["Ann"], []]
    play.passes(31)
    assert [play.rings_at(chat) for chat in (first, second)] == [[], ["Ann"]]


def test_hours_given_to_a_department_that_had_none_open_it_to_who_waits(play: Play) -> None:
    play.operator("Ann")
    play.changes_department("Support", hours=NEVER)
    chat = play.asks("vera")
    play.changes_department("Support", hours=from_now(10))
    play.passes(601)
    assert play.rings_at(chat) == ["Ann"]


def test_at_opening_with_nobody_there_who_comes_is_offered_them(play: Play) -> None:
    play.operator("Ann", on=False)
    play.changes_department("Support", hours=from_now(10))
    chat = play.asks("vera")
    play.passes(4_000)
    assert play.rings_at(chat) == []
    play.switches("Ann", on=True)
    assert play.rings_at(chat) == ["Ann"]


def test_hours_that_begin_at_once_offer_who_waits(play: Play) -> None:
    play.operator("Ann")
    play.changes_department("Support", hours=NEVER)
    chat = play.asks("vera")
    play.changes_department("Support", hours=None)
    assert play.rings_at(chat) == ["Ann"]
    assert len(play.said(OfferMade)) == 1


def test_a_change_of_the_hours_moves_the_opening(play: Play) -> None:
    play.operator("Ann")
    play.changes_department("Support", hours=from_now(10))
    chat = play.asks("vera")
    play.changes_department("Support", hours=from_now(30))
    play.passes(700)
    assert play.rings_at(chat) == []
    play.passes(1_110)
    assert play.rings_at(chat) == ["Ann"]


def test_a_department_is_changed_only_into_what_may_be(play: Play) -> None:
    def change(department: str = "Support", name: str = "Support", hours: Hours | None = None) -> object:
        part = Department(id=DepartmentId(department), name=name, hours=hours)
        return play.do(SetPart(part=part, rests_on=1))

    before = len(play.said(PartSet))
    assert change() == []
    assert change(department="Nowhere") == Refused(reason="unknown-department")
    assert change(name=" ") == Refused(reason="empty")
    assert change(name="sales") == Refused(reason="exists")
    assert change(hours=Hours(zone="No/Where", openings=())) == Refused(
        reason="bad-value", detail="there is no time zone No/Where"
    )
    assert len(play.said(PartSet)) == before
    change(name="SUPPORT")
    assert play.desk.state.departments[DepartmentId("Support")].name == "SUPPORT"
