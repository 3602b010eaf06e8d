"""A port at which many come at once: those who have come already are served in between."""

import asyncio
import socket

import pytest
from tornado.iostream import IOStream, StreamClosedError
from tornado.tcpserver import TCPServer

from engine.wire.listening import listen
from tests.parlour.whole import free_port

COMERS = 60
NEWCOMERS = 12  # at most before who is there already is heard: two turns, and one that had begun


class Echo(TCPServer):
    """Says back what it hears, and keeps in which order newcomers and words came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[str] = []
        self.here = 0

    async def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        self.came.append("new")
        self.here += 1
        try:
            while True:
                word = await stream.read_bytes(16, partial=True)
                self.came.append("word")
                await stream.write(word)
        except StreamClosedError:
            self.here -= 1


@pytest.mark.parametrize("speaks_after", [5, 20])
def test_who_is_connected_is_served_between_newcomers(speaks_after: int) -> None:
    comers = [socket.socket() for _ in range(COMERS)]

    async def run() -> list[str]:
        server, port = Echo(), free_port()
        listen(server, port, ["127.0.0.1"])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"first")
        assert await reader.read(16) == b"first"
        server.came.clear()
        for number, one in enumerate(comers):  # they wait in the system's queue: the loop does not run here
            one.connect(("127.0.0.1", port))
            if number == speaks_after:
                writer.write(b"now")  # at once: nothing of it waits
        assert await reader.read(16) == b"now"
        heard = list(server.came)
        async with asyncio.timeout(20):
            while server.came.count("new") < COMERS:
                await asyncio.sleep(0.01)
            for one in comers:
                one.close()
            writer.close()
            while server.here:
                await asyncio.sleep(0.01)
        server.stop()
        return heard

    heard = asyncio.run(run())
    assert heard.index("word") <= NEWCOMERS
