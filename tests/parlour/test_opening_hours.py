"""Hours as one writes them on a command line."""

import pytest

from engine.desk.hours import fault_of
from engine.events import Hours
from parlour.data_dir import CannotStart
from parlour.opening_hours import parse, say


def said(text: str, zone: str | None = "Europe/Berlin") -> str:
    return say(parse(text, zone))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mon 09:00-17:00", "Mon 09:00-17:00"),
        ("sat-sun 9:00 - 24:00", "Sat 09:00-24:00; Sun 09:00-24:00"),
        ("Sat-Mon 10:00-11:00", "Mon 10:00-11:00; Sat 10:00-11:00; Sun 10:00-11:00"),
        ("Mon 09:00-12:00; Mon 13:00-17:00;", "Mon 09:00-12:00; Mon 13:00-17:00"),
        ("Sun 22:00-02:00", "Mon 00:00-02:00; Sun 22:00-24:00"),  # past midnight
        ("Mon 22:00-00:00", "Mon 22:00-24:00"),
    ],
)
def test_hours_are_read(text: str, read: str) -> None:
    assert said(text) == f"{read} (Europe/Berlin)"
    hours = parse(text, "Europe/Berlin")
    assert hours is not None
    assert fault_of(hours) is None
    assert parse(read, "Europe/Berlin") == hours


def test_always_needs_no_clock() -> None:
    assert parse(" Always ", None) is None
    assert say(None) == "always"


def test_a_department_that_never_opens_is_said_so() -> None:
    assert say(Hours(zone="UTC", openings=())) == "never (UTC)"


@pytest.mark.parametrize(
    ("text", "zone", "fault"),
    [
        ("", "UTC", "No hours are given"),
        ("; ;", "UTC", "No hours are given"),
        ("09:00-17:00", "UTC", "“09:00-17:00” says no hours; they are like"),
        ("Mon 9-17", "UTC", "“Mon 9-17” says no hours"),
        ("Mon 09:00-17:00, Tue 09:00-17:00", "UTC", "says no hours"),
        ("Mum 09:00-17:00", "UTC", "“Mum” is no day; they are Mon, Tue"),
        ("Mon 09:60-17:00", "UTC", "“09:60” is no time"),
        ("Mon 09:00-24:01", "UTC", "“24:01” is no time"),
        ("Mon 24:00-24:00", "UTC", "ends when it begins"),
        ("Mon 09:00-17:00", "Europe/Nowhere", "There is no time zone “Europe/Nowhere”"),
        ("Mon 09:00-17:00", "../../etc/passwd", "There is no time zone"),
        ("Mon 09:00-17:00", None, "Give the time zone too"),
    ],
)
def test_what_is_no_hours_is_said_with_what_is_wrong(text: str, zone: str | None, fault: str) -> None:
    with pytest.raises(CannotStart, match=fault):
        parse(text, zone)
