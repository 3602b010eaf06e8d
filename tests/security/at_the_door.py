"""The door's socket: every row of the registry with everybody who may come through it, and with some who may not."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import msgspec
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from engine.commands.filling import bare
from engine.ids import draw_id
from tests.running import PASSWORD, Socket
from tests.security.house import WholeHouse
from tests.security.table import ASKED, DONE, PROCESSES, ROLES, WATCHED, Case
from tests.security.tried import FORBIDDEN, IN, Tried

DOOR = "door"
NOT_LET_IN = 4403  # the code with which the socket is closed to who has no key


class Line:
    """A connection through the door that speaks its frames; `key` None: it says no hello."""

    def __init__(self, house: WholeHouse, key: str | None) -> None:
        self._socket, self._key = Socket(house.door, ""), key
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        await self._socket.__aenter__()
        if self._key is not None:
            await self._socket.send({"r": "Hello", "id": next(self._numbers), "key": self._key})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.__aexit__(kind, error, trace)

    async def call(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The first reply to a call."""
        number = next(self._numbers)
        await self._socket.send({"r": kind, "id": number, **fields})
        while (reply := await self._socket.next())["id"] != number:
            pass
        return reply

    async def closed_at(self, kind: str, **fields: Any) -> int | None:
        """The code with which the other side closes on a call."""
        with suppress(WebSocketClosedError):  # it has closed on the hello already
            await self._socket.send({"r": kind, "id": next(self._numbers), **fields})
        return await self._socket.closed()

    async def session(self, login: str) -> str:
        """Sign somebody in."""
        request = {"request": "SignIn", "login": login, "password": PASSWORD, "address": draw_id()}
        reply = await self.call("Ask", request=request)
        session: str = reply["result"]["session"]
        return session


Call = tuple[str, Case, str, str, dict[str, Any]]  # (row, case, department it is about, the call's kind, its fields)


def _calls(house: WholeHouse) -> Iterator[Call]:
    """Every row of the registry."""
    for cases, kind, field in ((ASKED, "Ask", "request"), (WATCHED, "Watch", "view"), (DONE, "Act", "act")):
        for row, case in cases.items():
            for department in house.talks if case.about else ("",):
                made = case.make(house.talks[department or "Support"])
                fields = {field: _plain(bare(made) if kind == "Act" else made)}
                yield row.__name__, case, department, kind, fields | ({"client_id": draw_id()} if kind == "Act" else {})


async def people_and_processes(house: WholeHouse) -> AsyncIterator[Tried]:
    """Each row with each role by a session of theirs, and each request with each process by its key."""
    async with Line(house, house.keys["dashboard"]) as line:
        sessions = {role: await line.session(role) for role in ROLES}
        for row, case, department, kind, fields in _calls(house):
            for role, session in sessions.items():
                reply = await line.call(kind, **fields, session=session)
                yield _tried(row, role, department, case, reply)
    for process in PROCESSES:
        async with Line(house, house.keys[process]) as line:
            for row, case, department, kind, fields in _calls(house):
                if kind == "Ask":  # what is watched or done is by a session, and has no frame without one
                    yield _tried(row, process, department, case, await line.call(kind, **fields))


async def strangers(house: WholeHouse) -> AsyncIterator[Tried]:
    """Each row without a key, with a guessed one, from a web page, and with a session that is over."""
    async with Line(house, house.keys["dashboard"]) as line:
        over = await line.session("administrator")
        await line.call("Ask", request={"request": "SignOut", "session": over})
        for row, _case, department, kind, fields in _calls(house):
            if row in {"SignIn", "SignOut", "Who", "SetFirstPassword", "AskUnset"}:
                continue  # the doorstep: nobody is signed in there yet
            for who, session in (("signed out", over), ("guessed session", draw_id())):
                reply = await line.call(kind, **fields, session=session)
                yield Tried(DOOR, row, who, department, "signed-out", _reason(reply) or IN)
    for row, _case, department, kind, fields in _calls(house):
        by = {} if kind == "Ask" else {"session": over}
        for who, key in (("no key", None), ("guessed key", draw_id())):
            async with Line(house, key) as line:
                code = await line.closed_at(kind, **fields, **by)
            yield Tried(DOOR, row, who, department, str(NOT_LET_IN), str(code))


async def pages(house: WholeHouse) -> AsyncIterator[Tried]:
    """A web page in a browser on this machine, which says where it is from."""
    for origin in ("https://evil.example", house.dashboard, f"http://127.0.0.1:{house.port}", "null"):
        try:
            async with asyncio.timeout(5), Socket(house.door, origin):
                came = IN
        except HTTPClientError as refused:
            came = str(refused.code)
        yield Tried(DOOR, "handshake", f"page of {origin}", "", "403", came)


def _tried(row: str, who: str, department: str, case: Case, reply: dict[str, Any]) -> Tried:
    """What a reply says of whether its caller got in: a refusal for another reason comes from behind the door."""
    must = IN if case.lets_in(who, department) else FORBIDDEN
    return Tried(DOOR, row, who, department, must, FORBIDDEN if _reason(reply) == FORBIDDEN else IN)


def _reason(reply: dict[str, Any]) -> str | None:
    """Why a call was refused, by the door or in its answer."""
    result = reply.get("result")
    return reply.get("reason") or (result.get("reason") if isinstance(result, dict) else None)


def _plain(asked: msgspec.Struct) -> Any:
    return json.loads(msgspec.json.encode(asked))
