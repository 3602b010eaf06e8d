"""The roll-ups: each day that is over is added up once, in the transaction of the batch that begins the next day.

What is in them follows from the rows alone, whatever batches those came in: all days before the last page view's. A
page view of a day that was added up already (a clock was set back) has that day and those after it added up again.
It must not know who reads them.
"""

from collections.abc import Iterable
from typing import cast

import duckdb
import msgspec

from engine.analytics import schema
from engine.facts.page_views import PageView


class RollUps:
    """What the roll-ups of an open file have; `roll` is called within a transaction."""

    def __init__(self, writer: duckdb.DuckDBPyConnection) -> None:
        self._writer = writer
        ((self._until,),) = writer.execute("SELECT until FROM store.rolled").fetchall()

    def roll(self, viewed: Iterable[msgspec.Struct]) -> None:
        """Add up what is over, now that these page views are in their table."""
        days = {view.ts.date() for view in cast("Iterable[PageView]", viewed)}
        days |= {self._until} if self._until else set()
        if not days or days == {self._until}:
            return
        first, until = min(days), max(days)
        for name, sql in schema.rolls().items():
            self._writer.execute(f'DELETE FROM store.{name} WHERE "day" >= ?', [first])  # noqa: S608 - our own names
            if first < until:
                self._writer.execute(sql, [first, until])
        self._writer.execute("UPDATE store.rolled SET until = ?", [until])
        self._until = until
