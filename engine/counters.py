"""What each process counts of what it drops, since its start. It must not know who counts, nor who asks."""

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


class VisitorSockets(Sockets, kw_only=True):
    """What became of visitors' websockets.

    Attributes:
        crawlers: pages were looked at by crawlers and automated browsers, which are passed over.
        refused: how much each limit refused, by its name; of requests and connections too.
        unnamed_proxies: requests came from a machine near us with a proxy's word, and it is not named as one.

    """

    crawlers: int = 0
    refused: dict[str, int] = msgspec.field(default_factory=dict)
    unnamed_proxies: int = 0


class Ports(msgspec.Struct, kw_only=True):
    """What became of connections before anybody heard them.

    Attributes:
        pauses: seconds in which none were taken, because the process had no descriptors left.

    """

    pauses: int = 0


class Browsers(msgspec.Struct, kw_only=True):
    """What a worker that serves people's browsers counts, and tells main.

    Attributes:
        tabs: what became of their websockets.
        not_let_in: websockets were refused, for want of a sign-in, or of a page that is theirs.
        sign_ins: were refused.
        refused: how much each limit refused, by its name.
        ports: what became of connections before that.

    """

    tabs: Sockets = msgspec.field(default_factory=Sockets)
    not_let_in: int = 0
    sign_ins: int = 0
    refused: dict[str, int] = msgspec.field(default_factory=dict)
    ports: Ports = msgspec.field(default_factory=Ports)


class Queries(msgspec.Struct, kw_only=True):
    """What analytics counts, and says with its health.

    Attributes:
        refused: how many questions were, by the reason's name; those without any are left out.
        too_slow: answers were broken off because their reader did not take them.
        ports: what became of connections before they asked.

    """

    refused: dict[str, int] = msgspec.field(default_factory=dict)
    too_slow: int = 0
    ports: Ports = msgspec.field(default_factory=Ports)


class Counters(msgspec.Struct, frozen=True, kw_only=True):
    """All that main knows to be counted.

    Attributes:
        visitors: of their pages and chats.
        door: of the house's own processes and its command line.
        busy: commands were refused because the journal had no room.
        shed: commands were refused because the disk had little room, by what was given up, or none (`full`); those
            without any are left out.
        dead_letters: how often a view could not take an event or be shown, by its name; those without any are left out.
        workers: what the workers have told of themselves, by process.
        ports: what became of connections at main's port before anybody heard them.

    """

    visitors: VisitorSockets
    door: Sockets
    busy: int = 0
    shed: Mapping[str, int] = {}
    dead_letters: Mapping[str, int] = {}
    workers: Mapping[str, Browsers] = {}
    ports: Ports = msgspec.field(default_factory=Ports)
