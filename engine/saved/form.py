"""The form of saved states: a short text that differs wherever one of their types does.

A changed field, default, enum or version makes another form, and what has another form is never decoded: the journal
is read instead. In which module a type stands makes none.
"""

import dataclasses
import hashlib
from collections.abc import Iterable
from enum import Enum
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

import msgspec


def form_of(kinds: Iterable[tuple[str, int, Any]]) -> str:
    """The form of named and versioned types."""
    seen: dict[type, str] = {}
    lines = [f"{name} {version} {_say(kind, seen)}" for name, version, kind in kinds]
    return hashlib.sha256("\n".join([*lines, *seen.values()]).encode()).hexdigest()[:32]


def _say(kind: Any, seen: dict[type, str]) -> str:
    """The name of a type; what there is to say of a class goes into `seen`, once."""
    if isinstance(kind, NewType):
        return _say(kind.__supertype__, seen)
    if isinstance(kind, TypeVar):
        return kind.__name__
    if arguments := get_args(kind):
        origin = get_origin(kind)
        _meet(origin, seen)
        return f"{_called(origin, seen)}[{', '.join(_argument(one, seen) for one in arguments)}]"
    _meet(kind, seen)
    return _called(kind, seen)


def _argument(argument: Any, seen: dict[type, str]) -> str:
    return repr(argument) if isinstance(argument, str | int) else _say(argument, seen)


def _meet(kind: Any, seen: dict[type, str]) -> None:
    if isinstance(kind, type) and kind not in seen and (fields := _fields(kind)) is not None:
        seen[kind] = ""  # types may hold themselves
        hints = get_type_hints(kind)
        seen[kind] = f"{_called(kind, seen)}: " + "; ".join(
            f"{name}: {_say(hints[name], seen) if name in hints else ''} = {default}" for name, default in fields
        )


def _called(kind: Any, seen: dict[type, str]) -> str:
    """By its name; one of ours by its place, too, in which it was met, and not by its module: that may move."""
    name = getattr(kind, "__qualname__", repr(kind))
    if kind in seen:
        return f"{name} {tuple(seen).index(kind)}"
    return f"{getattr(kind, '__module__', '')}.{name}"


def _fields(kind: type) -> list[tuple[str, str]] | None:
    """A class's fields with their defaults; None for one that has none."""
    if issubclass(kind, msgspec.Struct):
        config = kind.__struct_config__
        more = [("", f"{config.tag_field} {config.tag}")] if config.tag else []
        return more + [(field.name, _default(field.default)) for field in msgspec.structs.fields(kind)]
    if dataclasses.is_dataclass(kind):
        return [(field.name, "…") for field in dataclasses.fields(kind)]
    if issubclass(kind, Enum):
        return [(member.name, repr(member.value)) for member in kind]
    return None


def _default(value: object) -> str:
    return repr(value) if isinstance(value, str | int | float | None) else type(value).__qualname__
