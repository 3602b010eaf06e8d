"""Events as bytes: JSON with what is personal apart, a version each, and upcasters from older versions.

It must not know where the bytes are kept, nor what the older versions were (`upcasters`).
"""

from typing import Any, NamedTuple, get_args

import msgspec

from engine.events.base import Event, Personal
from engine.events.upcasters import UPCASTERS
from engine.events.vocabulary import EVENTS


class Encoded(NamedTuple):
    """An event's kind, version, JSON without the personal part, and the personal part's JSON or None."""

    kind: str
    version: int
    payload: bytes
    personal: bytes | None


class UnknownEvent(Exception):
    """Bytes of a kind or a version that this program does not know: they were written by a newer one."""


KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in EVENTS}

_encode = msgspec.json.Encoder().encode
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


def _personal_type(kind: type[Event]) -> type[Personal] | None:
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    return next((part for part in get_args(fields.get("personal")) if part is not type(None)), None)


_personal_decoders = {
    name: msgspec.json.Decoder(personal) for name, kind in KINDS.items() if (personal := _personal_type(kind))
}


def encode(event: Event) -> Encoded:
    """The event as bytes."""
    kind = type(event).__name__
    personal: Personal | None = getattr(event, "personal", None)
    if personal is None:
        return Encoded(kind, event.version, _encode(event), None)
    bare = msgspec.structs.replace(event, personal=None)
    return Encoded(kind, event.version, _encode(bare), _encode(personal))


def decode(kind: str, version: int, payload: bytes, personal: bytes | None) -> Event:
    """The event again; without `personal` where it was erased. Raises `UnknownEvent` for what is newer than we."""
    known = KINDS.get(kind)
    is_ours = known is not None and version == known.version
    event = _decoders[kind].decode(payload) if is_ours else _upcast(kind, version, payload)
    if personal is None:
        return event
    return msgspec.structs.replace(event, personal=_personal_decoders[type(event).__name__].decode(personal))


def _upcast(kind: str, version: int, payload: bytes) -> Event:
    if (kind, version) not in UPCASTERS:
        raise UnknownEvent(f"{kind} version {version}")
    fields: dict[str, Any] = msgspec.json.decode(payload)
    while (kind, version) in UPCASTERS:
        kind, version, fields = UPCASTERS[kind, version](fields)
    return msgspec.convert(fields, KINDS[kind])
