"""Emptying what is personal in rows, inside the transaction of the event that says so.

Pages are overwritten (`secure_delete`), and no snapshot stays: it may hold what is forgotten.
"""

from typing import Any

from engine.events import Forgets
from engine.journal.rows import id_bytes
from engine.journal.schema import UNINDEX_TEXT

FIND = "SELECT position FROM events WHERE subject = ? AND position < ? AND personal IS NOT NULL"


def forget(database: Any, position: int, what: Forgets) -> None:
    """Empty the rows before `position`, out of the index of texts first."""
    for subject, number in what:
        one, values = ("", ()) if number is None else (" AND number = ?", (number,))
        rows = database.execute(FIND + one, (id_bytes(subject), position, *values)).fetchall()
        database.executemany(UNINDEX_TEXT, rows)
        database.executemany("UPDATE events SET personal = NULL WHERE position = ?", rows)
    database.execute("DELETE FROM snapshot")
    database.execute("DELETE FROM snapshot_part")
    database.execute("INSERT OR REPLACE INTO meta VALUES ('forgotten', ?)", (str(position),))
