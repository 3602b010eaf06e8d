"""What the desk knows: the published and not yet published truth that commands are decided on.

Only `engine.desk.apply`, `moves` and `parts` change it. It must not know why anything happens.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from engine.events import (
    Actor,
    ConversationId,
    DepartmentId,
    Hours,
    MessageId,
    OperatorId,
    OperatorName,
    Part,
    PartId,
    SiteId,
    VisitId,
    VisitorId,
    VisitorIdentity,
)
from engine.events.parts import Site
from engine.settings import DEFAULTS, Settings
from engine.talk import State


@dataclass(slots=True)
class Unseen:
    """The numbers of messages that one side wrote and the other has not seen, in their order."""

    by_visitor: list[int] = field(default_factory=list)
    by_operator: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Words:
    """A visitor's first words, until they are written: the entry they are in, and the message that they will be."""

    number: int
    message: MessageId
    text: str


@dataclass(slots=True)
class Conversation:
    """A conversation.

    Attributes:
        number: that of its last event.
        ringing: who may answer now: in routing everybody it rings at, in the queue the one it is offered to.
        until: when the ring or the offer times out, None while there is none.
        declined: never asked again.
        tried: had their notice; not asked again until they become available anew or end a chat.
        asked: the last operator it was offered to alone, from the queue.
        operator: who serves, or served until the end.
        inviter: who invited, where it began with an invitation; `expires` is when that runs out, while it is open.
        opens: when the department opens, where it was queued because that was closed, or waited when its hours changed,
            and nobody was asked since.
        at_head: whether it waits before all that were never served, because its operator was lost.
        lost: whether it ended because the visitor was lost.
        unseen: the numbers of the messages that the visitor, and those that the operator, has not seen yet.
        words: what the visitor said that it is about, until it is written.

    """

    id: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    state: State
    number: int = 0
    ringing: dict[OperatorId, None] = field(default_factory=dict)
    until: datetime | None = None
    declined: set[OperatorId] = field(default_factory=set)
    tried: set[OperatorId] = field(default_factory=set)
    asked: OperatorId | None = None
    operator: OperatorId | None = None
    queued_at: datetime | None = None
    inviter: OperatorId | None = None
    expires: datetime | None = None
    opens: datetime | None = None
    at_head: bool = False
    lost: bool = False
    unseen: Unseen = field(default_factory=Unseen)
    words: Words | None = None


@dataclass(slots=True)
class Visitor:
    """A visitor; `visit` is None while not on the site, `lost_at` is set while without a connection.

    Attributes:
        site: of the present or the last visit.
        page: the address and the title of the one they look at.
        identity: who the site says they are, in this visit; with whether that was signed.
        closed: conversations that are over, until the visitor goes or comes anew; left messages until they are closed.
        left: when they left messages.

    """

    id: VisitorId
    visits: int = 0
    visit: VisitId | None = None
    site: SiteId | None = None
    page: tuple[str, str | None] | None = None
    lost_at: datetime | None = None
    asleep: bool = False
    identity: tuple[VisitorIdentity | None, bool] | None = None
    conversation: ConversationId | None = None
    closed: list[ConversationId] = field(default_factory=list)
    left: list[datetime] = field(default_factory=list)


@dataclass(slots=True)
class Operator:
    """An operator; `present` from the first tab of a sign-in until gone. Who was removed stays, for who names them.

    Attributes:
        serves: whether requests may ever be offered to them: no analyst, neither disabled nor removed.
        chats: conversations served.
        offers: conversations offered from the queue to this operator alone.
        rings: conversations that ring at everybody, this operator among them.
        wraps_up_until: the end of the time after a chat in which nothing is offered.

    """

    id: OperatorId
    name: str
    departments: tuple[DepartmentId, ...]
    max_chats: int | None = None
    serves: bool = True
    present: bool = False
    lost_at: datetime | None = None
    live_help: bool = False
    wraps_up_until: datetime | None = None
    chats: dict[ConversationId, None] = field(default_factory=dict)
    offers: dict[ConversationId, None] = field(default_factory=dict)
    rings: dict[ConversationId, None] = field(default_factory=dict)

    @property
    def load(self) -> int:
        """What counts against the maximum: chats, and offers made to this operator alone."""
        return len(self.chats) + len(self.offers)


@dataclass(slots=True)
class Department:
    """A department with its operators, its queue (next first) and what rings in it; no `hours`: always open.

    One that was removed stays, closed to everybody, for what is over and names it.
    """

    id: DepartmentId
    name: str
    takes_part: bool
    hours: Hours | None = None
    operators: list[OperatorId] = field(default_factory=list)
    queue: OrderedDict[ConversationId, None] = field(default_factory=OrderedDict)
    ringing: dict[ConversationId, None] = field(default_factory=dict)


@dataclass(slots=True)
class Mark:
    """How often something was set, and who did it last."""

    version: int
    by: Actor


@dataclass(slots=True)
class Standing:
    """A part of the house as it was set last, and what is personal of it."""

    part: Part
    personal: OperatorName | None
    mark: Mark


@dataclass(slots=True)
class DeskState:
    """Everything the rules read. Who has gone leaves it, with what is over of theirs; unclosed left messages stay.

    Attributes:
        marks: of the settings that were ever changed, by their names.
        parts: what the house has now; what the rules keep of it beside stands in `sites`, `departments`, `operators`.
        leaving: visitors who are gone and when, until the moment after: what follows from their going reads them.
        closed_late: visitors whose left message was closed when they were gone; until the next end of a visit it can be
            opened again.

    """

    settings: Settings = DEFAULTS
    marks: dict[str, Mark] = field(default_factory=dict)
    parts: dict[PartId, Standing] = field(default_factory=dict)
    sites: dict[SiteId, Site] = field(default_factory=dict)
    departments: dict[DepartmentId, Department] = field(default_factory=dict)
    operators: dict[OperatorId, Operator] = field(default_factory=dict)
    visitors: dict[VisitorId, Visitor] = field(default_factory=dict)
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict)
    leaving: dict[VisitorId, datetime] = field(default_factory=dict)
    closed_late: list[VisitorId] = field(default_factory=list)

    def maximum(self, operator: Operator) -> int:
        """How many chats this operator may have at once."""
        return self.settings.max_chats if operator.max_chats is None else operator.max_chats

    def available(self, operator: Operator) -> bool:
        """Whether a request may be offered to this operator: here, Live Help on, not wrapping up, below the maximum."""
        ready = operator.present and operator.live_help and operator.wraps_up_until is None
        return ready and self.below_maximum(operator)

    def below_maximum(self, operator: Operator) -> bool:
        """Whether one more chat is within the operator's maximum."""
        return operator.load < self.maximum(operator)

    def available_in(self, department: DepartmentId) -> Iterator[Operator]:
        """The department's operators to whom a request may be offered, in the order they were added."""
        everybody = (self.operators[one] for one in self.departments[department].operators)
        return (operator for operator in everybody if self.available(operator))

    def open_conversation(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation, if there is one."""
        known = self.visitors.get(visitor)
        return self.conversations[known.conversation] if known and known.conversation else None
