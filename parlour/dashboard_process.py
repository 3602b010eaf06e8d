"""The dashboard process's composition root: the door to main on one side, Panel's pages on the other."""

import asyncio
import hashlib
import os
from collections.abc import Callable

import dashboard.app
from dashboard.history import AnalyticsClient
from engine.door.remote import RemoteDoor
from parlour.keys import analyst_key, door_key
from parlour.options import Options


async def run(options: Options, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve the dashboard until `stop`."""
    os.environ.pop("BOKEH_ALLOW_WS_ORIGIN", None)  # it would go over our own list of origins
    secret = door_key(options.data_dir)
    analytics = AnalyticsClient(f"http://127.0.0.1:{options.analytics_port}", analyst_key(options.data_dir))
    async with RemoteDoor(options.door_url, secret) as door:
        await dashboard.app.serve(
            door,
            host=options.host,
            port=options.dashboard_port,
            origins=options.dashboard_origins,
            # Main alone opens secrets.db; who holds the door's secret may sign pages too.
            cookie_secret=hashlib.sha256(b"parlour dashboard" + secret.encode()).digest(),
            stop=stop,
            ready=ready,
            analytics=analytics,
        )
