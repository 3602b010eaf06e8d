"""The settings of the house: one field each, with its default and what it may be; a setting of any type is one more.

It must not know who changes a setting, or why.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, inspect

from engine.limits.table import OFFICE


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The value of every setting.

    Attributes:
        visitor_grace: seconds from a visitor's last connection to the end of the visit.
        operator_grace: seconds from an operator's last tab to being gone.
        response_timeout: how many seconds a request rings.
        invitation_timeout: how many seconds an invitation is open.
        wrap_up: seconds after a chat, until the next is offered; 0: none.
        sleep_timeout: seconds without an action on any page, until a visitor sleeps.
        max_chats: conversations at once, where the operator has no number of their own.
        address_people: how many people there may be behind one address, for whom its limits have room.
        count_crawlers: whether crawlers and automated browsers are visitors like people.

    """

    visitor_grace: Annotated[int, Meta(ge=1, le=3_600)] = 60
    operator_grace: Annotated[int, Meta(ge=1, le=3_600)] = 60
    response_timeout: Annotated[int, Meta(ge=1, le=3_600)] = 30
    invitation_timeout: Annotated[int, Meta(ge=1, le=86_400)] = 120
    wrap_up: Annotated[int, Meta(ge=0, le=3_600)] = 0
    sleep_timeout: Annotated[int, Meta(ge=1, le=86_400)] = 600
    max_chats: Annotated[int, Meta(ge=1, le=100)] = 4
    address_people: Annotated[int, Meta(ge=1, le=1_000_000)] = OFFICE
    count_crawlers: bool = False


DEFAULTS = Settings()
FIELDS = {field.name: field.type for field in msgspec.structs.fields(Settings)}


def changed(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with another value. Raises `KeyError` for an unknown name, else `msgspec.ValidationError`."""
    return msgspec.structs.replace(settings, **{name: msgspec.convert(value, FIELDS[name])})


def recalled(settings: Settings, name: str, value: Any) -> Settings:
    """The settings after a change that was kept, perhaps by an older program; of no effect where none is such now."""
    try:
        return changed(settings, name, value)
    except (KeyError, msgspec.ValidationError):
        return settings


def read(kind: Any, text: str) -> Any:
    """What a text says for a setting of a type, whatever its bounds. Raises `ValueError` with the type's name."""
    plain = _PLAIN.get(type(inspect.type_info(kind)), kind)
    try:
        return msgspec.convert(text, plain, strict=False)
    except msgspec.ValidationError:
        raise ValueError(plain.__name__ if isinstance(plain, type) else "value") from None


def bounds_of(kind: Any) -> str:
    """What a setting of a type may be, in words."""
    match inspect.type_info(kind):
        case inspect.IntType(ge=least, le=most) | inspect.FloatType(ge=least, le=most):
            return f"{least} to {most}"
        case inspect.StrType(max_length=most):
            return f"a text of at most {most} characters"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType(values=values):
            return f"one of {', '.join(map(str, values))}"
        case other:
            return f"a {type(other).__name__.removesuffix('Type').lower()}"


_PLAIN: dict[type[inspect.Type], type] = {
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.StrType: str,
    inspect.BoolType: bool,
}
