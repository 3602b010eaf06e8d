"""When a department is open: the one answer, for the rules and for the streams. Pure but for the time zones' table."""

from datetime import UTC, datetime, timedelta, tzinfo
from datetime import time as clock
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.events import Hours, Opening
from engine.zones import is_zone

DAY_MIN = 1_440
DAYS = 7


def open_at(hours: Hours | None, at: datetime) -> bool:
    """Whether a department with these hours is open at a moment, by its own clock; without hours it always is."""
    if hours is None:
        return True
    local = at.astimezone(zone(hours.zone))
    minute = local.hour * 60 + local.minute
    return any(one.day == local.weekday() and one.opens <= minute < one.closes for one in hours.openings)


def next_opening(hours: Hours | None, at: datetime) -> datetime | None:
    """When it opens next after a moment, None for what never closes or never opens."""
    if hours is None:
        return None
    here = zone(hours.zone)
    today = at.astimezone(here).date()
    for days in range(DAYS + 1):
        day = today + timedelta(days=days)
        for opens in sorted(one.opens for one in hours.openings if one.day == day.weekday()):
            opening = datetime.combine(day, clock(*divmod(opens, 60)), here).astimezone(UTC)
            if opening > at:
                return opening
    return None


def fault_of(hours: Hours) -> str | None:
    """What is wrong with hours, or None."""
    if not is_zone(hours.zone):
        return f"there is no time zone {hours.zone}"
    return None if all(map(_is_right, hours.openings)) else "an opening is within one day and ends after it begins"


@lru_cache(maxsize=256)
def zone(name: str) -> tzinfo:
    """The time zone of that name. Raises `zoneinfo.ZoneInfoNotFoundError` where this machine knows none."""
    return ZoneInfo(name)


def _is_right(opening: Opening) -> bool:
    return 0 <= opening.day < DAYS and 0 <= opening.opens < opening.closes <= DAY_MIN
