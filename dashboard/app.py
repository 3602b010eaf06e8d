"""The dashboard process's composition: the router, the two Tornado applications behind it, and their life.

It must not know what stands behind the door.
"""

import asyncio
import hashlib
import warnings
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import bokeh.resources
import bokeh.server.urls
import panel as pn
import panel.models.esm
from bokeh.server.tornado import BokehTornado
from bokeh.util.warnings import BokehUserWarning
from panel.io.application import build_applications
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.routing import PathMatches, Rule, RuleRouter
from tornado.web import Application

import engine.look
from dashboard.downloads import Download
from dashboard.exports import Exports
from dashboard.handlers import Components, CookieAuth, Doc, LoginInToken
from dashboard.history.question import History
from dashboard.login import STATIC, Health, Home, Login, Logout, Setup, Static
from dashboard.shell import open_shell
from dashboard.signins import SignIns
from dashboard.tab_socket import TabSocket
from engine.counters import Browsers
from engine.door.interface import Door

_XSRF_COOKIE = {"httponly": True, "samesite": "Strict", "path": "/app"}
_LARGEST_BODY = 64 * 1024  # bytes; only forms are posted
_LARGEST_FRAME = 256 * 1024  # bytes of one Bokeh message from a browser


async def serve(  # noqa: PLR0913 - a composition root is told everything, by name
    door: Door,
    *,
    host: str,
    port: int,
    origins: Sequence[str],
    cookie_secret: bytes,
    stop: asyncio.Event,
    ready: Callable[[], None],
    analytics: History | None = None,
    exports: Exports | None = None,
    counted: Browsers | None = None,
) -> None:
    """Serve the dashboard until `stop`; `origins` are exact, as `host[:port]` or with their scheme.

    Without `analytics` there is no history: reports and the Visitors List say so, everything else goes on.
    `exports` is what can be downloaded, and in `counted` stands what is dropped.
    """
    signins, exports, counted = SignIns(door), exports or Exports(), counted or Browsers()
    connected = asyncio.Event()
    watching = door.connected().subscribe(lambda yes: connected.set() if yes else connected.clear())

    def document() -> None:
        _document(door, signins, analytics, exports, counted)

    pages = _bokeh_application(document, signins, counted, origins=origins, cookie_secret=cookie_secret)
    parts = {"door": door, "signins": signins, "secure": _behind_tls(origins), "counted": counted}
    doorstep = _doorstep(parts, signins, exports, connected=connected)
    own = r"/app/(login|logout|setup|health|export/.*|static/parlour/.*|static/tokens\.css)$"
    router = RuleRouter(
        [Rule(PathMatches(own), doorstep), Rule(PathMatches(r"/app(/.*)?$"), pages), Rule(PathMatches(r".*"), doorstep)]
    )
    pages.initialize(IOLoop.current())
    server = HTTPServer(router, max_body_size=_LARGEST_BODY)
    server.listen(port, host)
    pages.start()
    ready()
    try:
        await stop.wait()
    finally:
        watching.dispose()
        connected.clear()  # who asks on a connection that is open still must not come back to a server that goes
        await _close(server, pages)


async def _close(server: HTTPServer, pages: Any) -> None:
    server.stop()
    for client in list(pages._clients):
        client._socket.close(1001)
    pages.stop()
    await server.close_all_connections()


def _behind_tls(origins: Sequence[str]) -> bool:
    return bool(origins) and all(origin.startswith("https://") for origin in origins)


def _host(origin: str) -> str:
    return urlsplit(origin).netloc if "://" in origin else origin


def _doorstep(parts: dict[str, object], signins: SignIns, exports: Exports, *, connected: asyncio.Event) -> Application:
    tokens = {"path": engine.look.__path__[0]}
    return Application(
        [
            (r"/app/login", Login, parts),
            (r"/app/logout", Logout, parts),
            (r"/app/setup", Setup, parts),
            (r"/app/health", Health, {"connected": connected}),
            (r"/app/export/([0-9a-f]+\.csv)", Download, {"signins": signins, "exports": exports}),
            (r"/app/static/parlour/(.*)", Static, {"path": str(STATIC)}),
            (r"/app/static/(tokens\.css)", Static, tokens),
            (r"/?", Home),
        ],
        xsrf_cookies=True,
        xsrf_cookie_kwargs=_XSRF_COOKIE,
        compress_response=True,
    )


def _bokeh_application(
    document: Callable[[], None], signins: SignIns, counted: Browsers, *, origins: Sequence[str], cookie_secret: bytes
) -> Any:
    # Neither formulas nor WebGL are shipped: mathjax and gl are 670 KB. Without the tables nothing renders.
    bokeh.resources.Resources._default_components = ["bokeh", "bokeh-widgets", "bokeh-tables"]
    pn.config.browser_info = False  # a model for each part, of which nobody asks anything
    # Browsers load modules by themselves (`importShim` in shell.html); es-module-shims would load each file twice.
    panel.models.esm.ReactiveESM.__javascript_raw__ = []
    # A browser sends a model whole with its first message after the server made it; the server's own stays.
    warnings.filterwarnings("ignore", "reference already known", BokehUserWarning)
    bokeh.server.urls.per_app_patterns[:] = [(r"/ws", TabSocket), (r"/?", Doc)]
    applications = build_applications({"/": document}, title="Parlour", location=False)
    for application in applications.values():
        application.add(LoginInToken())
    return BokehTornado(
        applications,
        prefix="/app",
        extra_patterns=[(r"/components/(.*)", Components, {})],
        extra_websocket_origins=[_host(origin) for origin in origins],
        # The pages' tokens are signed with a key of their own, so that no other use of the secret can make one.
        secret_key=hashlib.sha256(b"parlour dashboard token" + cookie_secret).hexdigest().encode(),
        sign_sessions=True,
        include_headers=[],
        include_cookies=[],
        session_token_expiration=60,
        keep_alive_milliseconds=20_000,
        unused_session_lifetime_milliseconds=3_000,
        check_unused_sessions_milliseconds=1_000,
        websocket_max_message_size_bytes=_LARGEST_FRAME,
        use_index=False,
        auth_provider=CookieAuth(signins),
        xsrf_cookies=True,
        xsrf_cookie_kwargs=_XSRF_COOKIE,
        compress_response=True,
        signins=signins,
        counted=counted,
    )


def _document(door: Door, signins: SignIns, history: History | None, exports: Exports, counted: Browsers) -> None:
    payload = pn.state.curdoc.session_context.token_payload
    sign_in = signins.by_id(payload.get("login", ""))
    if sign_in is None:
        raise PermissionError("signed out while the page was made")
    open_shell(
        door,
        sign_in,
        signins=signins,
        history=history,
        exports=exports,
        counted=counted.tabs,
        doc=pn.state.curdoc,
    )
