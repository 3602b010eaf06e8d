"""A state of another form is never decoded: the form differs wherever a type does."""

import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import msgspec
import pytest
from immutables import Map

from engine.saved import form
from engine.saved.codec import is_fold
from engine.saved.form import form_of
from engine.streams.folds import ground
from engine.streams.folds.directory import Identity
from engine.streams.machinery.window import Window
from engine.streams.registry import PIPELINES


class Colour(StrEnum):
    RED = "red"


class Row(msgspec.Struct, frozen=True):
    name: str
    kind: Literal["a", "b"] = "a"


class State(msgspec.Struct, frozen=True):
    rows: Map[str, Row]
    late: Window[Row]


@dataclass(slots=True)
class House:
    colour: Colour
    states: dict[str, State]


def one(kind: object, version: int = 1) -> str:
    return form_of([("one", version, kind)])


def changed(change: str) -> str:
    """The form with one of the types above changed."""
    row = msgspec.defstruct("Row", [("name", str), ("kind", Literal["a", "b"], "a")], module=__name__)
    match change:
        case "a field more":
            row = msgspec.defstruct("Row", [("name", str), ("kind", Literal["a", "b"], "a"), ("age", int, 0)])
        case "another type":
            row = msgspec.defstruct("Row", [("name", str), ("kind", str, "a")])
        case "another literal":
            row = msgspec.defstruct("Row", [("name", str), ("kind", Literal["a", "c"], "a")])
        case "another default":
            row = msgspec.defstruct("Row", [("name", str), ("kind", Literal["a", "b"], "b")])
        case "another name":
            row = msgspec.defstruct("Row", [("title", str), ("kind", Literal["a", "b"], "a")])
    row.__module__, row.__qualname__ = __name__, "Row"
    state = msgspec.defstruct("State", [("rows", Map[str, row]), ("late", Window[row])], frozen=True)  # type: ignore[valid-type]
    state.__module__, state.__qualname__ = __name__, "State"
    return one(state)


def test_the_form_is_that_of_the_types_alone() -> None:
    assert changed("nothing") == one(State)


@pytest.mark.parametrize(
    "change", ["a field more", "another type", "another literal", "another default", "another name"]
)
def test_a_changed_type_makes_another_form_however_deep_it_is(change: str) -> None:
    assert changed(change) != one(State)


def placed(*modules: str) -> type:
    """A type that holds two of the same name, of these modules."""
    one, other = (
        msgspec.defstruct("Held", [(name, str)], module=module)
        for name, module in zip(("first", "second"), modules, strict=True)
    )
    return msgspec.defstruct("Holder", [("a", one), ("b", other)], module=modules[0])


def test_where_a_type_stands_makes_no_other_form() -> None:
    assert one(placed("engine.here", "engine.here")) == one(placed("engine.there", "engine.elsewhere"))


def test_two_of_one_name_are_told_apart() -> None:
    first, second = (msgspec.defstruct("Held", [(name, str)]) for name in ("first", "second"))
    both = [msgspec.defstruct("Holder", [("a", first), ("b", second), ("c", third)]) for third in (first, second)]
    assert one(both[0]) != one(both[1])


def test_a_version_a_name_and_an_enum_make_another_form() -> None:
    assert one(House, version=2) != one(House)
    assert form_of([("other", 1, House)]) != one(House)
    before = one(Colour)
    Other = StrEnum("Other", {"GREEN": "green"}, module=__name__)
    Other.__qualname__ = "Colour"
    assert one(Other) != before


def test_the_form_is_the_same_in_every_process() -> None:
    command = [sys.executable, "-c", "from engine.saved import form; print(form())"]
    said = {subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip() for _ in range(2)}
    assert said == {form()}


def test_every_state_can_be_saved_and_says_its_version() -> None:
    for pipeline in PIPELINES.values():
        assert isinstance(pipeline.empty, msgspec.Struct)
        assert pipeline.version >= 1


def test_what_holds_a_map_is_a_fold_and_a_plain_struct_is_not() -> None:
    assert is_fold(type(ground.EMPTY))
    assert is_fold(Window)
    assert not is_fold(Identity)
    assert not is_fold(Map[str, int])
