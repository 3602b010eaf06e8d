"""Views as JSON: a whole picture to who comes, patches to all who look on, each encoded once.

It must not know what a row says.
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

import reactivex
from reactivex import Observable, Subject, abc
from reactivex.disposable import Disposable

from engine.streams.machinery.isolated import isolated
from engine.streams.machinery.tables import Row, encode_ids

K = TypeVar("K")
V_contra = TypeVar("V_contra", contravariant=True)
X = TypeVar("X")
Rows = Mapping[Any, Row]


class Picture(Protocol[V_contra]):
    """What is shown now to all who see the same thing."""

    def whole(self) -> bytes:
        """The JSON of everything shown."""
        ...

    def turn(self, new: V_contra) -> bytes | None:
        """Show `new` from now on; return the JSON of what is different, None if nothing is."""
        ...


class Table:
    """Rows by id: `{"all": [row, …]}`, then `{"set": [row, …], "gone": [id, …]}`."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._whole: bytes | None = None

    def whole(self) -> bytes:
        """All rows."""
        if self._whole is None:
            self._whole = b'{"all":[%s]}' % b",".join(row.encoded for row in self._rows.values())
        return self._whole

    def turn(self, new: Rows) -> bytes | None:
        """Show other rows; those that changed are other objects."""
        old = self._rows
        if new is old:
            return None
        changed = [row.encoded for key, row in new.items() if old.get(key) is not row]
        gone = [key for key in old if key not in new]
        self._rows = new
        if not changed and not gone:
            return None
        self._whole = None
        return b'{"set":[%s],"gone":%s}' % (b",".join(changed), encode_ids(gone))


class Value:
    """One value, each time whole: `{"value": {…}}`, or null where there is none."""

    def __init__(self, value: Row | None) -> None:
        self._value = value

    def whole(self) -> bytes:
        """The value."""
        return b'{"value":%s}' % (self._value.encoded if self._value is not None else b"null")

    def turn(self, new: Row | None) -> bytes | None:
        """Show another value."""
        if new == self._value:
            return None
        self._value = new
        return self.whole()


class Gallery(Generic[K, X]):
    """The pictures of one view by what is looked at: made with the first who looks, dropped with the last."""

    def __init__(self, draw: Callable[[K], Picture[X]], failed: Callable[[Exception], None]) -> None:
        self._draw, self._failed = draw, failed
        self._hung: dict[K, _Hung[X]] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._hung

    def watched(self) -> tuple[K, ...]:
        """What is looked at now."""
        return tuple(self._hung)

    def show(self, key: K, new: X) -> None:
        """Hand what is different in `new` to all who look at `key`."""
        hung = self._hung.get(key)
        patch = hung.picture.turn(new) if hung else None
        if hung and patch is not None:
            hung.lookers.on_next(patch)

    def watch(self, key: K) -> Observable[bytes]:
        """Return the picture, then each patch: cold, first value at once, no gap, never ends."""

        def subscribe(
            observer: abc.ObserverBase[bytes], scheduler: abc.SchedulerBase | None = None
        ) -> abc.DisposableBase:
            hung = self._hung.get(key)
            if hung is None:
                hung = self._hung[key] = _Hung(self._draw(key))
            hung.count += 1
            shown = _whole_then_patches(hung.picture, hung.lookers).pipe(isolated(self._failed))
            inner = shown.subscribe(observer, scheduler=scheduler)

            def leave() -> None:
                inner.dispose()
                hung.count -= 1
                if not hung.count:
                    self._hung.pop(key, None)

            return Disposable(leave)

        return reactivex.create(subscribe)


def _whole_then_patches(picture: Picture[X], patches: Observable[bytes]) -> Observable[bytes]:
    # Not `start_with`: that would emit by a scheduler, and a patch could come in between.
    def subscribe(observer: abc.ObserverBase[bytes], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
        observer.on_next(picture.whole())
        return patches.subscribe(observer, scheduler=scheduler)

    return reactivex.create(subscribe)


class _Hung(Generic[X]):
    def __init__(self, picture: Picture[X]) -> None:
        self.picture = picture
        self.lookers: Subject[bytes] = Subject()
        self.count = 0
