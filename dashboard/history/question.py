"""What pages ask of what has been, whoever answers. It must not know who does."""

from collections.abc import Sequence
from typing import Protocol

import pyarrow as pa

from engine.history import errors

Param = bool | int | float | str | None | list[str]


class History(Protocol):
    """What pages ask."""

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """The result of one SELECT; parameters are $1, $2 …. Raises `HistoryError`."""
        ...

    async def stale(self) -> bool:
        """Whether the tables are behind what happened. Raises `HistoryError`."""
        ...


class NoHistory:
    """A dashboard without an analytics process."""

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """Nobody answers."""
        raise errors.no_server("(none)")

    async def stale(self) -> bool:
        """Nobody answers."""
        raise errors.no_server("(none)")
