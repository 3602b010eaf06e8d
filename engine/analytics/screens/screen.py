"""What a screen is, and what it may ask of the tables. It must not know a database, nor who asks."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, get_args

import msgspec

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)
Row = dict[str, Any]
Scalar = bool | int | float | str | None
Params = Sequence[Scalar | list[Scalar]] | Mapping[str, Scalar | list[Scalar]]


class Tables(Protocol):
    """The tables, as they are at one moment."""

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """The rows of one SELECT, whose parameters are $1, $2 … or $name."""
        ...


class Screen(
    msgspec.Struct, Generic[A_co], frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="screen", tag=str
):
    """Something asked by a screen, which is answered with an `A_co`."""

    def answer(self, tables: Tables) -> A_co:
        """The answer."""
        raise NotImplementedError


class Told(msgspec.Struct, Generic[A], frozen=True, kw_only=True):
    """An answer, and whether the tables are behind what happened."""

    answer: A
    stale: bool


def answer_of(screen: type[Screen[Any]]) -> Any:
    """The type of the answer to a kind of screen."""
    (parent,) = screen.__orig_bases__  # type: ignore[attr-defined] # every class with a parametrized parent has them
    return get_args(parent)[0]
