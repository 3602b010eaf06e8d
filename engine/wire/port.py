"""A port of the house: what each of them has between the network and its application.

From the outside in: connections as many as there are descriptors for, the gate with its limits, the names of the house.
It must not know what the application answers.
"""

from collections.abc import Callable, Iterable

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerConnectionDelegate

from engine.counters import Ports
from engine.limits import Bound, Budgets
from engine.limits.table import BODY
from engine.wire.front import Front
from engine.wire.gate import PUBLIC, Rates, http_server
from engine.wire.hosts import Hosts
from engine.wire.listening import listen
from engine.wire.proxies import Proxies


def open_port(  # noqa: PLR0913 - a composition is told everything, by name
    application: HTTPServerConnectionDelegate,
    port: int,
    on: Iterable[str],
    budgets: Budgets,
    *,
    known: Hosts | None = None,
    cure: str = "",
    proxies: Proxies | None = None,
    body: Bound = BODY,
    rates: Rates | None = PUBLIC,
    counted: Ports | None = None,
    unnamed: Callable[[], None] | None = None,
) -> HTTPServer:
    """Serve an application, whose answers are `guarded` or `nameless`, at the port of each address of `on`.

    `known`, `cure`: see `Front`; `rates`, `unnamed`: see `http_server`; `counted`: see `listen`.
    """
    front = Front(application, known, cure=cure)
    server = http_server(front, proxies or Proxies(), budgets, body=body, rates=rates, unnamed=unnamed)
    listen(server, port, on, counted=counted)
    return server
