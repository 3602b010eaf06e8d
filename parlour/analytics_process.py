"""The analytics process: what it may take of the machine, said before anything of analytics is loaded.

One huge value of an analyst is held back by no setting of the database, only by the process's own limit; what it costs
then is this process, which the supervisor starts again.
"""

import asyncio
import ctypes
import os
import resource
from collections.abc import Callable

from parlour.options import Options

ADDRESS_SPACE = 2 << 30  # bytes
M_ARENA_MAX = -8  # of mallopt: each arena takes 64 MiB of address space


async def run(options: Options, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve analysts until `stop`, within limits."""
    os.umask(0o077)  # what people wrote is the folder's owner's alone
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # Arrow's own one takes a GiB of addresses at once
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    from parlour import analytics  # Arrow reads its settings when it is loaded

    await analytics.serve(options, stop, ready)
