"""How many descriptors (files and sockets) this process may have open: as many as the system lets it."""

import resource
from contextlib import suppress

MOST = 1 << 20  # where the system sets no limit
IN_HAND = 32  # descriptors that no connection gets: for databases, logs and processes of our own


def raise_limit() -> None:
    """Let this process, and those that it starts, have as many as the system lets them."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if hard == resource.RLIM_INFINITY else hard
    with suppress(OSError, ValueError):  # the system's own bound is lower: what there is has to do
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def for_connections() -> int:
    """How many there may be until no connection gets another; an eighth is kept in hand where there are few."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST if soft == resource.RLIM_INFINITY else soft
    return most - min(IN_HAND, most // 8)
