"""The robot at work: an operator's tab without a browser, through the door. What it does is planned by `plan`."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.commands import AcceptRequest, Act, EndConversation, Outcome, Refused, SwitchLiveHelp, Type, WriteMessage
from engine.door.answers import SignedIn
from engine.door.interface import Door, DoorError, Frame
from engine.events import ConversationId
from engine.ids import draw_id
from engine.views import AnyView, ConversationEntries, Mine, Operators, Rings, name_of
from parlour.demo.robot import plan
from parlour.demo.robot.words import FAREWELL

log = logging.getLogger(__name__)
Row = dict[str, Any]
TYPING = 2.5  # seconds between two signs of typing
WAITING = {"routing", "queued"}
WATCHED: tuple[AnyView, ...] = (Operators(), Rings(), Mine())
SETTLE = 10.0  # seconds until what was done shows in a view; then it is tried again


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How long the robot leaves a request to people, and what every other waiting time is multiplied by."""

    patience: float = plan.PATIENCE
    pace: float = 1.0


class SignedOut(Exception):
    """The sign-in is over."""


class Robot:
    """One sign-in of the robot, at work until it ends (`SignedOut`)."""

    def __init__(self, door: Door, signed_in: SignedIn, manners: Manners) -> None:
        self._door, self._session, self._manners = door, signed_in.session, manners
        self._me = signed_in.person.operator
        self._rows: dict[str, dict[str, Row]] = {name_of(view): {} for view in WATCHED}
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._alone_since: dict[str, float] = {}  # by department: since when no person has been available
        self._asked: dict[str, float] = {}  # what was asked for, and until when it may take to show
        self._talks: dict[str, asyncio.Task[None]] = {}

    async def work(self) -> None:
        """Be there: switch Live Help on, take what nobody takes, and talk. Raises `SignedOut`."""
        watching = [self._watch(view) for view in WATCHED]
        close = self._door.open_tab(session=self._session, tab=draw_id())
        try:
            async with asyncio.TaskGroup() as talks:
                while not self._over.is_set():
                    await self._look_round(talks)
                for talk in self._talks.values():
                    talk.cancel()
            raise SignedOut
        finally:
            close()
            for subscription in watching:
                subscription.dispose()

    def _watch(self, view: AnyView) -> Any:
        rows = self._rows[name_of(view)]

        def take(frame: Frame) -> None:
            body = msgspec.json.decode(frame.body)
            if "all" in body:
                rows.clear()
            rows.update({row["id"]: row for row in (*body.get("all", ()), *body.get("set", ()))})
            for gone in body.get("gone", ()):
                rows.pop(gone, None)
            self._news.set()

        return self._door.watch(view, session=self._session).subscribe(take, self._ended)

    def _ended(self, _error: Exception) -> None:
        self._over.set()
        self._news.set()

    async def _look_round(self, talks: asyncio.TaskGroup) -> None:
        """Do what is due now, then wait for the next news or the next moment."""
        self._news.clear()
        await self._be_available()
        self._see_who_is_there()
        for conversation in self._rows["mine"]:
            if conversation not in self._talks:
                self._talks[conversation] = talks.create_task(self._talk(conversation), name=f"talk {conversation}")
        for gone in self._talks.keys() - self._rows["mine"].keys():
            self._talks.pop(gone).cancel()
        await _within(await self._take_what_is_due(), self._news)

    async def _be_available(self) -> None:
        me = self._rows["operators"].get(self._me)
        if me is not None and me["here"] and not me["live_help"] and self._may_ask("live help"):
            await self._ask(SwitchLiveHelp(on=True), client_id=draw_id())

    # --- requests ----------------------------------------------------------------------------------------------------

    def _see_who_is_there(self) -> None:
        """Keep since when each department has had no person who is available."""
        people = [row for row in self._rows["operators"].values() if row["id"] != self._me]
        served = {department for row in people if row["state"] == "available" for department in row["departments"]}
        now = asyncio.get_running_loop().time()
        for department in {name for row in self._rows["operators"].values() for name in row["departments"]}:
            if department in served:
                self._alone_since.pop(department, None)
            else:
                self._alone_since.setdefault(department, now)

    async def _take_what_is_due(self) -> float:
        """Take the requests that are due; the seconds until the next one may be."""
        waits = [SETTLE]
        for ring in list(self._rows["rings"].values()):
            if ring["closed"] is not None:
                continue
            wait = self._wait(ring)
            if wait > 0:
                waits.append(wait)
            elif self._may_ask(ring["id"]):
                await self._ask(AcceptRequest(conversation=ConversationId(ring["id"])), client_id=draw_id())
        return min(waits)

    def _wait(self, ring: Row) -> float:
        rung = (datetime.now(UTC) - datetime.fromisoformat(ring["since"])).total_seconds()
        since = self._alone_since.get(ring["department"])
        alone = None if since is None else asyncio.get_running_loop().time() - since
        if ring["policy"] == "queue":
            alone = rung  # offered to the robot alone: nobody else can take it now
        manners = self._manners
        return plan.wait(ring["id"], rung=rung, alone=alone, patience=manners.patience, pace=manners.pace)

    def _may_ask(self, what: str) -> bool:
        """Whether this was not just asked for; the views follow a moment after the answer."""
        now = asyncio.get_running_loop().time()
        if self._asked.get(what, 0.0) > now:
            return False
        self._asked = {one: until for one, until in self._asked.items() if until > now} | {what: now + SETTLE}
        return True

    # --- conversations -----------------------------------------------------------------------------------------------

    async def _talk(self, conversation: str) -> None:
        """Answer the visitor until the conversation is over."""
        messages: list[plan.Message] = []
        news = asyncio.Event()
        states = ["routing"]

        def take(frame: Frame) -> None:
            entry = msgspec.json.decode(frame.body).get("entry")
            if entry is None:
                return
            states.append(entry["state"])
            if entry["what"] == "message":
                text = "".join(span["text"] for span in entry["body"].get("spans", ()))
                messages.append(plan.Message(author=entry["author"], text=text))
            news.set()

        following = self._door.watch(
            ConversationEntries(conversation=ConversationId(conversation)), session=self._session
        )
        subscription = following.subscribe(take, self._ended)
        try:
            while states[-1] in WAITING:
                news.clear()
                await news.wait()
            while states[-1] == "active":
                await self._move(conversation, messages, news)
        finally:
            subscription.dispose()

    async def _move(self, conversation: str, messages: list[plan.Message], news: asyncio.Event) -> None:
        """Do the next move, or plan anew where something comes before it is due."""
        news.clear()
        move = plan.next_move(conversation, messages)
        if await self._something_comes_before(move, conversation, news):
            return
        text = move.text if isinstance(move, plan.Write) else FAREWELL
        # The same move has the same id, so that a robot that was restarted does not say it twice.
        client_id = f"{conversation}-{len(messages)}"
        await self._ask(WriteMessage(conversation=ConversationId(conversation), text=text), client_id=client_id)
        if isinstance(move, plan.Close):
            await self._ask(EndConversation(conversation=ConversationId(conversation)), client_id=f"{client_id}-end")
        await _within(SETTLE, news)

    async def _something_comes_before(self, move: plan.Move, conversation: str, news: asyncio.Event) -> bool:
        """Wait until the move is due, seen as typing before a message; whether news came first."""
        if isinstance(move, plan.Close):
            return await _within(move.after * self._manners.pace, news)
        if await _within(move.thinking * self._manners.pace, news):
            return True
        rest = move.typing
        while rest > 0:
            await self._ask(Type(conversation=ConversationId(conversation)), client_id=draw_id())
            if await _within(min(rest, TYPING) * self._manners.pace, news):
                return True
            rest -= TYPING
        return False

    async def _ask(self, command: Act, *, client_id: str) -> None:
        try:
            outcome: Outcome = await self._door.act(command, session=self._session, client_id=client_id)
        except DoorError as gone:
            outcome = Refused(reason="busy", detail=gone.reason)
        if isinstance(outcome, Refused):
            log.info("%s was refused: %s", type(command).__name__, outcome.reason)
            if outcome.reason == "signed-out":
                self._ended(SignedOut())


async def _within(seconds: float, news: asyncio.Event) -> bool:
    """Whether there are news in time."""
    try:
        async with asyncio.timeout(seconds):  # not wait_for, which may lose a cancellation that comes with the news
            await news.wait()
    except TimeoutError:
        return False
    return True
