"""The demo shop's process: a web site of somebody else's, under another name than the server's."""

import asyncio
import time
from collections.abc import Callable

from engine.limits import Budgets
from engine.wire.answering import nameless
from engine.wire.port import open_port
from parlour.demo.people import load_or_draw
from parlour.options import DemoOptions
from widget.demo_site.server import make_app


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve the shop until `stop`."""
    cast = load_or_draw(options.data_dir)
    shop = nameless(make_app(widget=options.gateway_url, site_key=cast.site_key))
    server = open_port(shop, options.shop_port, options.shop_listens, Budgets(clock=time.monotonic), rates=None)
    ready()
    try:
        await stop.wait()
    finally:
        server.stop()
        await server.close_all_connections()
