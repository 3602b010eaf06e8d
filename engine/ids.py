"""New ids. It stands beneath everything, so that whoever needs one loads no more."""

from uuid_utils import uuid7


def draw_id() -> str:
    """A new UUIDv7 as text: those that are drawn later sort after."""
    return str(uuid7())
