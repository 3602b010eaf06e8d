"""Visitors now: a badge for each visitor on the site."""

from datetime import datetime
from functools import partial
from typing import Literal

import msgspec
from immutables import Map

from engine.events import SiteId, VisitorId
from engine.streams.folds import ground
from engine.streams.folds.directory import Identity
from engine.streams.folds.ground import Ground, visitors_touched
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, refreshed
from engine.talk import Deed, deeds
from engine.talk import State as ConversationState


class Token(msgspec.Struct, frozen=True):
    """The latest invitation of this visit, until it is accepted: by whom (a name), and since when it is so."""

    state: Literal["invited", "refused", "expired"]
    by: str
    at: datetime


class Badge(Row, frozen=True, kw_only=True):
    """A visitor on the site.

    Attributes:
        site: the site's name.
        visits: 1 on the first visit ever.
        state: of the open conversation, and `operator` the name of who serves.
        may: what operators may do about it.
        messages: how many left messages wait for an answer.
        identity: who the visitor is by what the site says.
        words: the gist of what who waits says that it is about.

    """

    id: VisitorId
    name: str | None
    site: str
    site_id: SiteId
    visits: int
    since: datetime
    here: bool
    asleep: bool
    address: str
    title: str | None
    referrer: str | None
    campaign: str | None
    device: str
    browser: str | None
    origin: str | None
    pages: int
    page_since: datetime
    state: ConversationState | None
    operator: str | None
    may: tuple[Deed, ...]
    messages: int
    invitation: Token | None
    identity: Identity | None
    words: str | None = None


class State(msgspec.Struct, frozen=True):
    """The ground and the badges."""

    ground: Ground
    rows: Map[VisitorId, Badge]


VERSION = 3
EMPTY = State(ground.EMPTY, Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    return State(after, refreshed(state.rows, visitors_touched(after, moment), partial(_badge, after)))


def _badge(ground: Ground, visitor: VisitorId) -> Badge | None:
    visit = ground.presence.present(visitor)
    if visit is None:
        return None
    talk, page = ground.conversations.open_of(visitor), visit.page
    return Badge(
        id=visitor,
        name=ground.name_of(visitor),
        site=ground.directory.site(visit.site),
        site_id=visit.site,
        visits=visit.ordinal,
        since=visit.since,
        here=visit.here,
        asleep=visit.asleep,
        address=page.address if page else "",
        title=page.title if page else None,
        referrer=visit.referrer,
        campaign=visit.campaign,
        device=visit.device,
        browser=visit.browser,
        origin=visit.origin,
        pages=visit.count,
        page_since=page.at if page else visit.since,
        state=talk.state if talk else None,
        operator=ground.directory.operator(talk.operator) if talk and talk.operator else None,
        may=deeds("operator", talk.state if talk else None),
        messages=ground.conversations.left.get(visitor, 0),
        invitation=_token(ground, visitor),
        identity=ground.directory.identities.get(visitor),
        words=talk.first_words if talk else None,
    )


def _token(ground: Ground, visitor: VisitorId) -> Token | None:
    invitation = ground.conversations.invitations.get(visitor)
    if invitation is None:
        return None
    return Token(invitation.state, ground.directory.operator(invitation.by), invitation.at)


def view(state: State) -> Map[VisitorId, Badge]:
    """The badges by visitor."""
    return state.rows


PIPELINE: Pipeline[State, Map[VisitorId, Badge]] = Pipeline(
    name="visitors", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view, pace=0.2
)
