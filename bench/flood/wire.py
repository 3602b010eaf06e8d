"""A connection from an address of one's own choice that takes whatever it is told, and goes as fast as it is let."""

import asyncio
import re
from collections import Counter
from contextlib import suppress
from typing import Self

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
NO_KEY = bytes(4)  # a mask like any other


def text(body: bytes) -> bytes:
    """A text frame of a client."""
    size = len(body)
    head = bytes((0x81, 0x80 | size)) if size < 126 else bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
    return head + NO_KEY + body


class Wire:
    """One connection; statuses and the reasons of errors are counted in `answers`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: Counter[str]) -> None:
        self._reader, self._writer, self._answers = reader, writer, answers
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    @classmethod
    async def open(cls, port: int, address: str, answers: Counter[str]) -> Self:
        """Connect from `address`. Raises `OSError`."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
        return cls(reader, writer, answers)

    async def upgrade(self, path: str, origin: str) -> None:
        """Become a websocket. Raises `OSError` where we are not let in."""
        head = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._writer.get_extra_info('peername')[1]}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\n"
            f"Sec-WebSocket-Version: 13\r\nOrigin: {origin}\r\nUser-Agent: Mozilla/5.0 Firefox/145.0\r\n\r\n"
        )
        self._writer.write(head.encode())
        said = await self._reader.readuntil(b"\r\n\r\n")
        status = said.split()[1].decode()
        self._answers[status] += 1
        if status != "101":
            self.close()
            raise ConnectionRefusedError(status)

    async def request(self, head: str) -> bytes:
        """A request's whole answer, head and body."""
        self._writer.write(head.encode())
        said = await self._reader.readuntil(b"\r\n\r\n")
        self._answers[said.split()[1].decode()] += 1
        length = re.search(rb"(?i)content-length: (\d+)", said)
        return said + (await self._reader.readexactly(int(length[1])) if length else b"")

    async def write(self, data: bytes) -> bool:
        """Send, as soon as it is taken; False once the other side has closed."""
        self._listen()
        self._writer.write(data)
        await self._writer.drain()
        await asyncio.sleep(0)
        return self._reading is not None and not self._reading.done()

    async def answered(self) -> None:
        """Wait for something to come, or the end."""
        self._listen()
        await self._news.wait()

    async def ended(self) -> None:
        """Wait until the other side closes."""
        self._listen()
        if self._reading is not None:
            await self._reading

    def close(self) -> None:
        """Close at once."""
        if self._reading is not None:
            self._reading.cancel()
        self._writer.transport.abort()

    def _listen(self) -> None:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with suppress(OSError):
            while came := await self._reader.read(64 << 10):
                if came.startswith(b"HTTP/1.1 "):
                    self._answers[came.split()[1].decode()] += 1
                for reason in re.findall(rb'"t":"(ack|welcome)"|"reason":"([a-z-]+)"', came):
                    self._answers[b"".join(reason).decode()] += 1
                self._news.set()
        self._news.set()
