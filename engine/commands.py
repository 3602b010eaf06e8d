"""Every command: what a visitor, an operator, an administrator or the clock asks for, in the imperative.

A command brings the ids of what it would make (drawn by its sender), so that the same commands always give the same
events. Text in a command is cleaned already (`engine.text`); whether the thing may happen is for the desk to say.
"""

from typing import Literal

import msgspec

from engine.events import (
    ConversationId,
    DepartmentId,
    MessageId,
    Mode,
    OperatorId,
    PageViewId,
    Party,
    Role,
    SiteId,
    VisitId,
    VisitorId,
)


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command", tag=str):
    """Something asked for."""


# --- the visitor ---------------------------------------------------------------------------------------------------


class ViewPage(Command, frozen=True, kw_only=True):
    """A page of a site was opened; `visit` is the id of the visit should this begin one."""

    visitor: VisitorId
    visit: VisitId
    page_view: PageViewId
    site: SiteId
    address: str
    title: str | None = None
    referrer: str | None = None
    device: Literal["desktop", "phone", "tablet", "unknown"] = "unknown"
    browser: str | None = None
    origin_address: str | None = None
    user_agent: str | None = None


class LoseVisitor(Command, frozen=True, kw_only=True):
    """The visitor's last connection closed."""

    visitor: VisitorId


class ReturnVisitor(Command, frozen=True, kw_only=True):
    """The visitor has a connection again."""

    visitor: VisitorId


class AskForHelp(Command, frozen=True, kw_only=True):
    """The visitor asks; `conversation` and `visit` are the ids should this begin one, or a visit.

    No department: the first that takes part.
    """

    visitor: VisitorId
    visit: VisitId
    site: SiteId
    conversation: ConversationId
    department: DepartmentId | None = None
    mode: Mode = "text"
    name: str | None = None


class CancelRequest(Command, frozen=True, kw_only=True):
    """The visitor no longer wants to wait."""

    visitor: VisitorId
    conversation: ConversationId


class LeaveMessage(Command, frozen=True, kw_only=True):
    """The visitor leaves a message, out of the open conversation or as a new one with the id `conversation`."""

    visitor: VisitorId
    site: SiteId
    conversation: ConversationId
    department: DepartmentId | None = None
    name: str | None = None
    email: str
    subject: str | None = None
    text: str


# --- both sides ----------------------------------------------------------------------------------------------------


class WriteMessage(Command, frozen=True, kw_only=True):
    """One of the two writes; `client_id` is the sender's own id of the message."""

    author: Party
    conversation: ConversationId
    message: MessageId
    client_id: str
    text: str


class EndConversation(Command, frozen=True, kw_only=True):
    """One of the two ends the conversation."""

    by: Party
    conversation: ConversationId


# --- the operator --------------------------------------------------------------------------------------------------


class OperatorCommand(Command, frozen=True, kw_only=True):
    """Asked for by a signed-in operator; the door fills in who that is."""

    operator: OperatorId = OperatorId("")


class SwitchLiveHelp(OperatorCommand, frozen=True, kw_only=True):
    """The operator wants to be available, or not."""

    on: bool


class AcceptRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator takes a conversation that rings, is offered, or waits in the queue."""

    conversation: ConversationId


class DeclineRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator does not take it, and is not asked again."""

    conversation: ConversationId


class QueueRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator withdraws the ring from everybody and lets the visitor wait in the queue."""

    conversation: ConversationId


class SayToVisitor(OperatorCommand, frozen=True, kw_only=True):
    """The operator writes into a conversation; the door makes it a `WriteMessage` with its own message id."""

    conversation: ConversationId
    text: str


class Type(OperatorCommand, frozen=True, kw_only=True):
    """The operator is typing: a signal, told to the visitor and never kept."""

    conversation: ConversationId


class EndChat(OperatorCommand, frozen=True, kw_only=True):
    """The operator ends a conversation; the door makes it an `EndConversation`."""

    conversation: ConversationId


class ArriveOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator has a dashboard tab: the first of this sign-in, or again after having lost it."""


class LoseOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator's last dashboard tab closed."""


class SignOutOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator signed out."""


# --- the house -----------------------------------------------------------------------------------------------------


class AddSite(Command, frozen=True, kw_only=True):
    """Let a site embed the widget."""

    site: SiteId
    key: str
    name: str
    origins: tuple[str, ...]


class ChangeSite(Command, frozen=True, kw_only=True):
    """Give a site another name or other origins."""

    site: SiteId
    name: str
    origins: tuple[str, ...]


class AddDepartment(Command, frozen=True, kw_only=True):
    """Add a department."""

    department: DepartmentId
    name: str
    takes_part: bool = True


class AddOperator(Command, frozen=True, kw_only=True):
    """Add an operator; their login and password are kept apart, in `engine.accounts`."""

    operator: OperatorId
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None = None


class ChangeSetting(Command, frozen=True, kw_only=True):
    """Give a setting a value, in the unit of its name."""

    name: str
    value: int


# --- the clock -----------------------------------------------------------------------------------------------------


class StartEngine(Command, frozen=True, kw_only=True):
    """The first command after a start: whoever was connected is not any more."""


class FireDeadline(Command, frozen=True, kw_only=True):
    """The earliest deadline that is due fires; the engine repeats it until none is."""


AnyCommand = (
    ViewPage
    | LoseVisitor
    | ReturnVisitor
    | AskForHelp
    | CancelRequest
    | LeaveMessage
    | WriteMessage
    | EndConversation
    | SwitchLiveHelp
    | AcceptRequest
    | DeclineRequest
    | QueueRequest
    | ArriveOperator
    | LoseOperator
    | SignOutOperator
    | AddSite
    | ChangeSite
    | AddDepartment
    | AddOperator
    | ChangeSetting
    | StartEngine
    | FireDeadline
)

# What the one who holds the house's key may ask for: the command line, on the same machine.
HouseCommand = AddSite | ChangeSite | AddDepartment | AddOperator | ChangeSetting

# What a dashboard tab may ask for through the door; the last is a signal and never kept.
KeptTabCommand = SwitchLiveHelp | AcceptRequest | DeclineRequest | QueueRequest | SayToVisitor | EndChat
TabCommand = KeptTabCommand | Type

Reason = Literal[
    "bad-code",
    "bad-frame",
    "bad-login",
    "bad-text",
    "bad-value",
    "busy",
    "ended",
    "empty",
    "forbidden",
    "not-offered",
    "not-yours",
    "signed-out",
    "taken",
    "too-fast",
    "too-long",
    "unknown-command",
    "unknown-conversation",
    "unknown-department",
    "unknown-setting",
    "unknown-site",
    "exists",
    "not-active",
    "disconnected",
]


class Done(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="done", omit_defaults=True):
    """It happened and is kept. `conversation` and `number` say where, for what belongs to a conversation."""

    conversation: ConversationId | None = None
    number: int | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="refused", omit_defaults=True):
    """It did not happen and nothing changed.

    `limit` is the number that was passed (characters, or seconds to wait for `too-fast`), `by` the name of the
    operator who has it for `taken`.
    """

    reason: Reason
    detail: str | None = None
    limit: int | None = None
    by: str | None = None


Outcome = Done | Refused
