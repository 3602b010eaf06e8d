"""A running demo in which people talked over the real sockets, and what they said."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import uuid_utils

from engine.commands import AcceptRequest, Act, Refused, SwitchLiveHelp, WriteMessage
from engine.door.answers import SignedIn
from engine.door.remote import RemoteDoor
from engine.door.requests import SignIn, SignOut
from engine.events import ConversationId
from engine.views import Operators, WaitingTimes
from parlour.demo.people import load_or_draw
from parlour.keys import door_key
from parlour.reach import connected
from tests.running import Socket, eventually

QUESTION = "Where is my order <b>4711</b>? It isn't here & I need it."
ANSWER = "It left us this morning, Vera."
THANKS = "Then I wait. שלום"


@dataclass
class Talk:
    """What happened: Vera's call was answered and ended; Otto asked, and gave up.

    Attributes:
        waiting_times: the live tile when both were over.

    """

    line: dict[str, Any]
    data_dir: Path
    vera: str = ""
    otto: str = ""
    waiting_times: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return str(self.line["analyst"]["url"])

    @property
    def token(self) -> str:
        return str(self.line["analyst"]["token"])

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2]) - 2

    @property
    def operator(self) -> dict[str, Any]:
        who: dict[str, Any] = self.line["operators"][0]
        return who

    def visit_again(self) -> None:
        """Let somebody come to the shop."""
        asyncio.run(come(self))

    def analytics_pid(self) -> int:
        return int(json.loads((self.data_dir / "lock").read_text())["processes"]["analytics"])

    def kill_analytics(self) -> None:
        """Kill the analytics process with -9."""
        os.kill(self.analytics_pid(), 9)


async def talk_over(talk: Talk) -> None:
    """Let Vera and Otto ask, and fill in what came of it."""
    key = load_or_draw(talk.data_dir).site_key
    async with operator(talk) as (door, session):
        async with visitor(talk, key, "Vera") as (chat, talk.vera):
            await ask(door, AcceptRequest(conversation=ConversationId(talk.vera)), session)
            await chat.until("entry", lambda one: one["what"] == "accepted")
            await say(chat, QUESTION)
            await ask(door, WriteMessage(conversation=ConversationId(talk.vera), text=ANSWER), session)
            await chat.until("entry", lambda one: one["author"] == "operator")
            await say(chat, THANKS)
            await chat.send({"t": "end", "client_id": "end"})
            await chat.until("entry", lambda one: one["what"] == "ended")
        async with visitor(talk, key, "Otto") as (chat, talk.otto):
            await chat.send({"t": "cancel", "client_id": "cancel"})
            await chat.until("entry", lambda one: one["what"] == "abandoned")
        talk.waiting_times = await tile(door, session)


@asynccontextmanager
async def operator(talk: Talk) -> AsyncIterator[tuple[RemoteDoor, str]]:
    """The first operator's door and session, with "Live Help" on."""
    async with RemoteDoor(f"ws://127.0.0.1:{talk.port}/door", door_key(talk.data_dir)) as door:
        await connected(door, 10)
        who = await door.ask(
            SignIn(login=talk.operator["login"], password=talk.operator["password"], address="127.0.0.1")
        )
        assert isinstance(who, SignedIn)
        close = door.open_tab(session=who.session, tab=draw())
        rows: list[bytes] = []
        watching = door.watch(Operators(), session=who.session).subscribe(lambda frame: rows.append(frame.body))
        await eventually(lambda: b'"here":true' in b"".join(rows))
        watching.dispose()
        await ask(door, SwitchLiveHelp(on=True), who.session)
        yield door, who.session
        close()
        await door.ask(SignOut(session=who.session))


@asynccontextmanager
async def visitor(talk: Talk, key: str, name: str) -> AsyncIterator[tuple[Socket, str]]:
    """A visitor on the shop's start page who asks for help: their chat, and the conversation's id."""
    gateway = f"127.0.0.1:{talk.port}"
    async with page(talk, key) as key_of_visitor, Socket(f"ws://{gateway}/ws/chat", f"http://{gateway}") as chat:
        await chat.send({"t": "hello", "site": key, "visitor": key_of_visitor})
        await chat.until("welcome")
        await chat.send({"t": "ask", "client_id": "ask", "name": name})
        yield chat, (await chat.until("ack"))["conversation"]


@asynccontextmanager
async def page(talk: Talk, key: str) -> AsyncIterator[str]:
    """The shop's start page in a new visitor's browser; their key."""
    shop = f"http://localhost:{talk.port + 3}"
    async with Socket(f"ws://127.0.0.1:{talk.port}/ws/page", shop) as socket:
        await socket.send({"t": "hello", "site": key, "page": {"t": "page", "address": f"{shop}/", "title": "Fernweh"}})
        yield (await socket.until("welcome"))["visitor"]


async def come(talk: Talk) -> None:
    """Somebody comes to the shop and goes."""
    async with page(talk, load_or_draw(talk.data_dir).site_key):
        pass


async def ask(door: RemoteDoor, command: Act, session: str) -> None:
    said = await door.act(command, session=session, client_id=draw())
    assert not isinstance(said, Refused), said


async def say(chat: Socket, text: str) -> None:
    client_id = draw()
    await chat.send({"t": "say", "client_id": client_id, "text": text})
    await chat.until("ack", lambda one: one["client_id"] == client_id)


async def tile(door: RemoteDoor, session: str) -> dict[str, Any]:
    """The live tile of waiting times, when nobody waits any more."""
    values: list[dict[str, Any]] = []
    watching = door.watch(WaitingTimes(), session=session).subscribe(
        lambda frame: values.append(msgspec.json.decode(frame.body)["value"])
    )
    await eventually(lambda: values and (values[-1]["answered"], values[-1]["abandoned"]) == (1, 1))
    watching.dispose()
    return values[-1]


def draw() -> str:
    return str(uuid_utils.uuid7())
