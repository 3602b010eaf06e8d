"""What a browser asks for as the command itself: the frame it may send, and the one function that fills the rest.

A frame has the fields that are the client's, and no other: one that brings what the caller or the engine fills is
refused by the decoder. It must not know any command by name.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from engine.commands.base import Act, Command, Door
from engine.commands.fields import Caller, Cleaned, ClientId, Drawn, FromJournal, OfFrame, OrCaller

FrameId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Value = Callable[[Any, Any, str, Callable[[], str]], Any]  # (asked, caller, client_id, draw) -> the field's


class _Field(NamedTuple):
    name: str
    sent: Any  # the type that a client sends, None where the field is not theirs
    default: Any
    value: Value


def acts(door: Door) -> tuple[type[Act], ...]:
    """What may be asked for at a door."""
    return tuple(one for one in _leaves(Act) if door in one.doors)


@cache
def frames(door: Door) -> Any:
    """The closed union of the frames that may come through a door, for a decoder."""
    return Union[tuple(frame(one, door) for one in acts(door))]  # noqa: UP007 - made of what there is


@cache
def bare_frames(door: Door) -> Any:
    """The same without a `client_id`, where another frame around them has it."""
    return Union[tuple(frame(one, None) for one in acts(door))]  # noqa: UP007 - made of what there is


@cache
def frame(act: type[Act], door: Door | None, *more: tuple[str, Any, Any]) -> type[msgspec.Struct]:
    """An act as its client sends it; `more` are fields of the frame around it. It knows its act as `act`."""
    named: list[Any] = [("client_id", FrameId)] if door in act.answered else []
    for field in _fields(act):
        if field.sent is not None:
            default = () if field.default is msgspec.NODEFAULT else (field.default,)
            named.append((field.name, field.sent, *default))
    return msgspec.defstruct(
        act.__name__,
        [*named, *more],
        tag_field="t",
        tag=act.__struct_config__.tag,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        forbid_unknown_fields=True,
        namespace={"act": act, "__doc__": act.__doc__},
        module=f"{__name__}.{door or 'door'}",
    )


def act_of(asked: msgspec.Struct) -> type[Act]:
    """The command that a frame asks for."""
    kind: Any = type(asked)
    act: type[Act] = getattr(kind, "act", kind)
    return act


def bare(asked: msgspec.Struct) -> msgspec.Struct:
    """What is asked, by a frame or as a command, with nothing but what is the client's, and without a `client_id`."""
    return frame(act_of(asked), None)(**_sent(asked))


def brought_by(act: type[Act]) -> frozenset[str]:
    """The fields that are the client's to bring; what else the act has, the caller or the engine fills."""
    return frozenset(field.name for field in _fields(act) if field.sent is not None)


def unfilled(asked: msgspec.Struct) -> Act:
    """The command of a frame before anything is filled in."""
    return act_of(asked)(**_sent(asked))


def fill(asked: msgspec.Struct, caller: object, *, client_id: str = "", draw: Callable[[], str]) -> Command:
    """The whole command of a frame, or of a command whose filled fields are made anew.

    Raises `engine.text.TextRefused`; `msgspec.ValidationError` where the frame is none after all.
    """
    act = act_of(asked)
    return act(**{field.name: field.value(asked, caller, client_id, draw) for field in _fields(act)})


def _sent(asked: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in brought_by(act_of(asked))}


@cache
def _fields(act: type[Act]) -> tuple[_Field, ...]:
    hints = get_type_hints(act, include_extras=True)
    return tuple(_field(one, hints[one.name]) for one in msgspec.structs.fields(act))


def _field(field: Any, hint: Any) -> _Field:
    default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    for mark in hint.__metadata__ if get_origin(hint) is Annotated else ():
        if type(mark) in _BY_MARK:
            return _BY_MARK[type(mark)](field.name, default, get_args(hint)[0], mark)
    return _Field(field.name, hint, default, lambda asked, _caller, _id, _draw: getattr(asked, field.name))


def _by_caller(name: str, default: Any, _kind: Any, mark: Caller) -> _Field:
    return _Field(name, None, default, lambda _asked, caller, _id, _draw: getattr(caller, mark.what))


def _by_draw(name: str, default: Any, _kind: Any, _mark: Drawn) -> _Field:
    return _Field(name, None, default, lambda _asked, _caller, _id, draw: draw())


def _by_core(name: str, default: Any, _kind: Any, _mark: FromJournal) -> _Field:
    return _Field(name, None, default, lambda _asked, _caller, _id, _draw: default)


def _by_frame(name: str, default: Any, _kind: Any, _mark: ClientId) -> _Field:
    return _Field(name, None, default, lambda _asked, _caller, client_id, _draw: client_id)


def _by_client_or_caller(name: str, _default: Any, _kind: Any, mark: OrCaller) -> _Field:
    def value(asked: Any, caller: Any, _id: str, _draw: Callable[[], str]) -> Any:
        return getattr(asked, name) or getattr(caller, mark.what, "")

    return _Field(name, FrameId | None, None, value)


def _by_client(name: str, default: Any, kind: Any, mark: Cleaned) -> _Field:
    sent = default if mark.sent is None or default is msgspec.NODEFAULT else {}
    return _Field(name, mark.sent or kind, sent, lambda asked, _caller, _id, _draw: mark.how(getattr(asked, name)))


def _of_frame(name: str, default: Any, _kind: Any, mark: OfFrame) -> _Field:
    return _Field(name, mark.sent, default, lambda asked, _caller, _id, _draw: mark.how(asked))


_BY_MARK: dict[type, Callable[[str, Any, Any, Any], _Field]] = {
    Caller: _by_caller,
    Drawn: _by_draw,
    FromJournal: _by_core,
    ClientId: _by_frame,
    OrCaller: _by_client_or_caller,
    Cleaned: _by_client,
    OfFrame: _of_frame,
}


def _leaves(kind: type[Act]) -> Iterator[type[Act]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for one in below:
        yield from _leaves(one)
