"""What a visitor asks for."""

from typing import ClassVar, Literal

from engine.commands.base import Command
from engine.events import ConversationId, DepartmentId, Mode, PageViewId, SiteId, VisitId, VisitorId


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

    has_happened: ClassVar[bool] = True
    visitor: VisitorId


class ReturnVisitor(Command, frozen=True, kw_only=True):
    """The visitor has a connection again."""

    has_happened: ClassVar[bool] = True
    visitor: VisitorId


class SleepVisitor(Command, frozen=True, kw_only=True):
    """The visitor did nothing on any of their pages for the sleep timeout."""

    has_happened: ClassVar[bool] = True
    visitor: VisitorId


class WakeVisitor(Command, frozen=True, kw_only=True):
    """The visitor did something again."""

    has_happened: ClassVar[bool] = True
    visitor: VisitorId


class IdentifyVisitor(Command, frozen=True, kw_only=True):
    """The site's script says who the visitor is; the gateway has checked the signature (`verified`)."""

    visitor: VisitorId
    user: str | None = None
    name: str | None = None
    email: str | None = None
    verified: bool = False


class TrackAction(Command, frozen=True, kw_only=True):
    """The site's script tells of something the visitor did."""

    visitor: VisitorId
    name: str
    parameters: tuple[tuple[str, str], ...] = ()


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


class StartInvitedChat(Command, frozen=True, kw_only=True):
    """The visitor takes the invitation and chose how to talk."""

    visitor: VisitorId
    conversation: ConversationId
    mode: Mode = "text"
    name: str | None = None


class RefuseInvitation(Command, frozen=True, kw_only=True):
    """The visitor closed the invitation."""

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
