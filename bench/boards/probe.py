"""How late a server's loop is, seen from outside: the time its lightest page takes, asked for again and again.

It counts the machine's other work too, so it says rather too much than too little.
"""

import asyncio
import time

EVERY = 0.01  # seconds between an answer and the next question


class Probe:
    """A load process with one connection that stays open."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._question = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self._times: list[float] = []
        self._asking: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Ask from now on."""
        self._times = []
        self._asking = asyncio.create_task(self._ask_on(), name="probe")
        await asyncio.sleep(0.1)

    async def end(self) -> list[float]:
        """Ask no more; the milliseconds each answer took."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait({self._asking})
            if not self._asking.cancelled():
                self._asking.result()
        return self._times

    async def _ask_on(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            while True:
                began = time.monotonic()
                writer.write(self._question)
                head = await reader.readuntil(b"\r\n\r\n")
                sizes = [int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                await reader.readexactly(sizes[0] if sizes else 0)
                self._times.append((time.monotonic() - began) * 1e3)
                await asyncio.sleep(EVERY)
        finally:
            writer.close()
