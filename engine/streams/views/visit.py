"""One visitor's present visit, page by page: for who looks at a profile.

It is subscribed by visitor; what a moment touched is named, and the value is made only for who is looked at.
"""

from datetime import datetime

import msgspec

from engine.events import ConversationId, OperatorId, VisitorId
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.directory import Identity
from engine.streams.folds.ground import Ground, visitors_touched
from engine.streams.folds.presence import Action, Page
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row
from engine.talk import Deed, deeds
from engine.talk import State as ConversationState


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation that nobody has answered yet: whose it is (`name`: theirs), and until when it is open."""

    by: OperatorId
    name: str
    until: datetime


class VisitNow(Row, frozen=True, kw_only=True):
    """A visit.

    Attributes:
        site: its name.
        visits: 1 on the first visit ever.
        ended: when it was over, None while it lasts.
        pages: the last 200, oldest first; `count` how many there were in all; `page` the one they look at.
        actions: what the site's script told, the last 50, oldest first.
        identity: who the visitor is by what the site says.
        state: of the open conversation; `may` what operators may do about it, or about who is in none.
        conversation: the open one, or the last of this visit.
        invited: the invitation, while it is open.

    """

    visitor: VisitorId
    name: str | None
    site: str
    visits: int
    since: datetime
    ended: datetime | None
    here: bool
    asleep: bool
    referrer: str | None
    campaign: str | None
    device: str
    browser: str | None
    origin: str | None
    pages: tuple[Page, ...]
    count: int
    page: Page | None
    actions: tuple[Action, ...]
    identity: Identity | None
    state: ConversationState | None
    may: tuple[Deed, ...]
    conversation: ConversationId | None
    invited: Invite | None


class State(msgspec.Struct, frozen=True):
    """The ground, and the visitors whom the last moment touched."""

    ground: Ground
    touched: tuple[VisitorId, ...]


VERSION = 3
EMPTY = State(ground.EMPTY, ())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    return State(after, (*_forgotten(state.ground, after), *visitors_touched(after, moment)))


def _forgotten(before: Ground, after: Ground) -> list[VisitorId]:
    return [
        visitor
        for place in range(before.presence.ended.first, after.presence.ended.first)
        for visitor in (before.presence.ended.slots[place][1][0],)
    ]


def touched(state: State) -> tuple[VisitorId, ...]:
    """Of whom there is something else to say."""
    return state.touched


def value(state: State, visitor: VisitorId) -> VisitNow | None:
    """A visitor's present or last visit, None for who has not been here lately."""
    ground = state.ground
    visit = ground.presence.visits.get(visitor)
    if visit is None:
        return None
    talk = ground.conversations.of(visitor)
    if talk and not talk.open and talk.asked < visit.since:
        talk = None
    now = talk.state if talk and talk.open else None
    return VisitNow(
        visitor=visitor,
        name=ground.name_of(visitor),
        site=ground.directory.site(visit.site),
        visits=visit.ordinal,
        since=visit.since,
        ended=visit.ended,
        here=visit.here,
        asleep=visit.asleep,
        referrer=visit.referrer,
        campaign=visit.campaign,
        device=visit.device,
        browser=visit.browser,
        origin=visit.origin,
        pages=visit.pages,
        count=visit.count,
        page=visit.page,
        actions=visit.actions,
        identity=ground.directory.identities.get(visitor),
        state=now,
        may=() if visit.ended else deeds("operator", now),
        conversation=talk.id if talk else None,
        invited=_invite(ground, talk),
    )


def _invite(ground: Ground, talk: Conversation | None) -> Invite | None:
    if talk is None or talk.state is not ConversationState.INVITED or talk.invited_by is None or talk.expires is None:
        return None
    return Invite(by=talk.invited_by, name=ground.directory.operator(talk.invited_by), until=talk.expires)


def view(state: State) -> State:
    """Whom the last moment touched; `value` makes what is shown."""
    return state


PIPELINE: Pipeline[State, State] = Pipeline(
    name="visit",
    takes=ground.TAKES,
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state.touched or EMPTY,
)
