"""The load process of operators: through the door, as a dashboard's pages do, they take what rings, read and write.

It must not know what is measured; what came and what was sent stands in its ledger.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from bench.delivery.talk import Key, Ledger, write
from bench.staff import Hired
from engine.commands import AcceptRequest, Act, Outcome, Refused, SeeMessages, SwitchLiveHelp, WriteMessage
from engine.door.answers import SignedIn
from engine.door.interface import Frame
from engine.door.remote import RemoteDoor
from engine.door.requests import SignIn
from engine.events import ConversationId
from engine.ids import draw_id
from engine.views import ConversationEntries, Rings
from parlour.keys import door_key
from parlour.reach import connected

LAST = 10**9  # a number past every message's
AGAIN = 0.2  # seconds until what main could not be asked is asked again


class Crew:
    """Operators at their work, over one connection of a dashboard process."""

    def __init__(self, door_url: str, data_dir: str) -> None:
        self.ledger = Ledger(me="operator")
        self._door = RemoteDoor(door_url, door_key(Path(data_dir)))
        self._sessions: dict[str, str] = {}  # of who serves it, by conversation
        self._taken: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers: Counter[str] = Counter()
        self._acked: set[Key] = set()
        self._working: asyncio.Task[None] | None = None
        self._follows = False

    async def open(self, people: Sequence[Hired], follows: bool) -> None:
        """Sign all in and be available; `follows`: they see each entry of each conversation they serve."""
        self._follows = follows
        await self._door.__aenter__()
        await connected(self._door, 10)
        for one in people:
            signed = await self._door.ask(SignIn(login=one.login, password=one.password, address="127.0.0.1"))
            if not isinstance(signed, SignedIn):
                raise RuntimeError(f"{one.login} could not sign in: {signed}")
            self._door.open_tab(session=signed.session, tab=draw_id())
            await self._ask(SwitchLiveHelp(on=True), signed.session)
            self._door.watch(Rings(), session=signed.session).subscribe(partial(self._rings, signed.session))

    async def serving(self) -> int:
        """How many conversations are served."""
        return len(self._sessions)

    async def begin(self, reads: float, writes: float) -> None:
        """From now on read each conversation all `reads` seconds, and write into it all `writes` (0: never)."""
        self._working = asyncio.create_task(self._work(reads, writes), name="the crew's work")

    async def rest(self) -> None:
        """Write no more; returns when everything sent is acked."""
        if self._working is not None:
            self._working.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def report(self) -> tuple[Ledger, set[Key]]:
        """What was sent and seen, and what of it was acked."""
        return self.ledger, self._acked

    async def close(self) -> None:
        """Go."""
        await self._door.__aexit__(None, None, None)

    # --- what rings ------------------------------------------------------------------------------------------------

    def _rings(self, session: str, frame: Frame) -> None:
        body = msgspec.json.decode(frame.body)
        for row in (*body.get("all", ()), *body.get("set", ())):
            if not row["closed"] and row["id"] not in self._taken:
                self._taken.add(row["id"])
                self._do(self._accept(ConversationId(row["id"]), session))

    async def _accept(self, conversation: ConversationId, session: str) -> None:
        await self._ask(AcceptRequest(conversation=conversation), session)
        self._sessions[conversation] = session
        if self._follows:
            self._door.watch(ConversationEntries(conversation=conversation), session=session).subscribe(self._entry)

    def _entry(self, frame: Frame) -> None:
        entry = msgspec.json.decode(frame.body).get("entry", {})
        if entry.get("what") == "message":
            text = "".join(span["text"] for span in entry["body"]["spans"])
            self.ledger.see(entry["conversation"], entry["author"], text, time.monotonic_ns())

    # --- what they do ----------------------------------------------------------------------------------------------

    async def _work(self, reads: float, writes: float) -> None:
        """Each conversation in its turn, evenly over the period."""
        await asyncio.gather(
            self._in_turn(reads, lambda one: self._ask(SeeMessages(conversation=one, upto=LAST), self._sessions[one])),
            *([self._in_turn(writes, self._write)] if writes else []),
        )

    async def _in_turn(self, period: float, deed: Any) -> None:
        while True:
            conversations = list(self._sessions)
            for one in conversations:
                self._do(deed(ConversationId(one)))
                await asyncio.sleep(period / len(conversations))
            await asyncio.sleep(0 if conversations else AGAIN)

    async def _write(self, conversation: ConversationId) -> None:
        self._numbers[conversation] += 1
        number = self._numbers[conversation]
        key = self.ledger.key("load", conversation, number)
        self.ledger.sent.append(key)
        say = WriteMessage(conversation=conversation, text=write("load", number, time.monotonic_ns()))
        if not isinstance(await self._ask(say, self._sessions[conversation]), Refused):
            self._acked.add(key)

    async def _ask(self, command: Act, session: str) -> Outcome:
        """Ask until main has answered; the same client id is kept once."""
        client_id = draw_id()
        while True:
            outcome = await self._door.act(command, session=session, client_id=client_id)
            if not isinstance(outcome, Refused):
                return outcome
            if outcome.reason not in {"disconnected", "busy"}:
                self.ledger.refused.append(f"{type(command).__name__}: {outcome.reason}")
                return outcome
            await asyncio.sleep(AGAIN)

    def _do(self, work: Any) -> None:
        task = asyncio.create_task(work, name="an operator's deed")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
