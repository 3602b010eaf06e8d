"""The desk: commands in, events out. It knows the rules and nothing of the world around them."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from engine.commands import Command, FireDeadline, Refused
from engine.desk import (
    answers,
    first_words,
    forgetting,
    holding,
    house,
    invitations,
    left_messages,
    presence,
    requests,
    visitors,
)
from engine.desk.apply import apply
from engine.desk.deadlines import Deadlines
from engine.desk.decision import Decision, Rules
from engine.desk.due import ANEW, DUE
from engine.desk.follow import FOLLOW
from engine.desk.leaving import let_go
from engine.desk.state import DeskState
from engine.desk.validate import validate
from engine.events import ConversationId, Event, Party

ROOMS = (visitors, requests, first_words, answers, holding, invitations, left_messages, presence, house, forgetting)
DECIDE: Rules = {command: rule for room in ROOMS for command, rule in room.DECIDE.items()}


class Consequence(NamedTuple):
    """An event of a command's unit; `cause` is the index in the unit of the event it followed, None: the command."""

    event: Event
    cause: int | None


class Desk:
    """The rules over one state.

    `handle` is `decide`, `apply`, and what follows by rule, as one unit; a replay needs only `apply`.
    """

    def __init__(self, state: DeskState | None = None) -> None:
        self.state = DeskState() if state is None else state
        self._deadlines = Deadlines(self.state, DUE, ANEW)

    def handle(self, command: Command, now: datetime) -> list[Consequence] | Refused:
        """What the command makes happen, already applied; or why not, and then nothing has changed."""
        let_go(self.state, now)  # as the first event would: no rule may decide on what that event no longer finds
        decision = self.decide(command, now)
        if isinstance(decision, Refused):
            return decision
        unit: list[Consequence] = []
        to_follow: deque[int] = deque()

        def happen(event: Event, cause: int | None) -> None:
            self.apply(event)
            to_follow.append(len(unit))
            unit.append(Consequence(event, cause))

        for event in decision:
            happen(event, None)
        while to_follow:
            cause = to_follow.popleft()
            for rule in FOLLOW.get(type(unit[cause].event), ()):
                for event in rule(self.state, unit[cause].event):
                    happen(event, cause)
        return unit

    def decide(self, command: Command, now: datetime) -> Decision:
        """The first events of a command, or the refusal; changes nothing."""
        if isinstance(command, FireDeadline):
            return self._fire(now)
        return DECIDE[type(command)](self.state, command, now)

    def apply(self, event: Event) -> None:
        """Change the state by an event that has happened."""
        apply(self.state, event)
        self._deadlines.note(event)

    def next_deadline(self) -> datetime | None:
        """When the next thing is due, or None."""
        first = self._deadlines.first()
        return first.when if first else None

    def may_type(self, conversation: ConversationId, party: Party) -> bool:
        """Whether the party may be seen typing in a conversation: one of the two, while it is active."""
        return answers.may_type(self.state, conversation, party)

    def validate(self) -> None:
        """Raise `engine.desk.validate.Invalid` where the state breaks an invariant."""
        validate(self.state)

    def _fire(self, now: datetime) -> Sequence[Event]:
        first = self._deadlines.first()
        return DUE[first.what].done(self.state, first.id, now) if first is not None and first.when <= now else []
