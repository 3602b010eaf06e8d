"""Requests as no client library would write them: what is sent stands in the test."""

import socket
from dataclasses import dataclass

PATIENCE = 10.0


@dataclass(frozen=True)
class Said:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, target: str, *headers: str, method: str = "GET", host: str | None = "localhost", body: str = ""
) -> Said:
    """Send one request and read its answer; `headers` are whole lines."""
    lines = [f"{method} {target} HTTP/1.1", *([] if host is None else [f"Host: {host}"]), "Connection: close", *headers]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return _exchange(port, ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8"))


def ask_for_a_websocket(port: int, target: str, *headers: str, host: str = "localhost") -> int:
    """The status that the handshake of a websocket gets: 101 where it is let in."""
    upgrade = ("Upgrade: websocket", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version: 13")
    lines = [f"GET {target} HTTP/1.1", f"Host: {host}", "Connection: Upgrade", *upgrade, *headers]
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        there.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(there.recv(64).split()[1])


def _exchange(port: int, sent: bytes) -> Said:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as there:
        there.sendall(sent)
        came = b""
        while piece := there.recv(65_536):
            came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return Said(
        int(first.split()[1]),
        {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)},
        body,
    )
