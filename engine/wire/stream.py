"""What is Tornado's own of a websocket and of a request, reached for here alone: the stream of bytes beneath it.

`PRIVATE` says what that is and why; `tests/engine/wire/test_stream.py` fails if Tornado changes it.
"""

from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.websocket import WebSocketClientConnection, WebSocketHandler

from engine.wire.private import Private

TESTS = "tests/engine/wire/test_stream.py"
PRIVATE = (
    Private(
        name="WebSocketHandler.ws_connection",
        why="a frame for a socket that is closed is dropped before it is made, where `write_message` raises",
        test=f"{TESTS}::test_a_socket_has_its_connection_until_it_is_closed",
        waits_for="a handler that says whether it is open",
    ),
    Private(
        name="WebSocketProtocol13.stream",
        why="frames of one turn go out in one system call without a task each; a dead peer is cut off at once",
        test=f"{TESTS}::test_what_is_written_to_the_stream_arrives",
        waits_for="`write_message` for several frames, and an end without the closing handshake",
    ),
    Private(
        name="WebSocketProtocol13.is_closing",
        why="bytes after the closing frame are an error to a browser",
        test=f"{TESTS}::test_nothing_is_written_to_a_socket_that_closes",
        waits_for="the same as `stream`",
    ),
    Private(
        name="HTTP1Connection.stream",
        why="who waits for an answer is answered by another process where this one has died at once",
        test=f"{TESTS}::test_a_request_comes_over_a_stream_that_has_its_descriptor",
        waits_for="a request that says over which stream it comes",
    ),
    Private(
        name="WebSocketProtocol13._abort",
        why="a socket that floods is to be read no more: closed, it goes on with all that has come, and waits 5 s",
        test=f"{TESTS}::test_of_an_aborted_socket_nothing_more_is_read",
        waits_for="an end without the closing handshake, which drops what has come",
    ),
    Private(
        name="WebSocketClientConnection.protocol",
        why="small frames would wait for one another's acknowledgement (40 ms); and closing alone frees no socket",
        test=f"{TESTS}::test_who_dialled_has_the_stream_until_they_close",
        waits_for="a client with `set_nodelay`, and a `close` that can be waited for",
    ),
)


def is_open(socket: WebSocketHandler) -> bool:
    """Whether a socket that was let in has not been closed."""
    return socket.ws_connection is not None


def stream_of(socket: WebSocketHandler) -> Any:
    """The bytes of a socket that was let in; None once it is closed."""
    connection: Any = socket.ws_connection
    return None if connection is None else connection.stream


def writable(socket: WebSocketHandler) -> Any:
    """The same; None from the moment on that either side has said that it closes."""
    connection: Any = socket.ws_connection
    return None if connection is None or connection.is_closing() else connection.stream


def descriptor_of(request: HTTPServerRequest) -> int:
    """Of the connection over which a request comes that is not answered yet."""
    return int(request.connection.stream.socket.fileno())  # type: ignore[union-attr] # HTTP/1 has it


def abort(socket: WebSocketHandler, code: int, reason: str) -> None:
    """Close a socket and end it at once: nothing more is read of it, nor of what has come."""
    connection: Any = socket.ws_connection  # Tornado forgets it in `close`
    socket.close(code, reason)
    if connection is not None:
        connection._abort()


def dialled_stream(socket: WebSocketClientConnection) -> Any:
    """The bytes of a socket that we dialled; None once we close it."""
    return None if socket.protocol is None else getattr(socket.protocol, "stream", None)


def send_at_once(socket: WebSocketClientConnection) -> None:
    """Let no small frame wait until the last one is acknowledged (40 ms)."""
    if socket.protocol is not None:
        socket.protocol.set_nodelay(True)
