"""New ids. It stands beneath everything, so that whoever needs one loads no more."""

import re

from uuid_utils import uuid7

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def draw_id() -> str:
    """A new UUIDv7 as text: those that are drawn later sort after."""
    return str(uuid7())


def is_id(text: str) -> bool:
    """Whether a text is an id as one is drawn here: 36 characters, of which none has another way to be written."""
    return _ID.fullmatch(text) is not None
