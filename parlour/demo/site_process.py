"""The demo shop's process: a web site of somebody else's, under another name than the server's."""

import asyncio
from collections.abc import Callable

from tornado.httpserver import HTTPServer

from engine.wire.answering import nameless
from engine.wire.front import Front
from engine.wire.listening import listen
from parlour.demo.people import load_or_draw
from parlour.options import DemoOptions
from widget.demo_site.server import make_app


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve the shop until `stop`."""
    cast = load_or_draw(options.data_dir)
    server = HTTPServer(Front(nameless(make_app(widget=options.gateway_url, site_key=cast.site_key))))
    listen(server, options.shop_port, options.shop_listens)
    ready()
    try:
        await stop.wait()
    finally:
        server.stop()
        await server.close_all_connections()
