"""When a department is open: its hours by the clock on the wall of its time zone.

The zone's rules come from the system or the package `tzdata`. It must not know what time it is.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from engine.events import Hours


def open_at(hours: Hours | None, at: datetime) -> bool:
    """Whether a department of these hours is open at a moment; without hours it always is."""
    if hours is None:
        return True
    there = at.astimezone(ZoneInfo(hours.zone))
    minute = there.hour * 60 + there.minute
    return any(one.day == there.weekday() and one.opens <= minute < one.closes for one in hours.openings)
