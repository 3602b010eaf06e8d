"""Hours on a command line: "Mon-Fri 09:00-17:00; Sat 10:00-14:00" and back. Pure."""

import re
from collections.abc import Iterator

from engine.events import Hours, Opening
from engine.zones import is_zone
from parlour.data_dir import CannotStart

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALWAYS, DAY_MIN = "always", 1_440
PART = re.compile(
    r"(?P<first>[a-z]{3})(?:\s*-\s*(?P<last>[a-z]{3}))?\s+"
    r"(?P<opens>\d{1,2}:\d{2})\s*-\s*(?P<closes>\d{1,2}:\d{2})",
    re.IGNORECASE,
)
EXAMPLE = "like “Mon-Fri 09:00-17:00; Sat 10:00-14:00”"


def parse(text: str, zone: str | None) -> Hours | None:
    """The hours of a text; None for "always". Raises `CannotStart` with what is wrong where."""
    if text.strip().casefold() == ALWAYS:
        return None
    openings = parse_openings(text)
    if zone is None:
        raise CannotStart("By which clock? Give the time zone too: --zone Europe/Berlin.")
    if not is_zone(zone):
        raise CannotStart(f"There is no time zone “{zone}”; one is like Europe/Berlin.")
    return Hours(zone=zone, openings=openings)


def parse_openings(text: str) -> tuple[Opening, ...]:
    """The openings of a text, in the order of the week. Raises `CannotStart`."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise CannotStart(f"No hours are given; they are {EXAMPLE}, or “{ALWAYS}”.")
    openings = sorted({one for part in parts for one in _openings(part)})
    return tuple(Opening(day=day, opens=opens, closes=closes) for day, opens, closes in openings)


def say(hours: Hours | None) -> str:
    """Hours as one text for people: as `parse` reads them, with the time zone."""
    if hours is None:
        return ALWAYS
    if not hours.openings:
        return f"never ({hours.zone})"
    said = "; ".join(f"{DAYS[one.day]} {_clock(one.opens)}-{_clock(one.closes)}" for one in hours.openings)
    return f"{said} ({hours.zone})"


def _openings(part: str) -> Iterator[tuple[int, int, int]]:
    found = PART.fullmatch(part)
    if found is None:
        raise CannotStart(f"“{part}” says no hours; they are {EXAMPLE}.")
    opens, closes = _minutes(found["opens"]), _minutes(found["closes"])
    if opens == closes:
        raise CannotStart(f"“{part}” ends when it begins.")
    for day in _days(found["first"], found["last"] or found["first"]):
        if opens < closes:
            yield day, opens, closes
        else:  # past midnight, into the next day
            yield day, opens, DAY_MIN
            if closes:
                yield (day + 1) % len(DAYS), 0, closes


def _days(first: str, last: str) -> Iterator[int]:
    begin, end = _day(first), _day(last)
    return (day % len(DAYS) for day in range(begin, end + 1 if begin <= end else end + 1 + len(DAYS)))


def _day(name: str) -> int:
    try:
        return DAYS.index(name.title())
    except ValueError:
        raise CannotStart(f"“{name}” is no day; they are {', '.join(DAYS)}.") from None


def _minutes(clock: str) -> int:
    hours, minutes = map(int, clock.split(":"))
    if minutes >= 60 or hours * 60 + minutes > DAY_MIN:
        raise CannotStart(f"“{clock}” is no time; they go from 00:00 to 24:00.")
    return hours * 60 + minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
