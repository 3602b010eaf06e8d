"""Who is there: visitors on their pages, operators in their dashboards."""

from datetime import datetime
from typing import Literal

from engine.events.base import ConversationId, OperatorEvent, PageViewId, Personal, SiteId, VisitorEvent

Device = Literal["desktop", "phone", "tablet", "unknown"]


class VisitorOrigin(Personal, frozen=True, kw_only=True):
    """Where a visit came from: the address of its network (text), and its browser's own name for itself.

    `name` is the one that the visitor gave in an earlier visit, so that who comes again has it.
    """

    address: str | None = None
    user_agent: str | None = None
    name: str | None = None


class VisitStarted(VisitorEvent, frozen=True, kw_only=True):
    """A visitor came to a site; `ordinal` 1 is the first visit ever. `referrer` is the page they came from."""

    site: SiteId
    ordinal: int
    referrer: str | None = None
    device: Device = "unknown"
    browser: str | None = None
    personal: VisitorOrigin | None = None


class PageViewed(VisitorEvent, frozen=True, kw_only=True):
    """A visitor opened a page (any of their tabs). `address` and `title` are cleaned foreign text.

    `campaign` is what the address had of one beside: names (`utm_source`, `gclid`) and values.
    """

    page_view: PageViewId
    address: str
    title: str | None = None
    campaign: tuple[tuple[str, str], ...] = ()


class PageTurnedTo(VisitorEvent, frozen=True, kw_only=True):
    """The visitor looks at a page that was viewed before: its tab came to the front, or its title came late."""

    address: str
    title: str | None = None


class VisitorLost(VisitorEvent, frozen=True, kw_only=True):
    """The visitor's last connection closed; they have the grace time to come back."""


class VisitorReturned(VisitorEvent, frozen=True, kw_only=True):
    """A lost visitor connected again within the grace time."""


class VisitEnded(VisitorEvent, frozen=True, kw_only=True):
    """A lost visitor did not come back within the grace time: the visit is over."""


class VisitorSlept(VisitorEvent, frozen=True, kw_only=True):
    """The visitor did nothing on any of their pages for the sleep timeout."""


class VisitorWoke(VisitorEvent, frozen=True, kw_only=True):
    """A sleeping visitor did something again."""


class OperatorArrived(OperatorEvent, frozen=True, kw_only=True):
    """A signed-in operator opened the first dashboard tab."""


class OperatorLost(OperatorEvent, frozen=True, kw_only=True):
    """The operator's last dashboard tab closed; they have the grace time to come back."""


class OperatorReturned(OperatorEvent, frozen=True, kw_only=True):
    """A lost operator has a tab again within the grace time."""


class OperatorGone(OperatorEvent, frozen=True, kw_only=True):
    """The operator signed out, did not come back within the grace time, or may not serve any more (`disabled`)."""

    reason: Literal["signed-out", "lost", "disabled"]


class LiveHelpSwitched(OperatorEvent, frozen=True, kw_only=True):
    """The operator became available (`on`) or not available; by their own hand, or because they are gone."""

    on: bool
    reason: Literal["by-hand", "gone"] = "by-hand"


class WrapUpStarted(OperatorEvent, frozen=True, kw_only=True):
    """A chat of the operator ended: nothing is offered to them until `until`, so that they can finish their notes."""

    conversation: ConversationId
    until: datetime


class WrapUpEnded(OperatorEvent, frozen=True, kw_only=True):
    """The wrap-up ran out, or the operator finished it by hand."""

    reason: Literal["timeout", "by-hand", "gone"]
