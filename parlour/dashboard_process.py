"""The dashboard process's composition root: the door to main on one side, Panel's pages on the other."""

import asyncio
import hashlib
import os
from collections.abc import Callable

import dashboard.app
from dashboard.history import AnalyticsClient
from engine.counters import Browsers
from engine.door.remote import RemoteDoor
from engine.door.requests import AskSecret
from engine.door.telling import telling
from engine.wire.proxies import Proxies
from parlour.keys import door_key
from parlour.options import Options


async def run(options: Options, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve the dashboard until `stop`."""
    os.environ.pop("BOKEH_ALLOW_WS_ORIGIN", None)  # it would go over our own list of origins
    key = door_key(options.data_dir, "dashboard")
    counted = Browsers()
    async with RemoteDoor(options.door_url, key) as door, telling(door, counted):
        await dashboard.app.serve(
            door,
            hosts=options.listens,
            port=options.dashboard_port,
            origins=options.dashboard_origins,
            proxies=Proxies(options.proxies),
            known=options.known_hosts,
            # Main alone opens secrets.db; who holds this process's key may sign pages too.
            cookie_secret=hashlib.sha256(b"parlour dashboard" + key.encode()).digest(),
            stop=stop,
            ready=ready,
            counted=counted,
            analytics=AnalyticsClient(
                f"http://127.0.0.1:{options.analytics_port}", lambda: door.ask(AskSecret(name="analyst"))
            ),
        )
