"""Analytics' composition root: the journal on one side, analysts on the other.

It must not know what the process may take of the machine; `parlour.analytics_process` says so before it loads this.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from tornado.web import Application

from engine.analytics.following import JournalBehind
from engine.analytics.last_word import LastWord
from engine.analytics.serve import last_answer, routes
from engine.analytics.service import SUSPECTS, Service
from engine.analytics.store import InUse
from engine.journal import NewerJournal
from engine.journal.reader import NoJournal
from engine.limits import Budgets
from engine.limits.table import QUESTION
from engine.wire.answering import nameless
from engine.wire.front import Front
from engine.wire.gate import http_server
from engine.wire.listening import listen
from engine.wire.proxies import Proxies
from parlour import journal_end
from parlour.data_dir import CannotStart
from parlour.keys import analyst_key
from parlour.options import Options

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
    application = Front(nameless(Application(routes(service, analyst_key(options.data_dir)))))
    budgets = Budgets(clock=time.monotonic)
    server = http_server(application, Proxies(), budgets, body=QUESTION, counts_requests=False)
    listen(server, options.analytics_port, options.hosts, counted=service.counted.ports)
    service.start()
    await _caught_up(service, stop)
    ready()
    await stop.wait()
    server.stop()
    service.end_all()
    await service.close()  # before the connections: who waits is still told to ask again
    await server.close_all_connections()


async def _open(options: Options, stop: asyncio.Event, last_word: LastWord) -> Service | None:
    """The service, once main has made the journal. Raises `CannotStart`."""
    journal_end.check(options.data_dir)
    while not stop.is_set():
        try:
            return Service(options.data_dir, last_word=last_word)
        except NoJournal:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.05)
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
