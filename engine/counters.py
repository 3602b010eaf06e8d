"""What main counts of what it drops, since its start. It must not know who counts, nor who asks."""

from collections.abc import Mapping

import msgspec


class Sockets(msgspec.Struct, kw_only=True):
    """What became of the websockets of one kind.

    Attributes:
        bad_frames: were refused as malformed or unknown.
        too_slow: sockets were cut off because their reader did not take what waited.
        silent: sockets were cut off because they answered no ping.

    """

    bad_frames: int = 0
    too_slow: int = 0
    silent: int = 0


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """All that is counted.

    Attributes:
        visitors: of their pages and chats.
        door: of the house's own processes and its command line.
        busy: commands were refused because the journal had no room.
        dead_letters: how often a view could not take an event or be shown, by its name; those without any are left out.

    """

    visitors: Sockets
    door: Sockets
    busy: int = 0
    dead_letters: Mapping[str, int] = {}
