"""Analytics' composition root: the journal on one side, analysts on the other.

It must not know what the process may take of the machine; `parlour.analytics_process` says so before it loads this.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from tornado.web import Application

from engine.analytics.following import JournalBehind
from engine.analytics.last_word import LastWord
from engine.analytics.serve import last_answer, routes
from engine.analytics.service import SUSPECTS, Service
from engine.analytics.store import InUse
from engine.disk import has_room_for_copies
from engine.journal import NewerJournal
from engine.journal.reader import NoJournal
from engine.limits import Budgets
from engine.limits.table import QUESTION
from engine.room import NoRoom
from engine.wire.answering import guarded
from engine.wire.port import open_port
from parlour import journal_end
from parlour.data_dir import CannotStart
from parlour.keys import analyst_key
from parlour.options import Options

log = logging.getLogger(__name__)
WAITS = 1.0  # seconds until it is tried again where the disk has little room
PATIENCE = 5.0  # seconds for catching up before the process says that it is ready, so that others need not wait


async def serve(options: Options, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Follow the journal and answer analysts until `stop`."""
    last_word = LastWord(last_answer(), options.data_dir / SUSPECTS)
    try:
        await _serve(options, stop, ready, last_word)
    finally:
        last_word.close()


async def _serve(options: Options, stop: asyncio.Event, ready: Callable[[], None], last_word: LastWord) -> None:
    service = await _open(options, stop, last_word)
    if service is None:
        return
    server = open_port(
        guarded(Application(routes(service, analyst_key(options.data_dir)))),
        options.analytics_port,
        options.hosts,
        Budgets(clock=time.monotonic),
        body=QUESTION,
        rates=None,
        counted=service.counted.ports,
    )
    service.start()
    await _caught_up(service, stop)
    ready()
    await stop.wait()
    server.stop()
    service.end_all()
    await service.close()  # before the connections: who waits is still told to ask again
    await server.close_all_connections()


async def _open(options: Options, stop: asyncio.Event, last_word: LastWord) -> Service | None:
    """The service, once main has made the journal and the disk has room for the tables. Raises `CannotStart`."""
    has_room = partial(has_room_for_copies, options.data_dir, options.least_room)
    said = False
    while not stop.is_set():
        try:
            if not has_room():
                raise NoRoom
            journal_end.check(options.data_dir)
            return Service(options.data_dir, has_room=has_room, last_word=last_word)
        except NoJournal:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.05)
        except NoRoom:
            if not said:
                log.warning("the disk has little room: analytics waits for more before it starts")
            said = True
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), WAITS)
        except JournalBehind:
            raise journal_end.lost(options.data_dir) from None
        except NewerJournal as error:
            raise CannotStart(f"The data folder was written by a newer Parlour: {error}.") from None
        except InUse as error:
            raise CannotStart(f"{options.data_dir / str(error)} is in use by another program.") from None
    return None


async def _caught_up(service: Service, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not service.progress.ready and not stop.is_set():
                await service.moved.wait()
