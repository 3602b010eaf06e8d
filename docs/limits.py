"""The limits as tables of a document, from `engine.limits`. It must not know who keeps them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.limits import TABLE, Bound, Rate
from engine.limits.row import By

One = TypeVar("One", Bound, Rate)
SPANS = {86_400: "a day", 3_600: "an hour", 60: "a minute"}
BY: dict[By, str] = {
    "visitor": "One visitor",
    "address": "One address (IPv4, or the /64 of IPv6), with the setting `address_people` as it is at first",
    "socket": "One socket",
    "login": "One login",
    "login and address": "One login from one address",
}


def tables() -> str:
    """All of them: what bounds something at once, then what may be done in a time, by whose it is."""
    bounds = [limit for limit in TABLE if isinstance(limit, Bound)]
    rates = [limit for limit in TABLE if isinstance(limit, Rate)]
    parts = [_part("At once", bounds, lambda limit: amount(limit.most, limit.unit))]
    for by, title in BY.items():
        if those := [limit for limit in rates if limit.by == by]:
            parts.append(_part(title, those, _rate))
    return "\n\n".join(parts)


def _part(title: str, those: Sequence[One], much: Callable[[One], str]) -> str:
    rows: list[str] = [f"| `{limit.name}` | {limit.of} | {much(limit)} | {limit.beyond} |" for limit in those]
    return "\n".join((f"**{title}.**\n", "| name | of what | how much | beyond it |", "|---|---|---|---|", *rows))


def _rate(limit: Rate) -> str:
    unit = "" if limit.unit == "times" else limit.unit
    return f"{amount(limit.most, unit)} in {_span(limit.within)}".strip()


def amount(number: int, unit: str) -> str:
    """A number as people read it."""
    if unit == "bytes" and number % 1024 == 0:
        return f"{number >> 20} MiB" if number % (1 << 20) == 0 else f"{number >> 10} KiB"
    return f"{number:,} {unit}".strip()


def _span(seconds: float) -> str:
    return SPANS.get(int(seconds), f"{seconds // 60:g} minutes" if seconds % 60 == 0 else f"{seconds:g} s")
