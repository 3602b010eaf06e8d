"""Tables of rows as immutable maps: a row that says the same stays the same object, so changes show by identity."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

import msgspec
from immutables import Map

K = TypeVar("K", bound=str)
O = TypeVar("O", bound=str)  # noqa: E741 - the owner of a part of a table


class Row(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A row of a view, or a whole value; encoded at most once for all who see it."""

    @cached_property
    def encoded(self) -> bytes:
        """The row as JSON."""
        return msgspec.json.encode(self)


R = TypeVar("R", bound=Row)


def refreshed(rows: Map[K, R], keys: Iterable[K], make: Callable[[K], R | None]) -> Map[K, R]:
    """Return the table with the rows of `keys` made anew; a row that is None is taken out."""
    for key in keys:
        rows = placed(rows, key, make(key))
    return rows


def placed(rows: Map[K, R], key: K, row: R | None) -> Map[K, R]:
    """Return the table with `row`; the same table where it says the same already."""
    old = rows.get(key)
    if row is None:
        return rows if old is None else rows.delete(key)
    return rows if row == old else rows.set(key, row)


def placed_in(parts: Map[O, Map[K, R]], owner: O, key: K, row: R | None) -> Map[O, Map[K, R]]:
    """Return the tables by owner, with `row` in that of `owner`; an owner without rows has no table."""
    part = parts.get(owner)
    old: Map[K, R] = Map() if part is None else part
    new = placed(old, key, row)
    if new is old:
        return parts
    return parts.set(owner, new) if new else parts.delete(owner)


def encode_ids(ids: Iterable[str]) -> bytes:
    """Ids as a JSON array."""
    return msgspec.json.encode(list(ids))
