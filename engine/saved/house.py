"""All that is folded of the journal, the desk's state and every pipeline's, at one position: as bytes and back.

It must not know where the bytes are kept, nor when.
"""

import zlib
from datetime import datetime
from typing import Any

import msgspec

from engine.desk import DeskState
from engine.known import Knowledge
from engine.saved import codec
from engine.saved.form import form_of
from engine.streams.registry import PIPELINES

VERSION = 1  # of what stands here, and of `engine.desk.apply`: more when the same events make another state
QUICK = 1  # zlib's level: ids and names repeat, a tenth is left of them


class Unreadable(Exception):
    """The bytes are no knowledge of this program's."""


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """Knowledge on its way.

    Attributes:
        folds: see `engine.saved.codec`; `states` has the place of each pipeline's.

    """

    position: int
    at: datetime | None
    desk: bytes
    folds: list[bytes]
    states: dict[str, int]


def form() -> str:
    """What kind of bytes this program reads and writes; other ones are not to be decoded."""
    kinds: list[tuple[str, int, Any]] = [("desk", VERSION, DeskState)]
    kinds += ((name, pipeline.version, type(pipeline.empty)) for name, pipeline in PIPELINES.items())
    return form_of(kinds)


def encode(known: Knowledge) -> bytes:
    """The bytes; nothing may change the desk in the meantime."""
    folds = codec.Folds()
    states = {name: folds.put(known.states[name]) for name in PIPELINES}
    desk = codec.encode(codec.in_order(DeskState, known.desk))
    packed = _Packed(known.position, known.at, desk, folds.pieces, states)
    return zlib.compress(msgspec.msgpack.encode(packed), QUICK)


def decode(data: bytes) -> Knowledge:
    """The knowledge of bytes of this program's form. Raises `Unreadable`."""
    try:
        packed = msgspec.msgpack.decode(zlib.decompress(data), type=_Packed)
        folds = codec.Unfolded(packed.folds)
        states = {name: folds.get(type(line.empty), packed.states[name]) for name, line in PIPELINES.items()}
        desk: DeskState = codec.decode(DeskState, packed.desk)
    except (zlib.error, msgspec.MsgspecError, KeyError, IndexError, ValueError, TypeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return Knowledge(position=packed.position, at=packed.at, desk=desk, states=states)
