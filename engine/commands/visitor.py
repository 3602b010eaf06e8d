"""What a visitor asks for, and what their pages tell."""

from typing import Annotated, ClassVar, NamedTuple

import msgspec

from engine.commands.base import Act, Command, Door
from engine.commands.fields import (
    Address,
    ByVisitorId,
    Caller,
    Campaign,
    Cleaned,
    Drawn,
    Email,
    FirstWords,
    FromJournal,
    Message,
    Name,
    NeededEmail,
    OneOfTheirs,
    OnSite,
    Referrer,
    Subject,
    ThisConversation,
    Title,
)
from engine.events import (
    ConversationId,
    DepartmentId,
    Device,
    MessageId,
    Mode,
    PageViewId,
    SiteId,
    VisitId,
    VisitorId,
    VisitorIdentity,
)
from engine.limits import table
from engine.room import Shed
from engine.text import NAME_LIMIT, VALUE_LIMIT, TextRefused, clean, required

USER_LIMIT, PARAMETERS = table.USER.most, table.PARAMETERS.most
User = Annotated[str | None, Cleaned(lambda text: clean(text or "", USER_LIMIT, lines=False) or None)]
NewVisit = Annotated[VisitId, Drawn()]
NewMessage = Annotated[MessageId, Drawn()]
NOWHERE = SiteId("")


def _parameters(sent: dict[str, str | int | float | bool]) -> tuple[tuple[str, str], ...]:
    if len(sent) > PARAMETERS:
        raise TextRefused("too-long", PARAMETERS)
    return tuple(
        (required(name, NAME_LIMIT, lines=False), clean(_text(value), VALUE_LIMIT, lines=False))
        for name, value in sent.items()
    )


