"""What goes out to a websocket: whole frames of every length, in their order, before the end."""

import asyncio

import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from engine.wire.dial import dial, hang_up
from engine.wire.outlet import Outlet, frame_of

LENGTHS = (0, 125, 126, 65_535, 65_536, 300_000)


class Talker(WebSocketHandler):
    """Says all in one turn, and closes in the same one."""

    def open(self) -> None:
        outlet = Outlet(self)
        for length in LENGTHS:
            outlet.send(b"x" * length)
        outlet.flush()
        self.close(4_000, "said")


def test_frames_of_every_length_arrive_whole_and_in_order_before_the_end() -> None:
    async def talk() -> tuple[list[int], int | None]:
        server = HTTPServer(Application([("/", Talker)]))
        (socket,) = sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        came = await dial(HTTPRequest(f"ws://127.0.0.1:{socket.getsockname()[1]}/"))
        lengths = list[int]()
        while (said := await came.read_message()) is not None:
            lengths.append(len(said))
        await hang_up(came)
        server.stop()
        await server.close_all_connections()
        return lengths, came.close_code

    assert asyncio.run(talk()) == (list(LENGTHS), 4_000)


@pytest.mark.parametrize(
    ("length", "head"),
    [(125, "817d"), (126, "817e007e"), (65_535, "817effff"), (65_536, "817f0000000000010000")],
)
def test_the_head_is_that_of_the_standard(length: int, head: str) -> None:
    assert frame_of(b"x" * length) == bytes.fromhex(head) + b"x" * length
