"""The visitors' sockets: what one visitor can do about the conversation of another, and as whom."""

import json
from collections.abc import AsyncIterator
from typing import Any

from tornado.httpclient import HTTPClientError

from engine.commands.filling import acts, brought_by
from engine.ids import draw_id
from tests.running import SHOP_KEY, SHOP_ORIGIN, Socket
from tests.security.at_the_door import Line
from tests.security.house import WholeHouse
from tests.security.tried import IN, Tried

CHAT, PAGE = "chat", "page"
NOTHING = "nothing of it"
FIELDS: dict[str, Any] = {
    "words": "It leaks",
    "text": "Hello", "email": "mallory@example.org", "upto": 1, "department": None, "mode": "text", "name": "Mallory",
    "subject": None,
}  # fmt: skip


async def visitors(house: WholeHouse) -> AsyncIterator[Tried]:
    """Vera waits for an answer; Mallory tries each act of the chat's window about Vera's conversation."""
    async with house.chat() as vera, Line(house, house.keys["house"]) as line:
        await vera.send({"t": "hello", "site": SHOP_KEY})
        welcome = await vera.until("welcome")
        await vera.send({"t": "ask", "client_id": draw_id(), "name": "Vera"})
        talk = (await vera.until("ack"))["conversation"]
        before = await _story(line, talk)
        for act in acts("chat"):
            brought = brought_by(act)
            if "conversation" not in brought:
                continue  # it is about one's own, by what it is
            fields = {name: talk if name == "conversation" else FIELDS[name] for name in brought}
            async with house.chat() as mallory:
                await mallory.send({"t": "hello", "site": SHOP_KEY})
                await mallory.until("welcome")
                answered = {"client_id": draw_id()} if "chat" in act.answered else {}
                await mallory.send({"t": act.__struct_config__.tag, **fields, **answered})
                if answered:
                    await mallory.until("error")
                else:  # what is asked after it is answered after it
                    await mallory.send({"t": "cancel", "client_id": "next"})
                    await mallory.until("error", lambda frame: frame.get("client_id") == "next")
                seen = json.dumps(mallory.seen)
            unchanged = await _story(line, talk) == before and talk not in seen
            yield Tried(CHAT, act.__name__, "another visitor", "", NOTHING, NOTHING if unchanged else IN)
        for who, key, secret in (
            ("Vera's key alone", welcome["visitor"], None),
            ("Vera's key, a guessed secret", welcome["visitor"], draw_id()),
            ("a guessed key, Vera's secret", draw_id(), welcome["secret"]),
        ):
            async with house.chat() as mallory:
                await mallory.send({"t": "hello", "site": SHOP_KEY, "visitor": key, "secret": secret})
                said = await mallory.until("welcome")
            came = IN if talk in json.dumps(said) or said["visitor"] == welcome["visitor"] else NOTHING
            yield Tried(CHAT, "hello", who, "", NOTHING, came)


async def origins(house: WholeHouse) -> AsyncIterator[Tried]:
    """Both sockets from pages of other sites, and from what is no page."""
    own = f"http://127.0.0.1:{house.port}"
    for path, good in ((CHAT, own), (PAGE, SHOP_ORIGIN)):
        for origin in ("https://evil.example", f"{good}.evil.example", "null", "", good):
            try:
                async with Socket(f"ws://127.0.0.1:{house.port}/ws/{path}", origin) as socket:
                    await socket.send({"t": "hello", "site": SHOP_KEY})
                    came = (await socket.next())["t"]
            except HTTPClientError as refused:
                came = str(refused.code)
            came = IN if came == "welcome" else "refused"
            yield Tried(
                path, "handshake and hello", origin or "no origin", "", IN if origin == good else "refused", came
            )


async def _story(line: Line, talk: str) -> Any:
    return (await line.call("Ask", request={"request": "AskStory", "conversation": talk}))["result"]
