"""Rows of facts as Arrow tables. Ids travel as text; the database makes UUIDs of them."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin

import msgspec
import pyarrow as pa

from engine.facts.catalogue import FACTS, Fact, columns

_PLAIN: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def arrow_type(kind: Any) -> pa.DataType:
    """The Arrow type of a column's Python type. Raises `TypeError` for what no column can hold."""
    if isinstance(kind, NewType):
        return arrow_type(kind.__supertype__)
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return pa.string()
    if origin in {Union, UnionType}:
        return arrow_type(next(one for one in inside if one is not NoneType))
    if origin is tuple:
        return pa.list_(arrow_type(inside[0]))
    if kind not in _PLAIN:
        raise TypeError(f"no column can hold {kind}")
    return _PLAIN[kind]


def schema(fact: Fact) -> pa.Schema:
    """The columns of a fact's rows."""
    return pa.schema([(name, arrow_type(kind)) for name, kind in columns(fact).items()])


_SCHEMAS = {fact.name: schema(fact) for fact in FACTS}


def table(fact: Fact, rows: Iterable[msgspec.Struct]) -> pa.Table:
    """The rows of a fact as a table."""
    fields, rows = _SCHEMAS[fact.name], list(rows)
    arrays = [pa.array(map(attrgetter(field.name), rows), field.type, size=len(rows)) for field in fields]
    return pa.Table.from_arrays(arrays, schema=fields)
