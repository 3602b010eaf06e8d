"""Bokeh's server as an ordinary Tornado application, with handlers of our own at the addresses of its own."""

from typing import Any

import bokeh.server.urls
from bokeh.application.handlers.handler import Handler
from bokeh.server.tornado import BokehTornado
from panel.io.application import build_applications
from tornado.web import RequestHandler

from dashboard.panel.libraries import keep_quiet_of_what_is_known, ship_only_what_is_used
from dashboard.panel.making import Make, Making
from dashboard.panel.socket import DocumentSocket


def pages_of(
    document: Make,
    *,
    title: str,
    page: type[RequestHandler],
    socket: type[DocumentSocket],
    files: type[RequestHandler],
    in_token: Handler,
    **settings: Any,
) -> Any:
    """The application that makes each tab its `document`; its own addresses but these two answer nothing."""
    ship_only_what_is_used()
    keep_quiet_of_what_is_known()
    bokeh.server.urls.per_app_patterns[:] = [(r"/ws", socket), (r"/?", page)]
    applications = build_applications({"/": lambda: None}, title=title, location=False)
    for application in applications.values():
        application.add(in_token)
        application.add(Making(document))
    return BokehTornado(applications, extra_patterns=[(r"/components/(.*)", files, {})], **settings)
