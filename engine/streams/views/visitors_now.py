"""Visitors now: a badge for each visitor on the site.

They stand in an order: first who waits, the longest wait first; then who is there, the newest first; last who left. A
page view closes one connection before it opens the next, so who is lost for a moment only has not left.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import msgspec
from immutables import Map

from engine.events import EngineStarted, SiteId, VisitorId, VisitorLost
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.directory import Identity
from engine.streams.folds.ground import Ground, visitors_touched
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, refreshed
from engine.streams.machinery.window import Window
from engine.talk import Deed, deeds
from engine.talk import State as ConversationState

AWAY = timedelta(seconds=5)  # after which who is lost has left
LATEST = 9_999_999_999_999  # ms since 1970: later than any time


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
        here: whether they have not left, and `left` since when they have.
        turn: what badges are sorted by.
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
    left: datetime | None
    turn: str
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
    """The ground, the badges, and who was lost a moment ago."""

    ground: Ground
    rows: Map[VisitorId, Badge]
    lost: Window[VisitorId]


VERSION = 4
EMPTY = State(ground.EMPTY, Map(), Window())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    lost, left = state.lost.dropped(moment.at - AWAY)
    for visitor in _lost_by(moment, after):
        lost = lost.add(moment.at, visitor)
    if after is state.ground and lost is state.lost:
        return state
    touched = (*visitors_touched(after, moment), *left)
    return State(after, refreshed(state.rows, touched, partial(_badge, after, moment.at)), lost)


def _lost_by(moment: Moment, ground: Ground) -> Iterable[VisitorId]:
    if isinstance(moment, VisitorLost):
        return (moment.visitor,)
    if isinstance(moment, EngineStarted):
        return sorted(one for one, visit in ground.presence.visits.items() if visit.lost_at == moment.at)
    return ()


def _badge(ground: Ground, at: datetime, visitor: VisitorId) -> Badge | None:
    visit = ground.presence.present(visitor)
    if visit is None:
        return None
    talk, page = ground.conversations.open_of(visitor), visit.page
    left = visit.lost_at if visit.lost_at and at - visit.lost_at >= AWAY else None
    return Badge(
        id=visitor,
        name=ground.name_of(visitor),
        site=ground.directory.site(visit.site),
        site_id=visit.site,
        visits=visit.ordinal,
        since=visit.since,
        here=left is None,
        left=left,
        turn=_turn(left, talk, visit.since),
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


def _turn(left: datetime | None, talk: Conversation | None, since: datetime) -> str:
    if left:
        return f"left {LATEST - _ms(left):013}"
    if talk and talk.state in (ConversationState.ROUTING, ConversationState.QUEUED):
        return f"asks {_ms(talk.waits_since):013}"
    return f"here {LATEST - _ms(since):013}"


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


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
