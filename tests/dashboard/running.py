"""The dashboard on a free port before a house, in a thread, so that a test may talk HTTP or drive a browser."""

import asyncio
import threading
from asyncio import FIRST_COMPLETED
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from http.client import HTTPConnection, HTTPResponse
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from dashboard.app import serve
from dashboard.exports.kept import Exports
from dashboard.history import AnalyticsClient
from engine.counters import Browsers
from engine.limits import TABLE, Limit
from engine.wire.proxies import Proxies
from tests.dashboard.fake_analytics import KEY, FakeAnalytics, told
from tests.dashboard.house import PASSWORD, House
from tests.parlour.whole import free_port

T = TypeVar("T")
PATIENCE = 20.0  # seconds


class Running:
    """A running dashboard, and the house behind it; both run in a thread, and a test goes there by `at`."""

    def __init__(
        self, house: House | None = None, *, proxies: Sequence[str] = (), limits: Iterable[Limit] = TABLE
    ) -> None:
        self.house, self._limits = house or House(), limits
        self._proxies = Proxies(proxies)
        self.cookie_secret = b"k" * 32
        self.analytics = FakeAnalytics()
        self.exports = Exports()
        self.counted = Browsers()
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._loop: asyncio.AbstractEventLoop
        self._over: asyncio.Event
        self._stop: asyncio.Event
        self._serving: asyncio.Task[None]

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live(ready)), name="dashboard")
        self._thread.start()
        assert ready.wait(PATIENCE), "the house did not open"
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self.analytics.close()

    def start(self) -> None:
        """Serve, and wait until it is ready; the house is open already."""
        self._run(self._start())

    def stop(self) -> None:
        """End the dashboard, and wait for the end; the house stays."""
        self._run(self._end())

    def at(self, work: Callable[[House], Awaitable[T]]) -> T:
        """Let something happen in the house, on its loop, and wait for it."""

        async def run() -> T:
            return await work(self.house)

        return self._run(run())

    def do(self, work: Callable[[House], T]) -> T:
        """Do something at once on the house's loop."""

        async def run() -> T:
            return work(self.house)

        return self._run(run())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        """GET a page."""
        return self._request("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[HTTPResponse, str]:
        """POST a form."""
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._request("POST", path, urlencode(fields), headers)

    def form(self, path: str, headers: Mapping[str, str] | None = None, **fields: str) -> tuple[HTTPResponse, str]:
        """Open a page with a form and send the form, as a browser would, with what a proxy adds as `headers`."""
        response, page = self.get(path)
        token = page.split('name="_xsrf" value="')[1].split('"')[0]
        return self.post(path, {"_xsrf": token, **fields}, Cookie=cookie_of(response), **(headers or {}))

    def sign_in(self, login: str = "ann", password: str = PASSWORD) -> str:
        """Sign in over HTTP; the cookie."""
        response, _ = self.form("/app/login", login=login, password=password)
        assert response.status == 303
        return cookie_of(response)

    def _request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response, text

    async def _live(self, ready: threading.Event) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with self.house.opened():
            ready.set()
            await self._over.wait()

    async def _start(self) -> None:
        self._stop, ready = asyncio.Event(), asyncio.Event()
        self._serving = asyncio.create_task(self._serve(ready.set))
        await asyncio.wait((self._serving, waits := asyncio.create_task(ready.wait())), return_when=FIRST_COMPLETED)
        assert waits.done(), "the dashboard did not start"

    async def _end(self) -> None:
        self._stop.set()
        await self._serving

    async def _serve(self, ready: Callable[[], None]) -> None:
        server, client = self.analytics.listen(), AnalyticsClient(self.analytics.url, told(KEY))
        await serve(
            self.house.door, hosts=["127.0.0.1"], port=self.port, origins=[f"127.0.0.1:{self.port}"],
            cookie_secret=self.cookie_secret, stop=self._stop, ready=ready, analytics=client, exports=self.exports,
            counted=self.counted, proxies=self._proxies,
            limits=self._limits,
        )  # fmt: skip
        server.stop()
        await server.close_all_connections()


def cookie_of(response: HTTPResponse) -> str:
    """The cookies a response sets, as a browser sends them back."""
    return "; ".join(line.split(";")[0] for line in response.headers.get_all("Set-Cookie") or [])


def open_signed_in(page: Page, running: Running) -> None:
    """Give the tab Ann's session, open the dashboard, and wait until it is there."""
    pairs = (pair.split("=", 1) for pair in running.sign_in().split("; "))
    page.context.add_cookies([{"name": name, "value": value, "url": running.base} for name, value in pairs])
    page.goto(f"{running.base}/app/")
    expect(page.get_by_role("switch", name="Live Help")).to_be_enabled()
