"""A table as a CSV that spreadsheets open as it is, and run nothing of. It must not know what is in it."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

BOM = "\ufeff"  # without it spreadsheets take UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


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
