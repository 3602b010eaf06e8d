"""States of facts in pieces, JSON each, and back: so that only what changed has to be written.

All that a state holds are frozen structs, plain values and immutable maps. A map's entries are a piece each, named
`field.key`; any other field is one, named `field`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from immutables import Map

S = TypeVar("S", bound=msgspec.Struct)


def changes(before: S, after: S) -> dict[str, bytes | None]:
    """The pieces of `after` that are other objects than in `before`; None for those that are gone."""
    found: dict[str, bytes | None] = {}
    for field in after.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if new is old:
            continue
        if isinstance(new, Map):
            found |= {f"{field}.{key}": piece for key, piece in _entries(old, new)}
        else:
            found[field] = _encoder.encode(new)
    return found


def _entries(old: Map[str, Any], new: Map[str, Any]) -> Iterator[tuple[str, bytes | None]]:
    for key, value in new.items():
        if old.get(key) is not value:
            yield key, _encoder.encode(value)
    for key in old:
        if key not in new:
            yield key, None


def whole(empty: S, pieces: Mapping[str, bytes]) -> S:
    """The state of its pieces, else as in `empty`. Raises `msgspec.MsgspecError` for what is no piece."""
    hints = get_type_hints(type(empty))
    fields: dict[str, Any] = {}
    for name, piece in pieces.items():
        field, entry, key = name.partition(".")
        if entry:
            fields.setdefault(field, {})[key] = _decode(get_args(hints[field])[1], piece)
        else:
            fields[field] = _decode(hints[field], piece)
    maps = {field: Map(value) for field, value in fields.items() if get_origin(hints[field]) is Map}
    return msgspec.structs.replace(empty, **fields | maps)


def _decode(kind: Any, piece: bytes) -> Any:
    return msgspec.json.decode(piece, type=kind, dec_hook=_from_plain)


def _to_plain(value: Any) -> Any:
    if isinstance(value, Map):
        return dict(sorted(value.items()))  # the order in a map is another in each process
    raise NotImplementedError(type(value))


def _from_plain(kind: Any, value: Any) -> Any:
    if get_origin(kind) is not Map:
        raise NotImplementedError(kind)
    return Map(msgspec.convert(value, dict[get_args(kind)], dec_hook=_from_plain))  # type: ignore[misc] # two arguments


_encoder = msgspec.json.Encoder(enc_hook=_to_plain)
