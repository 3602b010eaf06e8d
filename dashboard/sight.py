"""What one browser is sent of a long table: of the rows in its sight everything, of all others only their places.

A browser has each row either as it is now, or bare: a place, for which it asks once the row comes into sight. What main
says is taken apart once for all browsers of the process. It must not know what a row says beside its place.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from weakref import WeakValueDictionary

import msgspec

SHORT = 100  # rows: a table of no more is sent whole, and so is the beginning of a longer one
_encode = msgspec.json.Encoder().encode


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a row stands among the others, in the place of the row; `here`: whether it counts as one who is there."""

    id: str
    turn: str
    here: bool = True


class Row(msgspec.Struct, frozen=True, kw_only=True, weakref=True):
    """A row as main encoded it; all browsers that have the same one share it."""

    place: Place
    said: bytes


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """What main says of a table: all of its rows, or those that are different, and who is gone."""

    whole: bool
    rows: Mapping[str, Row]
    gone: list[str]


class _Body(msgspec.Struct):
    all: list[msgspec.Raw] | None = None
    set: list[msgspec.Raw] = []
    gone: list[str] = []


_alike: WeakValueDictionary[bytes, Row] = WeakValueDictionary()  # by what they say, while some browser has them
_body, _place = msgspec.json.Decoder(_Body).decode, msgspec.json.Decoder(Place).decode


@lru_cache(maxsize=2)  # each browser gets it one after the other; meanwhile somebody's whole picture may come
def apart(body: bytes) -> Patch:
    """Take what main says apart."""
    said = _body(body)
    rows = [_row(bytes(raw)) for raw in (*(said.all or ()), *said.set)]
    return Patch(whole=said.all is not None, rows={row.place.id: row for row in rows}, gone=said.gone)


def _row(said: bytes) -> Row:
    """The row that says so: whole pictures of two moments differ in few, and each browser begins with another one."""
    row = _alike.get(said)
    if row is None:
        row = _alike[said] = Row(place=_place(said), said=said)
    return row


class Sight:
    """The table as one browser has it; `short` is for tests, and 0 for who wants places alone."""

    def __init__(self, short: int = SHORT) -> None:
        self._short = short
        self._rows: dict[str, Row] = {}
        self._has: set[str] = set()  # of which rows the browser knows what they say now
        self._seen: list[str] = []  # what it said to see

    def take(self, patch: Patch) -> bytes | None:
        """Take what main says; the body for the browser, if it is to know anything."""
        if patch.whole:
            self._rows, self._has = dict(patch.rows), set()
            if not self._seen:
                self._seen = [place.id for place in self._first()]
            return b'{"all":[%s]}' % self._told(self._rows)
        bare = [key for key, row in patch.rows.items() if key in self._has or self._moved(row.place)]
        self._has.difference_update(patch.rows, patch.gone)
        self._rows |= patch.rows
        for key in patch.gone:
            self._rows.pop(key, None)
        told = self._told(bare)
        if not told and not patch.gone:
            return None
        return b'{"set":[%s],"gone":%s}' % (told, _encode(patch.gone))

    def look(self, ids: Iterable[str]) -> bytes | None:
        """The browser sees these rows; the body with those that it has not."""
        self._seen = list(dict.fromkeys(ids))
        told = self._told(())
        return b'{"set":[%s],"gone":[]}' % told if told else None

    def _told(self, bare: Iterable[str]) -> bytes:
        """The rows that are to be seen and are not yet, then the places of those in `bare` that are not."""
        wanted = self._rows if len(self._rows) <= self._short else self._seen
        rows = [key for key in wanted if key in self._rows and key not in self._has]
        self._has.update(rows)
        said = [self._rows[key].said for key in rows]
        return b",".join([*said, *(_encode(self._rows[key].place) for key in bare if key not in self._has)])

    def _moved(self, place: Place) -> bool:
        before = self._rows.get(place.id)
        return before is None or before.place != place

    def _first(self) -> list[Place]:
        places = sorted((row.place for row in self._rows.values()), key=lambda place: (place.turn, place.id))
        return places[: self._short]
