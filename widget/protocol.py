"""The widget's protocol: every frame between a visitor's browser and the gateway, as JSON text on a websocket.

A frame is an object with its type in `t`. Unknown types, unknown fields and wrong types are answered by an `Error`
with `bad-frame` and change nothing. Two sockets: the page's (`/ws/page`, by the loader on the site's own page) and the
chat's (`/ws/chat`, by the iframe on our origin). Secrets travel in the first frame only, never in an address. What is
asked for is the command itself (`engine.commands`), with the fields that are the client's.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from engine.commands import LeaveMessage, Reason, ViewPage
from engine.commands.filling import frame, frames
from engine.events import ConversationId, DepartmentId
from engine.talk import Deed, State
from engine.talk.entries import Entry

Key = Annotated[str, msgspec.Meta(max_length=64)]  # a site's
Secret = Annotated[str, msgspec.Meta(max_length=200)] | None
Service = Literal["live", "message"]  # the button: "Click for Live Help" or "Leave a message"
Page: Any = frame(ViewPage, "page") | None


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t", omit_defaults=True):
    """One frame."""


# --- from the page -------------------------------------------------------------------------------------------------


class PageHello(Frame, frozen=True, kw_only=True, tag="hello"):
    """The first frame of a page's socket. `visitor` is the visitor's key from `parlour.visitor.KEY`, if there is one.

    `also`: another key, which this origin of the site had kept by itself: who has an open conversation goes on with it.
    `page` is left out when the socket comes back for a page that was told of before, and before the visitor consents.
    `asleep`: nothing was done on the page for a while. `automated`: a program drives the browser, which says so by
    itself (`navigator.webdriver`).
    """

    site: Key
    visitor: Secret = None
    also: Secret = None
    page: Page = None
    asleep: bool = False
    automated: bool = False


class PageBye(Frame, frozen=True, kw_only=True, tag="bye"):
    """`Parlour.shutdown()`: the next one at this browser is somebody else, as whom its other pages are welcomed."""


# --- from the chat -------------------------------------------------------------------------------------------------


class ChatHello(Frame, frozen=True, kw_only=True, tag="hello"):
    """The first frame of a chat's socket: the visitor's key, this browser's chat secret, and where to go on from.

    `also`, `also_secret`: somebody whom this browser knew before all origins of a site had one key. Whose conversation
    is open goes on with it.
    """

    site: Key
    visitor: Secret = None
    secret: Secret = None
    also: Secret = None
    also_secret: Secret = None
    after: Secret = None
    speaks: int = 1  # 2: entries with a `body`; a window from before it gets them as `widget.older` has them


FromPage = PageHello | PageBye | frames("page")
FromChat = ChatHello | frames("chat")


# --- by POST /leave ------------------------------------------------------------------------------------------------

# The form where no websocket can be opened: the fields of `ChatHello` beside it. The answer is a `Left`, or an `Error`
# with a status of 400 or more. From the site's own page `visitor` and `secret` are passed over: such a message belongs
# to nobody's conversation.
LeavePost: Any = frame(
    LeaveMessage, "form", ("site", Key, msgspec.NODEFAULT), ("visitor", Secret, None), ("secret", Secret, None)
)


class Left(Frame, frozen=True, kw_only=True, tag="left"):
    """The message is kept. `visitor` and `secret` as in `ChatWelcome`, for the chat window only."""

    client_id: str
    visitor: str | None = None
    secret: str | None = None


class Typing(Frame, frozen=True, kw_only=True, tag="typing"):
    """The operator is typing. A signal: not kept."""

    conversation: ConversationId


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
    """The answer to `PageHello`. Keep `visitor` in `parlour.visitor.KEY`, unless it is empty: that is a crawler's.

    `chat`: there is a conversation to show, open or lost not long ago.
    `tell_page`: the visit had ended, so send the page once more. `sleep_s`: after so many seconds without anything
    done on the page say `Sleep`. It comes again where somebody else is at this browser from now on, as a new visitor;
    `taken`: another page said so, and what this one said of its user holds no longer.
    """

    visitor: str
    service: Service
    chat: bool
    sleep_s: int
    tell_page: bool = False
    taken: bool = False


class Invited(Frame, frozen=True, kw_only=True, tag="invited"):
    """An operator invites the visitor: open the chat, which shows it."""


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

    After it come the conversation's entries that follow `after`, from the journal, then the live ones. `may` is what
    the visitor may do in each state of a conversation; `now` is the server's time: all waiting counts by it.
    """

    visitor: str
    secret: str
    site: str
    service: Service
    departments: tuple[Department, ...]
    may: Mapping[State, frozenset[Deed]] = msgspec.field(default_factory=dict)
    conversation: Conversation | None = None
    name: str | None = None
    now: datetime | None = None


class Departments(Frame, frozen=True, kw_only=True, tag="departments"):
    """Departments or whether they are served changed."""

    service: Service
    departments: tuple[Department, ...]


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


ToPage = PageWelcome | Button | Invited | Error
ToChat = ChatWelcome | Departments | Entry | Place | Typing | Ack | Error
