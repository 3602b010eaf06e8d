"""What is Tornado's own of a websocket and of a request, reached for here alone: the stream of bytes beneath it.

`PRIVATE` says what that is and why; `tests/engine/wire/test_stream.py` fails if Tornado changes it.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, WebSocketProtocol13

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
        name="WebSocketProtocol13._receive_frame",
        why="pieces of a message without end would be taken as fast as they come, past every handler",
        test=f"{TESTS}::test_pieces_of_a_message_have_their_turns",
        waits_for="a hook for each frame, or a limit of its own",
    ),
    Private(
        name="WebSocketProtocol13._fragmented_message_buffer",
        why="which frames are pieces of a message that goes on",
        test=f"{TESTS}::test_pieces_of_a_message_have_their_turns",
        waits_for="the same as `_receive_frame`",
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


class Pieces(WebSocketProtocol13):
    """Tornado's own, in which the pieces of a message have their turns, as messages have by their handlers.

    A handler hears of whole messages alone: pieces without end, each of nothing, would be taken as fast as they come.
    """

    def __init__(self, handler: WebSocketHandler, params: Any, pace: Callable[[], float]) -> None:
        super().__init__(handler, False, params)
        self._pace = pace

    async def _receive_frame(self) -> None:
        await super()._receive_frame()
        if self._fragmented_message_buffer is not None and (turn := self._pace()) > 0:
            await asyncio.sleep(turn)


def paced(socket: WebSocketHandler, stock: Any, pace: Callable[[], float]) -> Any:
    """The protocol of a socket that is let in: `stock`, in which each piece of a message waits as long as is told."""
    return Pieces(socket, stock.params, pace) if isinstance(stock, WebSocketProtocol13) else stock


def dialled_stream(socket: WebSocketClientConnection) -> Any:
    """The bytes of a socket that we dialled; None once we close it."""
    return None if socket.protocol is None else getattr(socket.protocol, "stream", None)


def send_at_once(socket: WebSocketClientConnection) -> None:
    """Let no small frame wait until the last one is acknowledged (40 ms)."""
    if socket.protocol is not None:
        socket.protocol.set_nodelay(True)
