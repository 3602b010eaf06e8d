"""The loop: command → desk → journal → published event. The one place that commits and the one that publishes.

It must not know who sends commands or who watches.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

import msgspec
import reactivex
from reactivex import Observable, operators
from reactivex.subject import Subject as RxSubject

from engine.clock import MICROSECOND, SECOND, Clock, whole_second_after
from engine.commands import (
    Command,
    Done,
    FireDeadline,
    Outcome,
    Refused,
    StartEngine,
)
from engine.condition import Conditions
from engine.desk.desk import Consequence, Desk
from engine.events import (
    ConversationEvent,
    ConversationId,
    Event,
    EventId,
    Record,
    Tick,
    VisitorId,
    VisitStarted,
)
from engine.found import Found
from engine.ids import draw_id
from engine.journal import Answer, Journal, Unit
from engine.known import Knowledge, States
from engine.pending import Key, Pending, Stopped
from engine.returning import Returning
from engine.room import NoRoom, Shed
from engine.signals import Signal, Signals
from engine.streams.machinery.from_store_then_live import from_store_then_live
from engine.streams.machinery.keyed import Keyed

Moment = Event | Tick
Answered = tuple[Outcome, Pending | None]  # and what must be kept before it may be told; None: nothing


class Core:
    """The engine's core over a journal of which all is known: `known` is None for an empty one.

    Attributes:
        moments: every kept event and every tick, in their one order, after the commit. Hot, without replay.
        busy: how many commands were refused because the journal had no room.
        condition: what is not as it should be with the disk and the journal.
        shed: how many commands were refused for that, by what was given up; `full`: because nothing could be kept.
        forgotten: the position of the last kept event that made something be forgotten, since the start.

    """

    def __init__(
        self,
        journal: Journal,
        *,
        known: Knowledge | None = None,
        clock: Clock | None = None,
        on_fatal: Callable[[BaseException], None],
    ) -> None:
        self._journal, self._clock, self._on_fatal = journal, clock or Clock(), on_fatal
        self._desk = Desk(known.desk if known else None)
        self.moments: RxSubject[Moment] = RxSubject()
        self.busy = 0
        self.condition = Conditions()
        self.shed: Counter[str] = Counter()
        self.forgotten = 0
        self._conversations: Keyed[ConversationId | None, Event] = Keyed(_conversation_of)
        self._visitors: Keyed[VisitorId | None, Event] = Keyed(_visitor_of)
        self._signals = Signals()
        self._returning = Returning(journal, self._desk.state)
        self._waiting: list[Pending] = []
        self._dead: Stopped | None = None  # the journal, and why
        self._answers: dict[Key, tuple[Outcome, Pending]] = {}  # until they are kept
        self._position = known.position if known else 0
        self._last = known.at if known else None
        if self._last is not None:
            self._clock.start_after(self._last)
        self._next_tick = whole_second_after(max(self._clock.read(), self._last or self._clock.read()))
        self._ticking: asyncio.Task[None] | None = None

    # --- start and stop --------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Take commands; returns when the start itself is kept and published, however long the disk is full."""
        self._journal.start(on_commit=self._committed, on_dead=self._died, on_full=self._filled)
        _, pending = self._take(StartEngine(), None)
        while pending is not None and not await pending.kept():
            pass
        self._ticking = asyncio.create_task(self._tick_every_second(), name="tick")

    async def rest(self) -> None:
        """Let time stand still, and wait until all is kept and published. Raises `Stopped`, or `NoRoom`."""
        if self._ticking is not None:
            self._ticking.cancel()
        while self._waiting:
            if self.condition.now.full or not await self._waiting[-1].kept():
                raise NoRoom
        if self._dead is not None:
            raise self._dead

    async def stop(self) -> None:
        """Keep what waits, then stop."""
        if self._ticking is not None:
            self._ticking.cancel()
        await self._journal.close()
        await asyncio.sleep(0)  # the last commit's callback is on the loop already
        self.moments.on_completed()

    def known(self, states: States) -> Knowledge:
        """What is known now that the core is at rest; `states` are those of the views."""
        return Knowledge(position=self._position, at=self._last, desk=self._desk.state, states=states)

    @property
    def position(self) -> int:
        """That of the last event, kept or about to be."""
        return self._position

    # --- commands --------------------------------------------------------------------------------------------------

    async def send(self, command: Command, *, sender: str, client_id: str | None = None) -> Outcome:
        """Ask for something; answers after it is kept. The same (sender, client_id) gets the first answer again.

        Where the disk is full it is refused; what was taken until then is kept as soon as there is room, and answered
        when it is asked for again.
        """
        while command.has_happened and self._waiting and not self._journal.has_room():
            await self._waiting[0].kept()
        key = (sender, client_id) if client_id is not None else None
        taken: Answered
        if key and key in self._answers:
            taken = self._answers[key]
        elif key and (known := self._journal.answer(*key)) is not None:
            return msgspec.json.decode(known, type=Done)
        else:
            taken = self._take(command, key)
        outcome, pending = taken
        if pending is not None and (self.condition.now.full or not await pending.kept()):
            return self._refuse_for_want_of_room("full")
        return outcome

    def _take(self, command: Command, key: Key | None) -> Answered:
        if not self._journal.has_room():
            self.busy += 1
            return Refused(reason="busy"), None
        if (given_up := self._given_up(command)) is not None:
            return self._refuse_for_want_of_room(given_up), None
        now = self._clock.next()  # read once: a tick of before it must not come after it
        self._advance(now - MICROSECOND)
        said = self._desk.handle(self._returning.known(command), now)
        if isinstance(said, Refused):
            return self._ended_long_ago(command, said), self._last_pending()
        if not said:
            return Done(), self._last_pending()
        outcome = _outcome(said)
        answer = Answer(*key, msgspec.json.encode(outcome)) if key else None
        pending = self._keep(Pending(Unit(self._records(said), answer), key=key))
        if key:
            self._answers[key] = outcome, pending
        return outcome, pending

    def _given_up(self, command: Command) -> Shed | Literal["full"] | None:
        """For what a command is refused before anybody looks at it, with little room or none; who is in a chat asks on.

        What has happened is never refused.
        """
        if self.condition.now.full and not command.has_happened:
            return "full"
        visitor: VisitorId | None = getattr(command, "visitor", None)
        if command.takes == "new-chats" and visitor and self._desk.state.open_conversation(visitor):
            return None
        return command.takes if self.condition.gives_up(command.takes) else None

    def _refuse_for_want_of_room(self, given_up: Shed | Literal["full"]) -> Refused:
        """Asked for again soon, as with any busy server, where nothing can be kept; else for as long as it lasts."""
        self.shed[given_up] += 1
        return (
            Refused(reason="busy", detail="no-room")
            if given_up == "full"
            else Refused(reason="no-room", detail=given_up)
        )

    def _ended_long_ago(self, command: Command, refused: Refused) -> Refused:
        """The desk forgets closed conversations in time; the journal tells an ended one from an unknown one."""
        if refused.reason != "unknown-conversation":
            return refused
        conversation: ConversationId = getattr(command, "conversation", ConversationId(""))
        return Refused(reason="ended") if self._journal.of_conversation(conversation) else refused

    def _last_pending(self) -> Pending | None:
        """The last of all that what is answered may rest on; None if it is kept already."""
        return self._waiting[-1] if self._waiting else None

    # --- keeping and publishing ------------------------------------------------------------------------------------

    def _records(self, said: Sequence[Consequence]) -> tuple[Record, ...]:
        command_id, records = draw_id(), list[Record]()
        for event, cause in said:
            self._position += 1
            cause_id = command_id if cause is None else records[cause].id
            records.append(Record(position=self._position, id=EventId(draw_id()), cause=cause_id, event=event))
            self._last = event.at
            if isinstance(event, VisitStarted):
                self._returning.began(event)
        return tuple(records)

    def _keep(self, pending: Pending) -> Pending:
        if self._dead is not None:
            pending.tell(self._dead)
            return pending
        self._waiting.append(pending)
        self._journal.append(pending.unit)
        return pending

    def _committed(self, units: Sequence[Unit]) -> None:
        kept, self._waiting = self._waiting[: len(units)], self._waiting[len(units) :]
        for pending in kept:
            if pending.key:
                del self._answers[pending.key]
            pending.tell()  # in the next turn: the answer goes out with what is published in this one
        for pending in kept:
            for record in pending.unit.records:
                self._returning.kept(record.event)
                if record.event.forgets:
                    self.forgotten = record.position
                self.moments.on_next(record.event)
                self._conversations.on_next(record.event)
                self._visitors.on_next(record.event)
            if pending.tick is not None:
                self.moments.on_next(pending.tick)

    def _filled(self, full: bool) -> None:
        self.condition.is_full(full)
        if full:
            for pending in self._waiting:
                pending.put_off()

    def _died(self, error: BaseException) -> None:
        self._dead = Stopped(repr(error))
        if self._ticking is not None:
            self._ticking.cancel()
        for pending in self._waiting:
            pending.tell(self._dead)
        self._on_fatal(error)

    # --- time ------------------------------------------------------------------------------------------------------

    async def _tick_every_second(self) -> None:
        while True:
            now = self._clock.read()
            self._advance(now)
            await asyncio.sleep(max(0.001, (self._next_tick - now).total_seconds()))

    def _advance(self, now: datetime) -> None:
        """Give every tick that is due: deadlines fire at it, then it is published."""
        while self._next_tick <= now:
            tick = Tick(at=self._next_tick)
            self._clock.set_at(tick.at)
            self._next_tick += SECOND
            while (due := self._desk.next_deadline()) is not None and due <= tick.at:
                said = self._desk.handle(FireDeadline(), tick.at)
                if isinstance(said, Refused) or not said:
                    break
                self._keep(Pending(Unit(self._records(said))))
            self._keep(Pending(Unit(()), tick=tick))

    # --- one conversation ------------------------------------------------------------------------------------------

    def conversation(self, one: ConversationId, after: int = 0) -> Observable[ConversationEvent]:
        """A conversation's events past number `after`: the kept ones, then live ones; no hole, no doubles."""

        def kept(number: int) -> Observable[ConversationEvent]:
            events = (record.event for record in self._journal.of_conversation(one, number))
            return reactivex.from_iterable(event for event in events if isinstance(event, ConversationEvent))

        live = self._conversations.of(one).pipe(operators.map(_as_conversation_event))
        return from_store_then_live(kept, live, number=_number, after=after)

    def last_conversation(self, visitor: VisitorId) -> list[ConversationEvent]:
        """The kept events of the visitor's last conversation; none where they had none."""
        one = self._journal.last_conversation(visitor)
        return [event for event in self.kept(one) if isinstance(event, ConversationEvent)] if one else []

    def named(self, visitor: VisitorId) -> list[Event]:
        """The kept events of a visitor that have to do with what they are called, but for those of conversations."""
        return self._journal.named(visitor)

    def records_behind(self, one: ConversationId) -> list[Record]:
        """A conversation's kept records, and those of others that led to them."""
        found = {record.id: record for record in self._journal.of_conversation(one)}
        new = list(found.values())
        while causes := {record.cause for record in new} - found.keys():
            new = self._journal.with_ids(causes)
            found |= {record.id: record for record in new}
        return list(found.values())

    async def search(self, text: str, *, before: int | None, limit: int) -> list[Found]:
        """Kept texts with all words of `text`, the latest first; raises `engine.journal.search.SearchTooSlow`."""
        return await self._journal.search(text, before=before, limit=limit)

    def conversations_of(self, visitor: VisitorId) -> tuple[ConversationId, ...] | None:
        """The kept conversations of a visitor; None of one who was never here."""
        found = tuple(self._journal.conversations(visitor))
        return found if found or self._journal.visits(visitor) or self.is_visiting(visitor) else None

    def kept(self, one: ConversationId) -> list[Event]:
        """A conversation's kept events; none of one that is not there."""
        return [record.event for record in self._journal.of_conversation(one)]

    def signal(self, signal: Signal) -> None:
        """Let the other side see a signal; of no effect where who gives it is not one of the two."""
        if self._desk.may_type(signal.conversation, signal.party):
            self._signals.say(signal)

    def signals(self, one: ConversationId) -> Observable[Signal]:
        """A conversation's signals, each as it is given, from now on; never kept."""
        return self._signals.of(one)

    def is_visiting(self, one: VisitorId) -> bool:
        """Whether a visitor's visit goes on, kept or about to be."""
        known = self._desk.state.visitors.get(one)
        return known is not None and known.visit is not None

    def of_visitor(self, one: VisitorId) -> Observable[Event]:
        """What is published of a visitor from now on: presence, and conversations that begin; invitations too."""
        return self._visitors.of(one)


def _visitor_of(event: Event) -> VisitorId | None:
    return event.told_to


def _conversation_of(event: Event) -> ConversationId | None:
    return event.conversation if isinstance(event, ConversationEvent) else None


def _as_conversation_event(event: Event) -> ConversationEvent:
    assert isinstance(event, ConversationEvent)  # noqa: S101 - only these have a conversation as their key
    return event


def _number(event: ConversationEvent) -> int:
    return event.number


def _outcome(said: Sequence[Consequence]) -> Done:
    first = next((each.event for each in said if isinstance(each.event, ConversationEvent)), None)
    return Done(conversation=first.conversation, number=first.number) if first else Done()
