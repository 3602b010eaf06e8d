"""The load process of one address that brings all it can. It takes turns behind others: it stands for another machine.

It must not know what is measured.
"""

import asyncio
import json
import os
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlencode

import msgspec

from bench.flood.wire import Wire, text
from bench.house import Place
from engine.ids import draw_id
from engine.wire.descriptors import raise_limit

AT_ONCE = 40  # connections that flood
IDLE = 1_500  # that are only opened
SLICE = 50  # frames of one write
HUGE = 95 << 20  # bytes of a body
NICE = 19


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What was tried: connections, frames or requests, and how it was answered by those that answer."""

    connections: int
    sent: int
    answers: dict[str, int]

    def words(self) -> str:
        """In a line."""
        answers = ", ".join(f"{count:,} × {name}" for name, count in sorted(self.answers.items()))
        return f"{self.connections:,} connections, {self.sent:,} sent; {answers or 'nothing answered'}"


class Flooder:
    """One address, another one with each flood."""

    def __init__(self, place: Place, dashboard: str) -> None:
        raise_limit()
        os.nice(NICE)
        self._place, self._dashboard = place, int(dashboard.rpartition(":")[2])
        self._address, self._until = "", 0.0
        self._connections = self._sent = 0
        self._answers: Counter[str] = Counter()

    async def flood(self, kind: str, number: int, seconds: float) -> Brought:
        """Bring this kind for so long."""
        self._address, self._until = f"127.0.9.{number + 1}", time.monotonic() + seconds
        self._connections = self._sent = 0
        self._answers.clear()
        one, at_once = KINDS[kind]
        tasks = [asyncio.create_task(self._again(one)) for _ in range(at_once)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return Brought(connections=self._connections, sent=self._sent, answers=dict(self._answers))

    async def _again(self, one: "Callable[[Flooder], Awaitable[None]]") -> None:
        """Do it without end; who was cut off comes back at once."""
        while time.monotonic() < self._until:
            with suppress(OSError, asyncio.IncompleteReadError):
                await one(self)
            await asyncio.sleep(0.001)

    async def _open(self, port: int | None = None) -> Wire:
        self._connections += 1
        return await Wire.open(port or self._place.port, self._address, self._answers)

    async def _websocket(self, path: str) -> Wire:
        wire = await self._open()
        origin = f"http://127.0.0.1:{self._place.port}" if path == "/ws/chat" else self._place.shop
        await wire.upgrade(path, origin)
        return wire

    async def _frames(self, wire: Wire, frame: bytes) -> None:
        """Send a frame as fast as it is taken, until we are cut off."""
        many = frame * SLICE
        try:
            while await wire.write(many):
                self._sent += SLICE
        finally:
            wire.close()

    # --- the floods --------------------------------------------------------------------------------------------------

    async def idle(self) -> None:
        """Open a websocket, or only a connection, and say nothing."""
        wire = await self._open() if self._connections % 2 else await self._websocket("/ws/page")
        try:
            await wire.ended()
        finally:
            wire.close()

    async def bad_frames(self) -> None:
        """Frames that are none."""
        await self._frames(await self._websocket("/ws/page"), text(b'{"t":"dance"}'))

    async def pings(self) -> None:
        """Pings."""
        await self._frames(await self._websocket("/ws/page"), b"\x89\x80\0\0\0\0")

    async def tells(self) -> None:
        """A page that tells all it can: pages, actions, that it sleeps and wakes."""
        wire = await self._websocket("/ws/page")
        address = f"{self._place.shop}/{draw_id()}"
        page = {"t": "page", "address": address, "title": "Flood", "referrer": f"{self._place.shop}/"}
        await wire.write(text(self._hello(page=page)))
        told = [page, {"t": "track", "name": "flood", "parameters": {"a": 1}}, {"t": "sleep"}, {"t": "wake"}]
        await self._frames(wire, b"".join(text(json.dumps(one).encode()) for one in told))

    async def asks(self) -> None:
        """New visitors who ask for help, one after the other."""
        wire = await self._websocket("/ws/chat")
        try:
            await wire.write(text(self._hello()))
            await wire.write(text(json.dumps({"t": "ask", "client_id": draw_id(), "name": "x" * 80}).encode()))
            self._sent += 1
            await asyncio.wait_for(wire.answered(), 1)
        except TimeoutError:
            pass
        finally:
            wire.close()

    async def bodies(self) -> None:
        """Requests with bodies of 95 MB, and with messages as long as they may be."""
        wire, small = await self._open(), self._connections % 2 == 0
        message = {"t": "leave", "client_id": draw_id(), "site": self._place.site_key, "email": "v@example.org"}
        body = json.dumps(message | {"text": "x" * 9_900}).encode() if small else b"x" * (64 << 10)
        head = f"POST /leave HTTP/1.1\r\n{self._host()}\r\nOrigin: {self._place.shop}\r\nContent-Length: "
        try:
            await wire.write(f"{head}{len(body) if small else HUGE}\r\n\r\n".encode())
            for _ in range(1 if small else HUGE // len(body)):
                self._sent += 1
                if not await wire.write(body):
                    break
            await asyncio.wait_for(wire.answered(), 1)
        except TimeoutError:
            pass
        finally:
            wire.close()

    async def sign_ins(self) -> None:
        """Wrong passwords at the dashboard."""
        wire, host = await self._open(self._dashboard), self._host(self._dashboard)
        try:
            form = (await wire.request(f"GET /app/login HTTP/1.1\r\n{host}\r\n\r\n")).decode()
            field = re.search(r'name="_xsrf" value="([^"]+)"', form)
            cookie = re.search(r"(?i)set-cookie: (_xsrf=[^;]+)", form)
            body = urlencode({"_xsrf": field[1] if field else "", "login": "bench1", "password": draw_id()})
            await wire.request(
                f"POST /app/login HTTP/1.1\r\n{host}\r\nCookie: {cookie[1] if cookie else ''}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            )
            self._sent += 1
        finally:
            wire.close()

    def _host(self, port: int | None = None) -> str:
        return f"Host: 127.0.0.1:{port or self._place.port}"

    def _hello(self, **more: object) -> bytes:
        return json.dumps({"t": "hello", "site": self._place.site_key, **more}).encode()


KINDS: dict[str, tuple[Callable[[Flooder], Awaitable[None]], int]] = {
    "idle sockets": (Flooder.idle, IDLE),
    "bad frames": (Flooder.bad_frames, AT_ONCE),
    "pings": (Flooder.pings, AT_ONCE),
    "tells": (Flooder.tells, AT_ONCE),
    "asks": (Flooder.asks, AT_ONCE),
    "bodies": (Flooder.bodies, AT_ONCE),
    "sign-ins": (Flooder.sign_ins, AT_ONCE),
}
