"""A flood of one address at a house with the limits of the table, and what is said to it.

Whose address is whose, a named proxy says.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient

from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket, at_most, running

PROXY, FLOOD, OTHER = "127.0.0.1", "203.0.113.9", "198.51.100.8"
PAGE = {"t": "page", "address": f"{SHOP_ORIGIN}/cart", "title": "Cart", "referrer": ""}
Scenario = Callable[[Running], Awaitable[None]]


def play(tmp_path: Path, scenario: Scenario, **most: int) -> None:
    async def run() -> None:
        more: dict[str, Any] = {"limits": at_most(**most)} if most else {}
        async with running(tmp_path, proxies=(PROXY,), **more) as house:
            await scenario(house)

    asyncio.run(run())


def page_of(house: Running, address: str = FLOOD) -> Socket:
    return house.page(X_Forwarded_For=address)


def chat_of(house: Running, address: str = FLOOD) -> Socket:
    return Socket(
        f"ws://127.0.0.1:{house.port}/ws/chat", f"http://127.0.0.1:{house.port}", {"X_Forwarded_For": address}
    )


async def hello(socket: Socket, **more: object) -> dict[str, Any]:
    """The answer to a hello: a welcome, or why not."""
    await socket.send({"t": "hello", "site": SHOP_KEY, **more})
    return await socket.next()


async def answer(socket: Socket, frame: dict[str, Any]) -> dict[str, Any]:
    """What becomes of what was asked for."""
    await socket.send(frame)
    while (said := await socket.next())["t"] not in {"ack", "error"} or said.get("client_id") != frame["client_id"]:
        pass
    return said


async def post(house: Running, number: int, address: str = FLOOD) -> int:
    message = {"t": "leave", "client_id": f"n{number}", "site": SHOP_KEY, "email": "v@example.org", "text": "Call me"}
    said = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{house.port}/leave",
        method="POST",
        body=json.dumps(message),
        headers={"Origin": SHOP_ORIGIN, "X-Forwarded-For": address},
        raise_error=False,
    )
    return said.code


def happened(house: Running, *kinds: type) -> list[object]:
    """From now on what happens of these kinds is in the list."""
    seen: list[object] = []
    house.house.core.moments.subscribe(lambda moment: seen.append(moment) if isinstance(moment, kinds) else None)
    return seen


def control(socket: Socket, opcode: int) -> None:
    """Send a control frame, masked with nothing."""
    protocol: Any = socket._socket.protocol
    if not protocol.stream.closed():
        protocol.stream.write(bytes((0x80 | opcode, 0x80, 0, 0, 0, 0)))
