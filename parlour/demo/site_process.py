"""The demo shop's process: a web site of somebody else's, under another name than the server's."""

import asyncio
from collections.abc import Callable

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from parlour.demo.people import load_or_draw
from parlour.options import HOST, DemoOptions
from widget.demo_site.server import make_app


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve the shop until `stop`."""
    cast = load_or_draw(options.data_dir)
    server = HTTPServer(make_app(widget=options.gateway_url, site_key=cast.site_key))
    # "localhost" is often both ::1 and 127.0.0.1, and a browser may try either.
    server.add_sockets(bind_sockets(options.shop_port, "localhost" if options.host == HOST else options.host))
    ready()
    try:
        await stop.wait()
    finally:
        server.stop()
        await server.close_all_connections()
