"""A server that answers by a script, so that a test can say what goes wrong, and see what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pyarrow as pa

from engine.events import DepartmentId, EventId, PartSet, Record
from engine.events.parts import Department
from tests.engine.story import NINE

TOKEN = "the analysts' key"
Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.script.queries.append(self.body)
        self._next(self.server.script.to_queries)

    def do_GET(self) -> None:
        if self.path == "/health":
            self.say(200, b'{"ready": true}')
            return
        self.server.script.paths.append(self.path)
        self._next(self.server.script.to_events)

    def _next(self, answers: list[Answer]) -> None:
        self.close_connection = True
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            refused(401, "unauthorized", "The token is missing or wrong.")(self)
        else:
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def say(self, status: int, body: bytes, *, kind: str = "application/json", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Script:
    """What the server will answer, the last one for ever, and what it was asked."""

    url: str = ""
    to_queries: list[Answer] = field(default_factory=lambda: [rows(pa.table({"1": [1]}))])
    to_events: list[Answer] = field(default_factory=list)
    queries: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


class Server(ThreadingHTTPServer):
    """The server."""

    daemon_threads = True
    script: Script


@contextmanager
def scripted(*, port: int = 0) -> Iterator[Script]:
    """A server on a free port."""
    with Server(("127.0.0.1", port), Asked) as server:
        server.script = Script(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.script
        finally:
            server.shutdown()
            thread.join()


# --- answers to queries


def rows(table: pa.Table) -> Answer:
    """The rows, as an Arrow stream."""
    stream = arrow(table)
    return lambda asked: asked.say(200, stream, kind="application/vnd.apache.arrow.stream")


def arrow(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def refused(status: int, error: str, message: str, position: dict[str, int] | None = None) -> Answer:
    """An error of ours."""
    body = {"error": error, "message": message} | ({"position": position} if position else {})
    return lambda asked: asked.say(status, json.dumps(body).encode())


def page(status: int) -> Answer:
    """A page of another program."""
    return lambda asked: asked.say(status, b"<html>", kind="text/html")


def cut(asked: Asked) -> None:
    """Half an answer: the process died."""
    asked.say(200, b"half", kind="application/vnd.apache.arrow.stream", length=1000)


# --- answers to who wants events


def record(position: int) -> Record:
    part = Department(id=DepartmentId(f"d{position}"), name=f"Department {position}")
    event = PartSet(at=NINE, part=part)
    return Record(position=position, id=EventId(f"e{position}"), cause="c", event=event)


def lines(*positions: int, ends: bool = True, before: Callable[[], object] = lambda: None) -> Answer:
    """Records, and heartbeats between them; then `before` is waited for, and the answer ends, or is cut off."""

    def answer(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Content-Type", "application/x-ndjson")
        asked.send_header("Transfer-Encoding", "chunked")
        asked.end_headers()
        whole = b"".join(b"\n" + msgspec.json.encode(record(position)) + b"\n" for position in positions)
        for part in (whole[: len(whole) // 2], whole[len(whole) // 2 :]):  # a line may come in two pieces
            if part:
                asked.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
                asked.wfile.flush()
        before()
        if ends:
            asked.wfile.write(b"0\r\n\r\n")

    return answer
