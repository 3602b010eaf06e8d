"""A running service inside the test, and an analyst who asks it over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from engine.analytics.query import Limits
from engine.analytics.serve import routes
from engine.analytics.service import Service
from engine.limits.table import QUESTION
from tests.running import eventually

KEY = "the key of analysts"


@dataclass
class Told:
    """What an analyst was told."""

    status: int
    body: bytes

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of an answer."""
        assert self.status == 200, self.body
        rows: list[dict[str, Any]] = pa.ipc.open_stream(self.body).read_all().to_pylist()
        return rows

    @property
    def refusal(self) -> dict[str, Any]:
        """Why there is no answer."""
        assert self.status != 200
        said: dict[str, Any] = json.loads(self.body)
        assert said["message"]
        return said

    @property
    def error(self) -> tuple[int, str]:
        """The status and the name of a refusal."""
        return self.status, self.refusal["error"]


@dataclass
class Lines:
    """A stream of events as a client reads it; `beats` counts the heartbeats."""

    events: list[dict[str, Any]] = field(default_factory=list)
    beats: int = 0
    ended: bool = False
    _rest: bytes = b""

    def take(self, chunk: bytes) -> None:
        """Take what came."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        self.beats += lines.count(b"")
        self.events += [json.loads(line) for line in lines if line]

    @property
    def positions(self) -> list[int]:
        """Of the events."""
        return [event["position"] for event in self.events]


@dataclass
class Analyst:
    """Somebody who asks the service at an address; `ended` says that the process would have ended."""

    url: str
    key: str = KEY
    ended: list[str] = field(default_factory=list)

    async def asks(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> Told:
        """Ask a question."""
        return await self.posts(
            json.dumps({"sql": sql, "params": params if isinstance(params, dict) else list(params)})
        )

    async def posts(self, body: str | bytes, path: str = "/query") -> Told:
        """Ask whatever it is."""
        return await self._fetch(path, method="POST", body=body)

    async def gets(self, path: str) -> Told:
        """Fetch an address."""
        return await self._fetch(path)

    async def health(self) -> dict[str, Any]:
        """How far the tables are."""
        said: dict[str, Any] = json.loads((await self.gets("/health")).body)
        return said

    @asynccontextmanager
    async def events(self, query: str) -> AsyncIterator[Lines]:
        """Read the events until the context ends."""
        lines = Lines()
        host, _, port = self.url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        # HTTP/1.0 has no chunks: what comes after the head is the lines.
        writer.write(f"GET /events{query} HTTP/1.0\r\nAuthorization: Bearer {self.key}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.splitlines()[0]
        reading = asyncio.create_task(_read(reader, lines))
        try:
            yield lines
        finally:
            writer.close()
            reading.cancel()

    @asynccontextmanager
    async def asking(self, sql: str) -> AsyncIterator[None]:
        """Ask a question, and go away with the end of the context, whether it was answered or not."""
        host, _, port = self.url.removeprefix("http://").partition(":")
        _reader, writer = await asyncio.open_connection(host, int(port))
        body = json.dumps({"sql": sql}).encode()
        head = f"POST /query HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {self.key}\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        try:
            yield
        finally:
            writer.close()
            await writer.wait_closed()

    async def _fetch(self, path: str, **request: Any) -> Told:
        client, headers = AsyncHTTPClient(force_instance=True, max_body_size=1 << 30), {}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            said = await client.fetch(
                self.url + path, raise_error=False, request_timeout=60, headers=headers, **request
            )
        finally:
            client.close()
        return Told(said.code, said.body or b"")


async def _read(reader: asyncio.StreamReader, lines: Lines) -> None:
    while chunk := await reader.read(65_536):
        lines.take(chunk)
    lines.ended = True


@asynccontextmanager
async def serving(
    folder: Path, *, limits: Limits | None = None, follow: bool = True
) -> AsyncIterator[tuple[Analyst, Service]]:
    """Serve the folder's journal; a process that would end is told in the analyst's `ended`."""
    ended: list[str] = []
    service = Service(folder, limits=limits, end=lambda: ended.append("ended"))
    server = HTTPServer(Application(routes(service, KEY)), max_body_size=QUESTION.most)
    (socket,) = bind_sockets(0, "127.0.0.1")
    server.add_sockets([socket])
    try:
        if follow:
            service.start()
            await eventually(lambda: service.progress.ready)
        yield Analyst(f"http://127.0.0.1:{socket.getsockname()[1]}", ended=ended), service
    finally:
        server.stop()
        service.end_all()
        await service.close()
        await server.close_all_connections()
