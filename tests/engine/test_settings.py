"""Settings of any type: what a text says, what may be, and what a kept change of an older program means."""

from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from engine.settings import DEFAULTS, FIELDS, bounds_of, changed, read, recalled

Whole = Annotated[int, Meta(ge=1, le=9)]
Short = Annotated[str, Meta(max_length=20)]
Way = Literal["broadcast", "longest-idle"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Whole, "7", 7),
        (Whole, "70", 70),  # out of bounds: that is for the house to say
        (Short, "Welcome", "Welcome"),
        (bool, "true", True),
        (bool, "false", False),
        (float, "0.5", 0.5),
        (Way, "longest-idle", "longest-idle"),
    ],
)
def test_a_text_is_read_by_the_type_of_its_setting(kind: Any, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "name"), [(Whole, "many", "int"), (bool, "maybe", "bool"), (Way, "up", "value")]
)
def test_a_text_that_is_none_names_the_type(kind: Any, text: str, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        read(kind, text)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Whole, "1 to 9"),
        (Annotated[float, Meta(ge=0.5, le=2.0)], "0.5 to 2.0"),
        (Short, "a text of at most 20 characters"),
        (bool, "true or false"),
        (Way, "one of broadcast, longest-idle"),
        (tuple[int, ...], "a vartuple"),
    ],
)
def test_what_a_setting_may_be_is_said_in_words(kind: Any, said: str) -> None:
    assert bounds_of(kind) == said


def test_a_setting_is_changed_within_its_bounds_only() -> None:
    assert changed(DEFAULTS, "max_chats", 7).max_chats == 7
    for value in (0, 101, "7", True, None):
        with pytest.raises(msgspec.ValidationError):
            changed(DEFAULTS, "max_chats", value)
    with pytest.raises(KeyError):
        changed(DEFAULTS, "volume", 11)


def test_what_is_no_setting_any_more_is_passed_over_where_it_was_kept() -> None:
    assert recalled(DEFAULTS, "volume", 11) is DEFAULTS
    assert recalled(DEFAULTS, "max_chats", 1_000) is DEFAULTS
    assert recalled(DEFAULTS, "max_chats", 3).max_chats == 3


def test_every_default_is_within_its_bounds() -> None:
    for name, value in msgspec.structs.asdict(DEFAULTS).items():
        assert msgspec.convert(value, FIELDS[name]) == value
