"""The main process's composition root: journal, core, streams, door and gateway on one loop."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pysqlite3.dbapi2 import DatabaseError
from reactivex.scheduler.eventloop import AsyncIOScheduler
from tornado.web import Application

from engine.accounts import Accounts, NewerSecrets
from engine.background import Background
from engine.clock import Clock
from engine.core import Core
from engine.disk import is_full
from engine.door.in_process import InProcessDoor
from engine.door.inside import Secrets
from engine.door.server import DoorSocket
from engine.journal import Journal, NewerJournal
from engine.limits import TABLE, Limit
from engine.room import NoRoom
from engine.saved import Recovered, SnapshotAhead, recover
from engine.streams.live import LiveViews
from engine.streams.machinery.pipeline import Moment, named
from engine.wire.answering import guarded
from engine.wire.port import open_port
from engine.wire.proxies import Proxies
from parlour import journal_end, lost_secrets
from parlour.data_dir import CannotStart
from parlour.first_start import furnish
from parlour.journal_check import keep_checking
from parlour.keys import door_keys, secrets_at_the_door
from parlour.options import HOST_OPTION, Options
from parlour.room_watch import LOOK, watch_room
from parlour.snapshots import Snapshots
from parlour.starting import Starting, Tell
from widget import gateway
from widget.visitors import Visitors

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class House:
    """A running engine and its parts."""

    core: Core
    views: LiveViews
    accounts: Accounts
    door: InProcessDoor
    visitors: Visitors
    snapshots: Snapshots


@asynccontextmanager
async def open_house(
    data_dir: Path,
    *,
    on_fatal: Callable[[BaseException], None] | None = None,
    secrets: Secrets | None = None,
    clock: Clock | None = None,
    limits: Iterable[Limit] = TABLE,
    starts: Tell | None = None,
) -> AsyncIterator[House]:
    """The engine over a data folder that is ours; `secrets` is what each worker may be told. Raises `CannotStart`.

    Where the disk is full it waits for room. `starts` is told how far it is.
    """
    await _opened(data_dir, lambda: journal_end.check(data_dir))
    # The logins first: a journal that has none beside it has lost them.
    accounts = await _opened(data_dir, lambda: Accounts.open(data_dir / "secrets.db"))
    journal = await _journal(data_dir, accounts)
    found = _recover(data_dir, journal, starts)
    core = Core(journal, known=found.known, clock=clock, on_fatal=on_fatal or _raise)
    scheduler = AsyncIOScheduler(asyncio.get_running_loop())
    views = LiveViews(core.moments, scheduler=scheduler, start=found.known.states, dead=_dead)
    snapshots = Snapshots(data_dir, core, journal, found=found)
    visitors = Visitors(core, views, accounts, epoch=journal.epoch, limits=limits)
    door = InProcessDoor.over(
        core, views, accounts, epoch=journal.epoch, secrets=secrets or {}, visitors=visitors.counted
    )
    try:
        await core.start()
        yield House(
            snapshots=snapshots,
            core=core,
            views=views,
            accounts=accounts,
            door=door,
            visitors=visitors,
        )
        await snapshots.make_last(views)
    finally:
        await core.stop()
        views.dispose()
        await accounts.close()


async def _opened(data_dir: Path, work: Callable[[], T]) -> T:
    """What `work` opens, as soon as the disk has room for it. Raises `CannotStart`."""
    said = False
    while True:
        try:
            return work()
        except (NewerJournal, NewerSecrets) as error:
            raise CannotStart(f"The data folder was written by a newer Parlour: {error}.") from None
        except (DatabaseError, NoRoom) as error:
            if not is_full(error, data_dir):
                raise journal_end.damaged(data_dir, error) from None
        if not said:
            log.error("the disk of %s is full: main waits for room before it starts", data_dir)
        said = True
        await asyncio.sleep(LOOK)


async def _journal(data_dir: Path, accounts: Accounts) -> Journal:
    try:
        return await _opened(data_dir, lambda: Journal(data_dir / "journal.db"))
    except BaseException:
        await accounts.close()
        raise


def _recover(data_dir: Path, journal: Journal, starts: Tell | None) -> Recovered:
    tell = partial(starts, "Reading the journal") if starts else None
    try:
        return recover(journal, last=journal.last_position(), dead=_dead, tell=tell)
    except SnapshotAhead:
        raise journal_end.lost(data_dir) from None
    except DatabaseError as error:
        raise journal_end.damaged(data_dir, error) from None


async def run(options: Options, stop: asyncio.Event, ready: Starting) -> None:
    """Serve visitors and the door until `stop`; a journal that cannot be written ends it loudly."""
    fatal: list[BaseException] = []

    def on_fatal(error: BaseException) -> None:
        log.critical("the journal cannot be written, stopping", exc_info=error)
        fatal.append(error)
        stop.set()

    gc.disable()  # until ready: it would look through all that is read again and again, and find nothing
    lost_secrets.check(options.data_dir)
    secrets = secrets_at_the_door(options.data_dir)
    async with open_house(options.data_dir, on_fatal=on_fatal, secrets=secrets, starts=ready.tell) as house:
        await furnish(house.core, house.views)
        door = {"door": house.door, "keys": door_keys(options.data_dir)}
        routes = [*gateway.routes(house.visitors), (r"/door", DoorSocket, door)]
        server = open_port(
            guarded(Application(routes, **gateway.settings)),
            options.port,
            options.hosts,
            house.visitors.budgets,
            known=options.known_hosts,
            cure=HOST_OPTION,
            proxies=Proxies(options.proxies),
            counted=house.door.ports,
            unnamed=house.visitors.unnamed_proxy,
        )
        background = Background()
        background.run(watch_room(options.data_dir, house.core.condition, options.least_room), name="room")
        background.run(keep_checking(options.data_dir, house.core.condition), name="a look through the journal")
        background.run(house.snapshots.keep_making(), name="snapshots")
        ready()
        gc.enable()
        await stop.wait()
        background.cancel()
        server.stop()
        await server.close_all_connections()
    if fatal:
        raise fatal[0]


def _raise(error: BaseException) -> None:
    raise error


def _dead(view: str, moment: Moment | None, error: Exception) -> None:
    log.error("the view %s could not take %s", view, named(moment), exc_info=error)
