"""The doorstep as a Tornado application."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

from tornado.web import Application

import engine.look
from dashboard import cookie
from dashboard.doorstep.files import STATIC, Home, Static
from dashboard.doorstep.first_password import Setup
from dashboard.doorstep.health import Health
from dashboard.doorstep.session import Login, Logout
from dashboard.exports.download import Download
from dashboard.exports.kept import Exports
from dashboard.origins import are_behind_tls
from dashboard.signins import SignIns

OWN = r"/app/(login|logout|setup|health|export/.*|static/parlour/.*|static/tokens\.css)$"


def own_forms(origins: Collection[str]) -> Mapping[str, Any]:
    """The settings by which only pages of ours can change something: by their form's token, and by where they are."""
    return {
        "xsrf_cookies": True,
        **cookie.settings(secure=are_behind_tls(origins)),
        "cross_origin_protection": True,
        "trusted_origins": frozenset(origins),
    }


def doorstep(
    parts: Mapping[str, object],
    signins: SignIns,
    exports: Exports,
    *,
    connected: asyncio.Event,
    origins: Collection[str],
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
        compress_response=True,
        **own_forms(origins),
    )
