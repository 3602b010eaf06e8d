"""What a report is asked for, as it stands in the address: `#reports/chats?period=7d&department=…`.

Whatever an address says becomes parameters that there are; what is none of them is left out. Which there are beside the
period, `engine.analytics.reports.parameters` says.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, TypeVar, get_args
from urllib.parse import parse_qs, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from engine.analytics import reports
from engine.analytics.reports.parameters import PARAMETERS
from engine.zones import is_zone

Period = Literal["hour", "today", "7d", "30d", "custom"]
ReportId = Literal["chats", "visits", "operators"]
T = TypeVar("T", bound=str)
SECTION = "reports"
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
LONGEST = 3_660  # days
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
_DAYS: dict[Period, int] = {"today": 1, "7d": 7, "30d": 30}


class Parameters(msgspec.Struct, frozen=True, kw_only=True):
    """Which report, and of what.

    Attributes:
        first: with `last` the days of the period "custom", both in it.
        zone: the time zone by whose clocks days are cut; None: that of who looks.
        of: what was chosen, by the parameter's name; of one that is not there, all.

    """

    report: ReportId = "chats"
    period: Period = "7d"
    first: date | None = None
    last: date | None = None
    zone: str | None = None
    of: dict[str, str] = {}

    def address(self) -> str:
        """The parameters as an address's fragment."""
        named: dict[str, str] = {"period": self.period}
        if self.first and self.last:
            named |= {"from": self.first.isoformat(), "to": self.last.isoformat()}
        if self.zone:
            named["zone"] = self.zone
        return f"#{SECTION}/{self.report}?{urlencode(named | self.of)}"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A period [start, stop); the one that it is compared with lies `back` before it."""

    start: datetime
    stop: datetime
    back: timedelta

    @property
    def before(self) -> "Span":
        """The period before, up to the same point of it."""
        return Span(start=self.start - self.back, stop=self.stop - self.back, back=self.back)


def parse(address: str) -> Parameters:
    """The parameters of an address's fragment."""
    path, _, query = address.removeprefix("#").partition("?")
    given = {name: values[-1] for name, values in parse_qs(query).items()}
    report = _one_of(get_args(ReportId), path.removeprefix(SECTION).strip("/"), "chats")
    period: Period = _one_of(get_args(Period), given.get("period", ""), "7d")
    days = (_day(given.get("from", "")), _day(given.get("to", "")))
    known = [day for day in days if day]
    zone = given["zone"] if is_zone(given.get("zone", "")) else None
    if period != "custom" or not known:
        return Parameters(report=report, period="7d" if period == "custom" else period, zone=zone, of=_chosen(given))
    last = max(known)
    first = max(min(known), last - (LONGEST - 1) * DAY)
    return Parameters(report=report, period=period, first=first, last=last, zone=zone, of=_chosen(given))


def zone_of(name: str) -> tzinfo:
    """The time zone of this name; UTC where this machine knows none of it."""
    return ZoneInfo(name) if is_zone(name) else ZoneInfo("UTC")


def span(parameters: Parameters, now: datetime, *, whole_minutes: bool, zone: tzinfo = UTC) -> Span:
    """The period in time. Days are those of the zone and the running one ends now; its times are by the zone's clocks.

    The last hour is the live tiles': they step by whole seconds and have then dropped what is an hour old; those that
    count by the minute (`whole_minutes`) have sixty of them, the running one among them.
    """
    now = now.astimezone(zone)
    if parameters.period == "hour" and whole_minutes:
        return Span(start=now.replace(second=0, microsecond=0) - 59 * MINUTE, stop=now, back=HOUR)
    if parameters.period == "hour":
        start = now.replace(microsecond=0) - HOUR + timedelta(microseconds=1)
        return Span(start=start, stop=now, back=HOUR)
    if parameters.first and parameters.last:
        start, after = _midnight(parameters.first, zone), _midnight(parameters.last, zone) + DAY
        return Span(start=start, stop=max(start, min(after, now)), back=after - start)
    days = _DAYS[parameters.period]
    return Span(start=_midnight(now.date(), zone) - (days - 1) * DAY, stop=now, back=days * DAY)


def values(parameters: Parameters, period: Span, *, rests_on: str) -> dict[str, str | None]:
    """The values of a report's question by their names; of a parameter that it does not heed, all."""
    heeds = reports.registry()[rests_on].heeds
    of = {one.name: parameters.of.get(one.name) if one.name in heeds else None for one in PARAMETERS}
    return {"start": period.start.isoformat(), "stop": period.stop.isoformat(), **of, "zone": str(period.start.tzinfo)}


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _one_of(known: tuple[T, ...], given: str, otherwise: T) -> T:
    return next((one for one in known if one == given), otherwise)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return min(max(day, FIRST), LAST)


def _chosen(given: dict[str, str]) -> dict[str, str]:
    ids = {one.name: _id(given.get(one.name, "")) for one in PARAMETERS}
    return {name: chosen for name, chosen in ids.items() if chosen}


def _id(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
