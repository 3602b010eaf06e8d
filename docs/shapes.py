"""Frames and what they are made of, as Markdown: read off the msgspec types, so that nothing is said twice.

It must not know which frames there are.
"""

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import inspect as look

PLAIN: dict[type[look.Type], str] = {
    look.StrType: "text",
    look.IntType: "whole number",
    look.FloatType: "number",
    look.BoolType: "true or false",
    look.NoneType: "null",
    look.DateTimeType: "time (ISO 8601)",
    look.RawType: "JSON",
    look.AnyType: "anything",
}


def words(shape: look.Type) -> str:
    """A type in words; a struct is a link to its section."""
    match shape:
        case look.StrType(max_length=most) if most is not None:
            told = f"text of at most {most}"
        case look.LiteralType(values=values):
            told = " or ".join(f"`{value}`" for value in values)
        case look.UnionType(types=types):
            told = " or ".join(words(one) for one in types)
        case look.EnumType(cls=named):
            told = " or ".join(f"`{one.value}`" for one in named)
        case look.VarTupleType(item_type=item) | look.ListType(item_type=item) | look.FrozenSetType(item_type=item):
            told = f"list of {words(item)}"
        case look.DictType(key_type=key, value_type=value):
            told = f"object of {words(value)} by {words(key)}"
        case look.StructType(cls=struct):
            told = f"[{struct.__name__}](#{anchor(struct)})"
        case _:
            told = PLAIN[type(shape)]
    return told


def anchor(struct: type) -> str:
    """A section's name in addresses: short names are used by several modules."""
    return f"{struct.__module__.rpartition('.')[2]}-{struct.__name__}".lower()


def structs(shape: look.Type) -> Iterator[type]:
    """The structs that a type names, once for each time it does."""
    match shape:
        case look.UnionType(types=types):
            for one in types:
                yield from structs(one)
        case look.VarTupleType(item_type=inner) | look.ListType(item_type=inner) | look.DictType(value_type=inner):
            yield from structs(inner)
        case look.StructType(cls=struct):
            yield struct


def fields(struct: type) -> tuple[look.Field, ...]:
    """The fields of a struct, without its tag."""
    shape = look.type_info(struct)
    assert isinstance(shape, look.StructType)  # noqa: S101 - told by who calls, never by a foreign hand
    return shape.fields


def parts(roots: Iterable[type]) -> list[type]:
    """The structs that these are made of, themselves left out, in the order in which they are met."""
    told, waiting = dict.fromkeys(roots), list(roots)
    found: dict[type, None] = {}
    while waiting:
        for field in fields(waiting.pop(0)):
            for one in structs(field.type):
                if one not in told and one not in found:
                    found[one] = None
                    waiting.append(one)
    return list(found)


def members(union: Any) -> tuple[type, ...]:
    """The structs of a union, in the order they are written in."""
    return tuple(getattr(union, "__args__", (union,)))


def section(struct: type, *, also: str = "", without: frozenset[str] = frozenset()) -> str:
    """A struct with its tag, its words and its fields; `without` fields that are told elsewhere."""
    config = struct.__struct_config__  # type: ignore[attr-defined] # msgspec's own
    name = struct.__name__
    tag = f" `{config.tag_field}: {config.tag}`" if config.tag_field else ""
    rows = [_row(field) for field in fields(struct) if field.encode_name not in without]
    told = "\n\n".join(filter(None, (prose(struct), also)))
    table = "\n".join(["| field | is | left out |", "|---|---|---|", *rows]) if rows else "It has no fields."
    return f'<a id="{anchor(struct)}"></a>\n\n### {name}{tag}\n\n{told}\n\n{table}\n'


def _row(field: look.Field) -> str:
    return f"| `{field.encode_name}` | {words(field.type)} | {_left_out(field)} |"


def _left_out(field: look.Field) -> str:
    if field.required:
        return "never"
    if field.default_factory not in (msgspec.NODEFAULT, tuple, list, dict):
        return "drawn anew"
    default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return f"stands for `{msgspec.json.encode(default).decode()}`"


def prose(what: Any) -> str:
    """A docstring as Markdown; Google's list of attributes becomes a list."""
    text = inspect.getdoc(what) or ""
    head, _, attributes = text.partition("\nAttributes:\n")
    head = re.sub(r"(?<!\n)\n(?!\n)", " ", head.strip())
    listed = re.sub(r"\n {5,}", " ", attributes)
    items = [line.strip().partition(":") for line in listed.splitlines() if line.strip()]
    return "\n\n".join(filter(None, (head, "\n".join(f"- `{name}`:{told}" for name, _, told in items))))
