"""What every command is."""

from typing import ClassVar

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command", tag=str):
    """Something asked for.

    Attributes:
        has_happened: somebody came or went; it tells so, and is never refused for want of room: it would be lost, and
            somebody left with an empty chair for ever.

    """

    has_happened: ClassVar[bool] = False
