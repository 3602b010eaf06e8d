"""Typed bytes of states: msgpack, driven by the annotations alone, so that a new field needs nothing here.

A fold (a struct with a map in it) that several states hold is written once, and is one object again when it is read:
`engine.streams.machinery.pipeline.shared` knows it by its identity. It must not know any state.
"""

import dataclasses
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from immutables import Map

S = TypeVar("S", bound=msgspec.Struct)


def encode(value: Any) -> bytes:
    """A value with all that is in it, but for the order of an `OrderedDict`: see `in_order`."""
    return _encoder.encode(value)


def in_order(kind: Any, value: Any) -> Any:
    """The value of its declared type with each `OrderedDict` in it made anew.

    The encoder takes it for the dict that it stands on, and that one does not know of `move_to_end`.
    """
    if get_origin(kind) is OrderedDict:
        return OrderedDict(value)
    if not _has_order(kind):
        return value
    if get_origin(kind) is dict:
        return {key: in_order(get_args(kind)[1], each) for key, each in value.items()}
    hints = get_type_hints(kind)
    ordered = {name: in_order(of, getattr(value, name)) for name, of in hints.items() if _has_order(of)}
    return dataclasses.replace(value, **ordered)


@cache
def _has_order(kind: Any) -> bool:
    within = get_type_hints(kind).values() if dataclasses.is_dataclass(kind) else get_args(kind)
    return get_origin(kind) is OrderedDict or any(_has_order(one) for one in within)


def decode(kind: Any, data: bytes) -> Any:
    """The value of its declared type. Raises `msgspec.MsgspecError` for what is no such value."""
    if get_origin(kind) is Map:
        return Map(msgspec.msgpack.decode(data, type=_as_dict(kind), dec_hook=_from_plain))
    return msgspec.msgpack.decode(data, type=kind, dec_hook=_from_plain)


class Folds:
    """Folds on their way into bytes, each once.

    Attributes:
        pieces: the folds in the order in which they were put, those within another before it.

    """

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self._places: dict[int, tuple[int, object]] = {}  # by identity; the object is held, so that it stays its own

    def put(self, fold: msgspec.Struct) -> int:
        """The fold's place."""
        if id(fold) not in self._places:
            parts = [self._part(kind, getattr(fold, name)) for name, kind in _fields(type(fold))]
            self.pieces.append(encode(parts))
            self._places[id(fold)] = len(self.pieces) - 1, fold
        return self._places[id(fold)][0]

    def _part(self, kind: Any, value: Any) -> int | bytes:
        return self.put(value) if is_fold(kind) else encode(value)


class Unfolded:
    """Folds on their way back."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._made: dict[int, msgspec.Struct] = {}

    def get(self, kind: type[S], place: int) -> S:
        """The fold of a type at its place, one object however often. Raises `msgspec.MsgspecError`."""
        made = self._made.get(place)
        if made is None:
            parts = msgspec.msgpack.decode(self._pieces[place], type=list[int | bytes])
            fields = zip(_fields(kind), parts, strict=True)
            made = self._made[place] = kind(**{name: self._part(of, part) for (name, of), part in fields})
        if not isinstance(made, kind):
            raise msgspec.ValidationError(f"expected {kind.__name__}, got {type(made).__name__}")
        return made

    def _part(self, kind: Any, part: int | bytes) -> Any:
        return self.get(kind, part) if isinstance(part, int) else decode(kind, part)


def is_fold(kind: Any) -> bool:
    """Whether a type is a struct that has a map, or such a struct, for a field."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return False
    return any(get_origin(of) is Map or is_fold(of) for _, of in _fields(kind))


def _fields(kind: type[msgspec.Struct]) -> Iterable[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(name, hints[name]) for name in kind.__struct_fields__]


def _as_dict(kind: Any) -> Any:
    return dict[get_args(kind)]  # type: ignore[misc] # two arguments


def _to_plain(value: Any) -> Any:
    if isinstance(value, Map):
        return dict(value)
    raise NotImplementedError(type(value))


def _from_plain(kind: Any, value: Any) -> Any:
    if get_origin(kind) not in _MADE_OF_DICTS:
        raise NotImplementedError(kind)
    return get_origin(kind)(msgspec.convert(value, _as_dict(kind), dec_hook=_from_plain))


_MADE_OF_DICTS = (Map, OrderedDict)
_encoder = msgspec.msgpack.Encoder(enc_hook=_to_plain)
