"""Tables to be downloaded: exactly the rows that are shown, kept while they are shown. It must not know who asks."""

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

BOM = "\ufeff"  # without it spreadsheets take UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True, kw_only=True)
class Export:
    """A table with its header; `owner` is the public id of the sign-in that may have it."""

    owner: str
    file: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Exports:
    """What may be downloaded now."""

    def __init__(self) -> None:
        self._kept: dict[str, Export] = {}

    def keep(self, export: Export) -> str:
        """Keep a table; its address."""
        name = secrets.token_hex(8)
        self._kept[name] = export
        return f"/app/export/{name}.csv"

    def drop(self, address: str) -> None:
        """The table is no longer shown."""
        self._kept.pop(_name(address), None)

    def find(self, address: str) -> Export | None:
        """The table of an address."""
        return self._kept.get(_name(address))


def _name(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".csv")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as RFC 4180 has it, in UTF-8; text that a spreadsheet would run as a formula is led by a '."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(title) for title in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8", errors="replace")


def _cell(value: Any) -> Any:
    match value:
        case str():
            return f"'{value}" if value.startswith(FORMULA) else value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case float():
            return repr(int(value)) if value.is_integer() else repr(round(value, 6))
    return value
