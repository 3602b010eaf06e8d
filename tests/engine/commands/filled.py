"""A frame of every act at every door, and the fields of it that a client may not bring: caller or engine fills them."""

from typing import Any, get_args

import msgspec

from engine.commands import Act, Door
from engine.commands.filling import acts, brought_by

DOORS: tuple[Door, ...] = get_args(Door)
EXAMPLE: dict[str, Any] = {
    "client_id": "x", "conversation": "c", "text": "hi", "email": "a@b.example", "address": "http://a.example/",
    "name": "buy", "upto": 1, "on": True, "state": "open", "visitor": "v",
}  # fmt: skip


def frame_of(act: type[Act], door: Door) -> dict[str, Any]:
    """A frame that is one."""
    needed = {field.name for field in msgspec.structs.fields(act) if field.required} & brought_by(act)
    frame = {"t": act.__struct_config__.tag, **{name: EXAMPLE[name] for name in needed}}
    return frame | ({"client_id": "x"} if door in act.answered else {})


def filled_fields() -> list[tuple[Door, type[Act], str]]:
    """Every field of every act at every door that is not the client's."""
    return [
        (door, act, name)
        for door in DOORS
        for act in acts(door)
        for name in act.__struct_fields__
        if name not in brought_by(act) and not (name == "client_id" and door in act.answered)
    ]


def filled_at(door: Door) -> list[tuple[dict[str, Any], str]]:
    """A good frame of each act at the door, with each field that it may not bring."""
    return [(frame_of(act, door), field) for at, act, field in filled_fields() if at == door]


def good_at(door: Door) -> list[dict[str, Any]]:
    """A good frame of each act at the door."""
    return [frame_of(act, door) for act in acts(door)]


def with_field(frame: dict[str, Any], field: str) -> dict[str, Any]:
    """The frame with one field more, of a value that it might have."""
    return frame | {field: EXAMPLE.get(field, "mine")}
