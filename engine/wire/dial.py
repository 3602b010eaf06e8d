"""How a client dials a websocket and hangs up, so that nothing of the connection is left when its loop ends.

Tornado's client only says that it closes. Its reader then waits for whoever takes the frames that still come, and the
socket stays open as long; one that opens after its caller was cancelled is nobody's. It must not know what is said.
"""

import asyncio
from contextlib import suppress

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from engine.wire.stream import dialled_stream, send_at_once

PATIENCE_S = 1.0  # for the other side to open, where nobody wants it any more, and to have closed too


async def dial(
    request: HTTPRequest, *, ping_interval: float | None = None, max_message_size: int = 10 << 20
) -> WebSocketClientConnection:
    """A connection that sends each frame at once; one that opens after we were cancelled is closed, not lost."""
    connecting = asyncio.ensure_future(
        websocket_connect(request, ping_interval=ping_interval, max_message_size=max_message_size)
    )
    try:
        socket = await asyncio.shield(connecting)
    except asyncio.CancelledError:
        await asyncio.wait({connecting}, timeout=PATIENCE_S)
        if not connecting.done():
            connecting.add_done_callback(_close)
        elif _opened(connecting):
            await hang_up(connecting.result())
        raise
    send_at_once(socket)
    return socket


async def hang_up(socket: WebSocketClientConnection, *, patience: float = PATIENCE_S) -> None:
    """Close, drop what still comes until the other side has closed too, and free the socket whether it has or not."""
    stream = dialled_stream(socket)  # Tornado forgets it in `close`
    socket.close()
    if stream is None or stream.closed():
        return
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while await socket.read_message() is not None:
                    pass
    finally:
        stream.close()


def _close(connecting: asyncio.Future[WebSocketClientConnection]) -> None:
    if _opened(connecting):
        connecting.result().close()


def _opened(connecting: asyncio.Future[WebSocketClientConnection]) -> bool:
    return not connecting.cancelled() and connecting.exception() is None
