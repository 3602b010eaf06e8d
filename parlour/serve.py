"""The parent process of a server: claims the folder, keeps its processes alive, says where they are."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

from pysqlite3.dbapi2 import DatabaseError

from engine.accounts import Accounts, NewerSecrets
from engine.wire.descriptors import raise_limit
from parlour import child, journal_end, lost_secrets
from parlour.command_line.progress import Progress
from parlour.data_dir import CannotStart, Claim, Holder, claim
from parlour.keys import analyst_key, door_keys
from parlour.options import Options
from parlour.processes import HOUSE, PROCESSES
from parlour.starting import Tell
from parlour.supervise import Program, Supervisor


async def serve(options: Options) -> None:
    """Run a server until it is told to stop. Raises `CannotStart`."""
    ports = options.ports(HOUSE)
    with claim(options.data_dir, host=options.host, ports=ports, least_room=options.least_room) as mine:
        journal_end.check(options.data_dir)  # before anything is made that is only missing
        lost_secrets.check(options.data_dir)
        code = await _setup_code(options)
        progress = Progress(counts="events")
        async with children(options, mine, HOUSE, starts=progress) as supervisor:
            with progress:
                await supervisor.ready(*HOUSE)
            _say_where(options, code)
            await supervisor.failed


@asynccontextmanager
async def children(
    options: Options, mine: Claim, names: Iterable[str], *, starts: Tell = lambda part, done, of: None
) -> AsyncIterator[Supervisor]:
    """The named processes, started; ended with the context. `starts` is told how far a start is."""
    raise_limit()
    door_keys(options.data_dir)  # before any child asks for its own
    analyst_key(options.data_dir)

    def tell(processes: dict[str, int]) -> None:
        mine.write(Holder(pid=os.getpid(), port=options.port, processes=processes))

    tell({})
    async with Supervisor(options.data_dir / "logs", share=(mine.fd,), changed=tell, starts=starts) as supervisor:
        for name in names:
            supervisor.start(program(name, options))
        yield supervisor


def program(name: str, options: Options) -> Program:
    """How the process `name` is started."""
    return Program(name=name, command=child.command(name, options), mortal=PROCESSES[name].mortal)


async def until_signal(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` until SIGTERM, SIGINT or SIGHUP; then let it end in order."""
    task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def end() -> None:
        for number in signals:  # once: a second one must not break off the ending
            loop.add_signal_handler(number, lambda: None)
        task.cancel()

    for number in signals:
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await task


async def _setup_code(options: Options) -> str | None:
    """The one-time code of a house where nobody has a login; taken before main, which alone opens the file, starts."""
    try:
        accounts = Accounts.open(options.data_dir / "secrets.db")
    except NewerSecrets as error:
        raise CannotStart(f"{error}.") from None
    except DatabaseError as error:
        raise CannotStart(f"secrets.db in {options.data_dir} is damaged ({error}); restore it from a backup.") from None
    try:
        return await accounts.setup_code()
    finally:
        await accounts.close()


def _say_where(options: Options, code: str | None) -> None:
    if code is None:
        print(options.dashboard_url, flush=True)
    else:
        print(f"{options.dashboard_url}/setup#{code}", flush=True)
        print("Open the address above once, to set the administrator's password.", file=sys.stderr)
    print(
        f"Dashboard: {options.dashboard_url}\nWidget:    {options.gateway_url}/widget.js", file=sys.stderr, flush=True
    )
