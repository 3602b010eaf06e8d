"""Structs as TypeScript: read off the msgspec types, so that what a browser takes them for is what they are.

Who writes a struct makes the difference: what we write leaves out its defaults only where it says so, what a browser
writes may always leave them out. It must not know which structs there are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, get_args

import msgspec
from msgspec import inspect as look

from docs.shapes import fields, members, parts

WIDTH = 120
PLAIN: dict[type[look.Type], str] = {
    look.StrType: "string",
    look.IntType: "number",
    look.FloatType: "number",
    look.BoolType: "boolean",
    look.NoneType: "null",
    look.DateTimeType: "string",
    look.DateType: "string",
    look.RawType: "unknown",
    look.AnyType: "unknown",
}


def by_class(struct: type) -> str:
    """A struct's name, where nothing else is said."""
    return struct.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What one client's sockets carry.

    Attributes:
        told: what we write, each union by the name it is known by; `asked` what a browser writes.
        words: literals that have a name; a literal that is none of them stands as it is.
        shown: of a named literal the words that come, where those are not all.
        name: what a struct is called.
        also: what else there is to declare, with the names of the structs.

    """

    told: Mapping[str, Any]
    asked: Mapping[str, Any]
    words: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Iterable[str]] = field(default_factory=dict)
    name: Callable[[type], str] = by_class
    also: Callable[[Mapping[type, str]], str] = lambda _names: ""


def declarations(wire: Wire) -> str:
    """The types of everything that is carried, each once: the words, then the structs in their order, the unions."""
    return _Declaring(wire).page()


class _Declaring:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._told, self._asked = _reached(wire.told.values()), _reached(wire.asked.values())
        self._names = _distinct([*self._asked, *self._told], wire.name)
        self._words = {frozenset(get_args(words)): name for name, words in wire.words.items()}
        self._enums: dict[type[Enum], None] = {}

    def page(self) -> str:
        """All of it."""
        structs: dict[str, str] = {}
        for one in (*self._asked, *self._told):
            known = structs.setdefault(self._names[one], self._struct(one))
            assert _bare(known) == _bare(self._struct(one)), f"two {self._names[one]}"  # noqa: S101 - of our own structs
        unions = [self._union(*one) for one in (*self._wire.asked.items(), *self._wire.told.items())]
        words = [_alias(enum.__name__, (_quoted(one.value) for one in enum)) for enum in self._enums]
        words += [
            _alias(name, map(_quoted, self._wire.shown.get(name, get_args(literal))))
            for name, literal in self._wire.words.items()
        ]
        return "\n".join(filter(None, (*words, *structs.values(), *unions, self._wire.also(self._names)))) + "\n"

    def _struct(self, struct: Any) -> str:
        config, asked = struct.__struct_config__, struct in self._asked
        rows = [f"{config.tag_field}: {_quoted(config.tag)};"] if config.tag_field else []
        rows += [self._field(one, asked=asked, omits=asked or config.omit_defaults) for one in fields(struct)]
        body = "".join(f"  {row}\n" for row in rows)
        return f"{_comment(struct)}export type {self._names[struct]} = {{\n{body}}};"

    def _field(self, one: look.Field, *, asked: bool, omits: bool) -> str:
        left_out = omits and not one.required
        kinds = self._kinds(one.type)
        if left_out and not asked and one.default is None:
            kinds = [kind for kind in kinds if kind != "null"]
        return f"{one.encode_name}{'?' if left_out else ''}: {' | '.join(kinds)};"

    def _union(self, name: str, union: Any) -> str:
        kinds = self._kinds(look.type_info(union))
        return "" if kinds == [name] else _alias(name, kinds)

    def _kinds(self, shape: look.Type) -> list[str]:
        """What a value may be, null last."""
        if isinstance(shape, look.UnionType):
            kinds = dict.fromkeys(kind for one in shape.types for kind in self._kinds(one))
            return sorted(kinds, key=lambda kind: kind == "null")
        if isinstance(shape, look.LiteralType) and frozenset(shape.values) not in self._words:
            return [_quoted(value) for value in shape.values]
        return [self._kind(shape)]

    def _kind(self, shape: look.Type) -> str:
        match shape:
            case look.LiteralType(values=values):
                told = self._words[frozenset(values)]
            case look.EnumType(cls=enum):
                self._enums[enum] = None
                told = enum.__name__
            case look.VarTupleType(item_type=item) | look.ListType(item_type=item) | look.FrozenSetType(item_type=item):
                kinds = self._kinds(item)
                told = f"{kinds[0]}[]" if len(kinds) == 1 else f"({' | '.join(kinds)})[]"
            case look.TupleType(item_types=items):
                told = f"[{', '.join(' | '.join(self._kinds(item)) for item in items)}]"
            case look.DictType(key_type=key, value_type=value):
                some = isinstance(key, look.EnumType | look.LiteralType)
                record = f"Record<{' | '.join(self._kinds(key))}, {' | '.join(self._kinds(value))}>"
                told = f"Partial<{record}>" if some else record
            case look.StructType(cls=struct):
                told = self._names[struct]
            case _:
                told = PLAIN[type(shape)]
        return told


def _reached(unions: Iterable[Any]) -> list[Any]:
    """The structs of these unions, then what they are made of."""
    roots = dict.fromkeys(one for union in unions for one in members(union) if one is not type(None))
    return [*roots, *parts(roots)]


def _distinct(structs: Iterable[type], name: Callable[[type], str]) -> dict[type, str]:
    """The names; two structs that say the same may share one, else their modules' names stand before it."""
    known = dict.fromkeys(structs)
    shared = Counter(named for named, _ in {(name(one), _said(one)) for one in known})
    return {one: name(one) if shared[name(one)] == 1 else _module(one) + name(one) for one in known}


def _said(struct: Any) -> tuple[object, ...]:
    return (struct.__struct_config__.tag, *((one.encode_name, type(one.type)) for one in fields(struct)))


def _module(struct: type) -> str:
    return pascal(struct.__module__.rpartition(".")[2])


def pascal(words: str) -> str:
    """`ready-again` as `ReadyAgain`."""
    return "".join(word.capitalize() for word in re.split(r"[-_]", words))


def _alias(name: str, kinds: Iterable[str]) -> str:
    several = list(kinds)
    line = f"export type {name} = {' | '.join(several)};"
    return line if len(line) <= WIDTH else f"export type {name} =\n" + "\n".join(f"  | {one}" for one in several) + ";"


def _quoted(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _comment(struct: type) -> str:
    """The first sentence of what a struct says of itself."""
    first = " ".join(re.split(r"(?<=\.)\s|\n\n", (struct.__doc__ or "").strip())[0].split())
    return f"/** {first} */\n" if first else ""


def _bare(declared: str) -> str:
    return declared.partition("export ")[2]
