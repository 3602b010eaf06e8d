"""An analytics process without a journal: the real tables and reports in memory, with invented rows, over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import duckdb
import msgspec
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from engine.analytics import errors, reports, schema
from engine.analytics.screens.registry import AnyScreen
from engine.analytics.screens.screen import Params, Screen, Told
from engine.facts.persons import address_number
from engine.text import folded

KEY = "analysts' key"
A = TypeVar("A")


def told(token: str) -> Callable[[], Awaitable[str]]:
    """The analysts' token, as main tells it."""

    async def tell() -> str:
        return token

    return tell


class FakeAnalytics:
    """Answers while `up`; `refusals` are given first, each a status and a reason.

    While its tables are `made`, so many events of so many, it asks to come again.
    `asked` is what was asked, in so many `requests`.
    It is `late` until that is set, and
    while it `dawdles` it answers nothing, and `left` counts those who did not wait for it.
    """

    def __init__(self) -> None:
        self.database = duckdb.connect()
        for statement in schema.tables():
            self.database.execute(statement)
        reports.make(self.database)
        self.database.execute("SET TimeZone = 'UTC'")
        self.made: tuple[int, int] | None = None
        self.refusals: list[tuple[int, str]] = []
        self.asked: list[tuple[str, Params]] = []
        self._filled: set[str] = set()
        self.rows("SELECT 1")  # imports pandas, which takes seconds: not while a dashboard is served on the same loop
        self.clear()
        self._socket, self.port = bind_unused_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def listen(self) -> HTTPServer:
        """Serve on the running loop."""
        server = HTTPServer(Application([(r"/screen", _Screen, {"fake": self})]))
        server.add_sockets([self._socket.dup()])
        return server

    def close(self) -> None:
        """Give the port and the tables back."""
        self._socket.close()
        self.database.close()

    def clear(self) -> None:
        """It answers, nothing was asked, and there is no row that was put."""
        self.up, self.stale, self.made = True, False, None
        self.late: asyncio.Event | None = None
        self.dawdles, self.left, self.requests = False, 0, 0
        for table in self._filled:
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - tests name them
        for kept in (self.refusals, self.asked, self._filled):
            kept.clear()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All rows of the block in one transaction; each in its own takes ten times as long."""
        self.database.execute("BEGIN")
        yield
        self.database.execute("COMMIT")

    def put(self, table: str, **row: Any) -> None:
        """A row of a table; of one with finished and unfinished rows a finished one."""
        store = "" if table in {"visitors", "persons", "page_views", "left_messages"} else "store.closed_"
        if row.get("address") and table == "persons":
            row["address_number"] = address_number(row["address"])
        if row.get("name") and table == "persons":
            row["name_folded"] = folded(row["name"])
        self._filled.add(f"{store}{table}")
        columns, places = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        self.database.execute(f"INSERT INTO {store}{table} ({columns}) VALUES ({places})", list(row.values()))  # noqa: S608 - tests name them

    def rows(self, sql: str, params: Params = ()) -> list[dict[str, Any]]:
        """The rows of one question of a screen."""
        self.asked.append((sql, params))
        found: list[dict[str, Any]] = self.database.cursor().execute(sql, params).to_arrow_table().to_pylist()
        return found

    def answer(self, screen: Screen[A]) -> Told[A]:
        """All that a screen needs."""
        return Told(answer=screen.answer(self), stale=self.stale)


class _Screen(RequestHandler):
    def initialize(self, fake: FakeAnalytics) -> None:
        self.fake, self.gone = fake, asyncio.Event()

    def on_connection_close(self) -> None:
        self.gone.set()

    async def post(self) -> None:
        self.fake.requests += 1
        if self.fake.dawdles:
            self.fake.asked.append((self.request.body.decode(), ()))
            await self.gone.wait()
            self.fake.left += 1
        if self.fake.late:
            await self.fake.late.wait()
        if not self.fake.up or self.gone.is_set():
            self.detach().close()
            return
        if self.request.headers.get("Authorization") != f"Bearer {KEY}":
            self.refuse(401, "unauthorized")
        elif self.fake.made:
            self.set_status(503)
            self.finish(errors.retry(self.fake.made).body())
        elif self.fake.refusals:
            self.refuse(*self.fake.refusals.pop(0))
        else:
            try:
                self.finish(
                    msgspec.json.encode(self.fake.answer(msgspec.json.decode(self.request.body, type=AnyScreen)))
                )
            except duckdb.Error as error:
                self.refuse(400, str(error))

    def refuse(self, status: int, why: str) -> None:
        self.set_status(status)
        self.finish({"error": why, "message": f"refused: {why}"})
