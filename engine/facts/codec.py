"""States of facts as bytes, JSON, and back: all that they hold are frozen structs, plain values and immutable maps."""

from typing import Any, TypeVar, get_args, get_origin

import msgspec
from immutables import Map

S = TypeVar("S", bound=msgspec.Struct)


def encode(state: msgspec.Struct) -> bytes:
    """The state as JSON."""
    return _encoder.encode(state)


def decode(kind: type[S], encoded: bytes) -> S:
    """The state again. Raises `msgspec.MsgspecError` for what is none of this kind."""
    return msgspec.json.decode(encoded, type=kind, dec_hook=_from_plain)


def _to_plain(value: Any) -> Any:
    if isinstance(value, Map):
        return dict(value)
    raise NotImplementedError(type(value))


def _from_plain(kind: Any, value: Any) -> Any:
    if get_origin(kind) is not Map:
        raise NotImplementedError(kind)
    return Map(msgspec.convert(value, dict[get_args(kind)], dec_hook=_from_plain))  # type: ignore[misc] # two arguments


_encoder = msgspec.json.Encoder(enc_hook=_to_plain)
