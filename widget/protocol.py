"""The widget's protocol: every frame between a visitor's browser and the gateway, as JSON text on a websocket.

A frame is an object with its type in `t`. Unknown types, unknown fields and wrong types are answered by an `Error`
with `bad-frame` and change nothing. Two sockets: the page's (`/ws/page`, by the loader on the site's own page) and the
chat's (`/ws/chat`, by the iframe on our origin). Secrets travel in the first frame only, never in an address.
"""

from typing import Annotated, Literal

import msgspec

from engine.commands import Reason
from engine.events import ConversationId, DepartmentId, MessageId

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Service = Literal["live", "message"]  # the button: "Click for Live Help" or "Leave a message"
State = Literal["routing", "queued", "active", "ended", "abandoned", "left"]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t", omit_defaults=True):
    """One frame."""


# --- from the page -------------------------------------------------------------------------------------------------


class Page(Frame, frozen=True, kw_only=True, tag="page"):
    """A page was opened in this tab."""

    address: str
    title: str = ""
    referrer: str = ""


class PageHello(Frame, frozen=True, kw_only=True, tag="hello"):
    """The first frame of a page's socket. `visitor` is the visitor's key from `parlour.visitor`, if there is one.

    `page` is left out when the socket comes back for a page that was told of before.
    """

    site: Annotated[str, msgspec.Meta(max_length=64)]
    visitor: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    page: Page | None = None


# --- from the chat -------------------------------------------------------------------------------------------------


class ChatHello(Frame, frozen=True, kw_only=True, tag="hello"):
    """The first frame of a chat's socket: the visitor's key, this browser's chat secret, and where to go on from."""

    site: Annotated[str, msgspec.Meta(max_length=64)]
    visitor: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    secret: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    after: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class Ask(Frame, frozen=True, kw_only=True, tag="ask"):
    """The button "Text chat" of "Start communication"."""

    client_id: Id
    department: DepartmentId | None = None
    mode: Literal["text"] = "text"
    name: str = ""


class Say(Frame, frozen=True, kw_only=True, tag="say"):
    """A message. The same `client_id` again gets the first answer again and is kept once."""

    client_id: Id
    text: str
    conversation: ConversationId | None = None  # the one it was written in; the open one where it is left out


class End(Frame, frozen=True, kw_only=True, tag="end"):
    """The button "End chat"."""

    client_id: Id
    conversation: ConversationId | None = None


class Cancel(Frame, frozen=True, kw_only=True, tag="cancel"):
    """The visitor no longer wants to wait."""

    client_id: Id
    conversation: ConversationId | None = None


class Leave(Frame, frozen=True, kw_only=True, tag="leave"):
    """The form "Leave a message"."""

    client_id: Id
    email: str
    text: str
    name: str = ""
    subject: str = ""
    department: DepartmentId | None = None


class Typing(Frame, frozen=True, kw_only=True, tag="typing"):
    """The visitor is typing; or, from the gateway, the operator is. A signal: not kept, not answered."""

    conversation: ConversationId


FromPage = PageHello | Page
FromChat = ChatHello | Ask | Say | End | Cancel | Leave | Typing


# --- to both -------------------------------------------------------------------------------------------------------


class Error(Frame, frozen=True, kw_only=True, tag="error"):
    """Refused, nothing changed. `client_id` names the refused frame; `limit` is in characters, or seconds to wait."""

    reason: Reason
    client_id: str | None = None
    detail: str | None = None
    limit: int | None = None


class Button(Frame, frozen=True, kw_only=True, tag="service"):
    """What the button says now; sent whenever it changes."""

    service: Service


# --- to the page ---------------------------------------------------------------------------------------------------


class PageWelcome(Frame, frozen=True, kw_only=True, tag="welcome"):
    """The answer to `PageHello`. Keep `visitor` in `parlour.visitor`; `chat`: there is an open conversation to show.

    `tell_page`: the visit had ended, so send the page once more.
    """

    visitor: str
    service: Service
    chat: bool
    tell_page: bool = False


# --- to the chat ---------------------------------------------------------------------------------------------------


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A department a visitor may choose."""

    id: DepartmentId
    name: str
    service: Service


class Conversation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The visitor's conversation as it stands: the open one, or the last if it ended while they were away."""

    id: ConversationId
    state: State
    department: str
    operator: str | None = None


class ChatWelcome(Frame, frozen=True, kw_only=True, tag="welcome"):
    """The answer to `ChatHello`. Keep `secret` in `parlour.chat` and hand `visitor` to the page.

    After it come the conversation's entries that follow `after`, from the journal, then the live ones.
    """

    visitor: str
    secret: str
    site: str
    service: Service
    departments: tuple[Department, ...]
    conversation: Conversation | None = None
    name: str | None = None


class Departments(Frame, frozen=True, kw_only=True, tag="departments"):
    """Departments or whether they are served changed."""

    service: Service
    departments: tuple[Department, ...]


class Span(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run of text; with `href` it is a link (http, https or mailto only)."""

    text: str
    href: str | None = None


class Entry(Frame, frozen=True, kw_only=True, tag="entry"):
    """One event of the conversation, in its order: `number` counts 1, 2, 3 … without a gap for this conversation.

    `what`: asked, ringing, queued, accepted, message, ended, abandoned, left, step (nothing a visitor sees).
    `state` is the conversation's state after it. A message has `author`, `spans`, `message`, and `client_id` where the
    visitor wrote it. Keep `token` and hand it back as `after`.
    """

    conversation: ConversationId
    number: int
    token: str
    at: str
    what: Literal["asked", "ringing", "queued", "accepted", "message", "ended", "abandoned", "left", "step"]
    state: State
    author: Literal["visitor", "operator"] | None = None
    operator: str | None = None
    message: MessageId | None = None
    client_id: str | None = None
    spans: tuple[Span, ...] | None = None
    reason: str | None = None


class Place(Frame, frozen=True, kw_only=True, tag="place"):
    """Where a queued visitor stands: 1 is next. `wait_s`: the usual wait in seconds, None while unknown.

    `staffed`: somebody of the department is signed in.
    """

    conversation: ConversationId
    place: int
    wait_s: int | None = None
    staffed: bool = True


class Ack(Frame, frozen=True, kw_only=True, tag="ack"):
    """Kept. `number` is the conversation's number of what was asked for."""

    client_id: str
    conversation: ConversationId | None = None
    number: int | None = None


ToPage = PageWelcome | Button | Error
ToChat = ChatWelcome | Departments | Entry | Place | Typing | Ack | Error
