"""A table as a CSV that spreadsheets open as it is, and run nothing of. It must not know what is in it."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from dashboard.exports.cells import inert

BOM = "\ufeff"  # without it spreadsheets take UTF-8 for something else


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as RFC 4180 has it, in UTF-8, of which a spreadsheet runs nothing (`cells.py`)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(title) for title in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8", errors="replace")


def _cell(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case float() if math.isfinite(value):
            return repr(int(value)) if value.is_integer() else repr(round(value, 6))
        case None | int() | Decimal():
            return value
    return inert(str(value))
