"""Many rows with few statements.

At each statement SQLite's module lets go of the interpreter and must get it back from a loop that is busy: a statement
for each row would take both threads a third of their time, and what waits to be kept would wait several times as long.
"""

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

MOST = 256  # rows of one statement; SQLite takes 32,766 values


def insert(database: Any, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows by a statement for one of them, that ends with its values: `INSERT INTO … VALUES (?, ?)`."""
    begin, size = 0, MOST
    while begin < len(rows):
        while size > len(rows) - begin:
            size //= 2
        database.execute(_for(statement, size), tuple(chain.from_iterable(rows[begin : begin + size])))
        begin += size


@cache
def _for(statement: str, rows: int) -> str:
    values = statement[statement.rindex("(") :]
    return statement + f", {values}" * (rows - 1)
