"""The doorstep as a Tornado application."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tornado.web import Application

import engine.look
from dashboard.doorstep.files import STATIC, Home, Static
from dashboard.doorstep.first_password import Setup
from dashboard.doorstep.health import Health
from dashboard.doorstep.session import Login, Logout
from dashboard.exports.download import Download
from dashboard.exports.kept import Exports
from dashboard.signins import SignIns

OWN = r"/app/(login|logout|setup|health|export/.*|static/parlour/.*|static/tokens\.css)$"
XSRF_COOKIE: Mapping[str, Any] = {"httponly": True, "samesite": "Strict", "path": "/app"}


def doorstep(
    parts: Mapping[str, object], signins: SignIns, exports: Exports, *, connected: asyncio.Event
) -> Application:
    """What answers `OWN`, and whatever is outside of `/app`; the pages with a form are given the `parts`."""
    return Application(
        [
            (r"/app/login", Login, {**parts}),
            (r"/app/logout", Logout, {**parts}),
            (r"/app/setup", Setup, {**parts}),
            (r"/app/health", Health, {"connected": connected}),
            (r"/app/export/([0-9a-f]+\.csv)", Download, {"signins": signins, "exports": exports}),
            (r"/app/static/parlour/(.*)", Static, {"path": str(STATIC)}),
            (r"/app/static/(tokens\.css)", Static, {"path": engine.look.__path__[0]}),
            (r"/?", Home),
        ],
        xsrf_cookies=True,
        xsrf_cookie_kwargs=XSRF_COOKIE,
        compress_response=True,
    )
