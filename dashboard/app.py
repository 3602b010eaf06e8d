"""The dashboard process's composition: the router, the two Tornado applications behind it, and their life.

It must not know what stands behind the door.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from bokeh.document import Document
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.routing import PathMatches, Rule, RuleRouter

from dashboard.doorstep.routes import OWN, doorstep, own_forms
from dashboard.exports.kept import Exports
from dashboard.handlers import Components, CookieAuth, Doc, LoginInToken, SignedOut
from dashboard.history.question import History
from dashboard.panel.documents import in_token
from dashboard.panel.making import Make
from dashboard.panel.server import pages_of
from dashboard.shell import open_shell
from dashboard.signins import SignIns
from dashboard.tab_socket import TabSocket
from engine.background import Background
from engine.counters import Browsers
from engine.door.interface import Door
from engine.limits import TABLE, Budgets, Limit
from engine.limits.table import TAB_FRAME, TAB_PACE, TAB_REQUESTS
from engine.wire.answering import guarded
from engine.wire.gate import Rates
from engine.wire.hosts import Hosts
from engine.wire.port import open_port
from engine.wire.proxies import Proxies

_CURE = "--origin {scheme}://{host} (or origins in parlour.toml)"
log = logging.getLogger(__name__)
TOKEN_LIFE_S = 60  # from a page's making until its websocket must have opened
TAB_RATES = Rates(TAB_REQUESTS, TAB_PACE)
GOING_AWAY = 1001  # RFC 6455 §7.4.1


async def serve(  # noqa: PLR0913 - a composition root is told everything, by name
    door: Door,
    *,
    hosts: Sequence[str],
    port: int,
    origins: Sequence[str],
    cookie_secret: bytes,
    stop: asyncio.Event,
    ready: Callable[[], None],
    analytics: History | None = None,
    exports: Exports | None = None,
    counted: Browsers | None = None,
    proxies: Proxies | None = None,
    limits: Iterable[Limit] = TABLE,
    known: Hosts | None = None,
) -> None:
    """Serve the dashboard until `stop`; `origins` are exact, as `host[:port]` or with their scheme.

    Without `analytics` there is no history: reports and the Visitors List say so, everything else goes on.
    `exports` is what can be downloaded, and in `counted` stands what is dropped; `proxies` are believed;
    `known` are the names that it may be asked under, of themselves those of the origins.
    """
    signins, exports, counted = SignIns(door), exports or Exports(), counted or Browsers()
    budgets = Budgets(limits, clock=time.monotonic, refused=counted.refused)
    connected = asyncio.Event()
    watching = door.connected().subscribe(lambda yes: connected.set() if yes else connected.clear())

    def document(doc: Document) -> Iterator[None]:
        try:
            yield from _document(doc, door, signins, analytics, exports, counted)
        except SignedOut:
            raise
        except Exception:
            log.exception("a document could not be made")
            raise

    pages = guarded(_pages(document, signins, counted, origins=origins, cookie_secret=cookie_secret, budgets=budgets))
    parts = {"door": door, "signins": signins, "counted": counted}
    before = guarded(doorstep(parts, signins, exports, connected=connected, origins=origins))
    router = RuleRouter(
        [Rule(PathMatches(OWN), before), Rule(PathMatches(r"/app(/.*)?$"), pages), Rule(PathMatches(r".*"), before)]
    )
    pages.initialize(IOLoop.current())
    known = known or Hosts(urlsplit(one).netloc or one for one in origins)
    server = open_port(
        router, port, hosts, budgets, known=known, cure=_CURE, proxies=proxies, rates=TAB_RATES, counted=counted.ports
    )
    pages.start()
    background = Background()
    background.run(signins.look_after(), name="look after sign-ins")
    ready()
    try:
        await stop.wait()
    finally:
        background.cancel()
        watching.dispose()
        connected.clear()  # who asks on a connection that is open still must not come back to a server that goes
        await _close(server, pages)


async def _close(server: HTTPServer, pages: Any) -> None:
    server.stop()
    for socket in list(pages.settings["open_sockets"]):
        socket.close(GOING_AWAY)
    pages.stop()
    await server.close_all_connections()


def _pages(
    document: Make,
    signins: SignIns,
    counted: Browsers,
    *,
    origins: Sequence[str],
    cookie_secret: bytes,
    budgets: Budgets,
) -> Any:
    return pages_of(
        document,
        title="Parlour",
        page=Doc,
        socket=TabSocket,
        files=Components,
        in_token=LoginInToken(),
        prefix="/app",
        origins=frozenset(origins),
        # The pages' tokens are signed with a key of their own, so that no other use of the secret can make one.
        secret_key=hashlib.sha256(b"parlour dashboard token" + cookie_secret).hexdigest().encode(),
        sign_sessions=True,
        include_headers=[],
        include_cookies=[],
        session_token_expiration=TOKEN_LIFE_S,
        keep_alive_milliseconds=20_000,
        unused_session_lifetime_milliseconds=3_000,
        check_unused_sessions_milliseconds=1_000,
        websocket_max_message_size_bytes=TAB_FRAME.most,
        use_index=False,
        auth_provider=CookieAuth(signins),
        **own_forms(origins),
        compress_response=True,
        signins=signins,
        counted=counted,
        budgets=budgets,
        open_sockets=set[TabSocket](),
    )


def _document(
    doc: Document, door: Door, signins: SignIns, history: History | None, exports: Exports, counted: Browsers
) -> Iterator[None]:
    sign_in = signins.by_id(in_token(doc).get("login", ""))
    if sign_in is None:
        raise SignedOut
    yield from open_shell(
        door, sign_in, signins=signins, history=history, exports=exports, counted=counted.tabs, doc=doc
    )