def _text(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


ActionName = Annotated[str, Cleaned(lambda text: required(text, NAME_LIMIT, lines=False))]
Parameters = Annotated[tuple[tuple[str, str], ...], Cleaned(_parameters, sent=dict[str, str | int | float | bool])]


class VisitorAct(Act, frozen=True, kw_only=True):
    """Asked for in a visitor's chat window."""

    doors: ClassVar[tuple[Door, ...]] = ("chat",)
    visitor: ByVisitorId = VisitorId("")


class PageAct(Act, frozen=True, kw_only=True):
    """Told by a page of a site; not answered."""

    doors: ClassVar[tuple[Door, ...]] = ("page",)
    answered: ClassVar[tuple[Door, ...]] = ()
    visitor: ByVisitorId = VisitorId("")


class Known(NamedTuple):
    """What the journal knows of a visitor's earlier visits.

    Attributes:
        visits: how many there were.
        name: the one they gave last.
        signed: who their site signed that they are, the last time it did.

    """

    visits: int = 0
    name: str | None = None
    signed: VisitorIdentity | None = None


NOT_KNOWN = Known()


class ViewPage(PageAct, frozen=True, kw_only=True, tag="page"):
    """A page was opened in this tab; `visit` is the id of the visit should this begin one.

    `again`: it was told of before, and is looked at again or has got its title. `hash_routes`: the site tells its
    pages apart by the fragments of their addresses, which are left out else.
    """

    takes: ClassVar[Shed | None] = "page-views"
    before: Annotated[Known, FromJournal()] = NOT_KNOWN
    visit: NewVisit = VisitId("")
    page_view: Annotated[PageViewId, Drawn()] = PageViewId("")
    site: OnSite = NOWHERE
    address: Address
    again: bool = False
    hash_routes: bool = False
    campaign: Campaign = ()
    title: Title = None
    referrer: Referrer = None
    device: Annotated[Device, Caller("device")] = "unknown"
    browser: Annotated[str | None, Caller("browser")] = None
    origin_address: Annotated[str | None, Caller("origin_address")] = None
    user_agent: Annotated[str | None, Caller("user_agent")] = None


class SleepVisitor(PageAct, frozen=True, kw_only=True, tag="sleep"):
    """Nothing was done on this page for the time that `PageWelcome.sleep_s` says."""

    has_happened: ClassVar[bool] = True


class WakeVisitor(PageAct, frozen=True, kw_only=True, tag="wake"):
    """Something was done on this page again."""

    has_happened: ClassVar[bool] = True


class IdentifyVisitor(PageAct, frozen=True, kw_only=True, tag="identify"):
    """The site's script says who the visitor is.

    `signature` is the HMAC-SHA256 (hexadecimal) by the site's secret of `user`, `name` and `email`, a line each up to
    the last that says something; without one the operators see "unverified". The gateway checks it (`verified`).
    """

    before: Annotated[Known, FromJournal()] = NOT_KNOWN
    user: User = None
    name: Name = None
    email: Email = None
    signature: Annotated[str, msgspec.Meta(max_length=200)] = ""
    verified: Annotated[bool, Caller("verified")] = False


class TrackAction(PageAct, frozen=True, kw_only=True, tag="track"):
    """The site's script tells of something the visitor did."""

    takes: ClassVar[Shed | None] = "page-views"
    name: ActionName
    parameters: Parameters = ()


class AskForHelp(VisitorAct, frozen=True, kw_only=True, tag="ask"):
    """The button "Text chat" of "Start communication".

    `conversation` and `visit` are the ids should this begin one, or a visit. No department: the first that takes part.
    `words`: what it is about, written as the visitor's first message, with the id `message`, when somebody comes.
    """

    takes: ClassVar[Shed | None] = "new-chats"
    before: Annotated[Known, FromJournal()] = NOT_KNOWN
    visit: NewVisit = VisitId("")
    site: OnSite = NOWHERE
    conversation: Annotated[ConversationId, Drawn()] = ConversationId("")
    department: DepartmentId | None = None
    mode: Mode = "text"
    name: Name = None
    words: FirstWords = None
    message: NewMessage = MessageId("")


class ChangeFirstWords(VisitorAct, frozen=True, kw_only=True, tag="reword"):
    """Who waits says otherwise what it is about; without `words` they take it back."""

    conversation: OneOfTheirs = ConversationId("")
    words: FirstWords = None
    message: NewMessage = MessageId("")


class CancelRequest(VisitorAct, frozen=True, kw_only=True, tag="cancel"):
    """The visitor no longer wants to wait."""

    conversation: OneOfTheirs = ConversationId("")


class StartInvitedChat(VisitorAct, frozen=True, kw_only=True, tag="start"):
    """The button "Text chat" of "Open chat with operator": the visitor takes the invitation `conversation`."""

    conversation: ThisConversation
    mode: Mode = "text"
    name: Name = None


class RefuseInvitation(VisitorAct, frozen=True, kw_only=True, tag="refuse"):
    """The visitor closed the invitation `conversation`."""

    conversation: ThisConversation


class LeaveMessage(VisitorAct, frozen=True, kw_only=True, tag="leave"):
    """The form "Leave a message": out of the open conversation, or as a new one with the id `conversation`."""

    doors: ClassVar[tuple[Door, ...]] = ("chat", "form")
    takes: ClassVar[Shed | None] = "left-messages"
    site: OnSite = NOWHERE
    conversation: Annotated[ConversationId, Drawn()] = ConversationId("")
    department: DepartmentId | None = None
    name: Name = None
    email: NeededEmail
    subject: Subject = None
    text: Message


class VisitorCommand(Command, frozen=True, kw_only=True):
    """Said of a visitor by whoever sees their connections."""

    has_happened: ClassVar[bool] = True
    visitor: VisitorId


class LoseVisitor(VisitorCommand, frozen=True, kw_only=True):
    """The visitor's last connection closed."""


class ReturnVisitor(VisitorCommand, frozen=True, kw_only=True):
    """The visitor has a connection again."""
