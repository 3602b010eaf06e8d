"""The parts of the house, the settings, and what everything is called: visitors too, by themselves or by their site.

It is folded into every state that shows a name. It must not know who is there or what happens.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    ConversationId,
    DepartmentId,
    EntryForgotten,
    HelpAsked,
    InvitationAccepted,
    LeftMessageClosed,
    LeftMessageReopened,
    MessageLeft,
    OperatorId,
    PartId,
    PartRemoved,
    PartSet,
    SettingChanged,
    SiteId,
    VisitEnded,
    VisitorForgotten,
    VisitorId,
    VisitorIdentified,
    VisitStarted,
)
from engine.events.parts import Department, Operator, Site, settled
from engine.settings import DEFAULTS, Settings, recalled
from engine.streams.folds import going
from engine.streams.folds.going import Holder
from engine.streams.machinery.pipeline import Kinds, Moment, Pipeline, by_type, shared
from engine.talk.names import UNKNOWN, given_in

K = TypeVar("K")
V = TypeVar("V")


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a visitor is by what the site's script says; `verified` where the site signed it."""

    user: str | None
    name: str | None
    email: str | None
    verified: bool


class Directory(Holder, frozen=True):
    """Who and what there is, by id; of visitors those who are here, or left a message that is not closed.

    Attributes:
        order: the departments as they were added.
        names: what sites, departments and operators are called, those that were removed too.
        versions: how often each part that is there was set.
        owed: whose each left message is that is not closed; `closed`: those that may be opened again.

    """

    sites: Map[SiteId, Site]
    departments: Map[DepartmentId, Department]
    order: tuple[DepartmentId, ...]
    operators: Map[OperatorId, Operator]
    names: Map[PartId, str]
    versions: Map[PartId, int]
    visitors: Map[VisitorId, str]
    identities: Map[VisitorId, Identity]
    settings: Settings
    owed: Map[ConversationId, VisitorId]
    closed: Map[ConversationId, VisitorId]

    def site(self, key: SiteId) -> str:
        """A site's name."""
        return self.names.get(key, UNKNOWN)

    def site_of(self, key: str) -> Site | None:
        """The site whose tag has this public key."""
        return next((site for site in self.sites.values() if site.key == key), None)

    def department(self, key: DepartmentId) -> str:
        """A department's name."""
        return self.names.get(key, UNKNOWN)

    def operator(self, key: OperatorId) -> str:
        """An operator's name."""
        return self.names.get(key, UNKNOWN)

    def name_of(self, visitor: VisitorId) -> str | None:
        """The name a visitor gave, or else the one their site gave them."""
        name, identity = self.visitors.get(visitor), self.identities.get(visitor)
        return name or (identity.name if identity else None)

    def departments_of(self, key: OperatorId) -> tuple[DepartmentId, ...]:
        """The departments an operator serves, none for an unknown one."""
        operator = self.operators.get(key)
        return operator.departments if operator else ()

    def max_chats(self, operator: Operator) -> int:
        """How many chats an operator may have at once."""
        return self.settings.max_chats if operator.max_chats is None else operator.max_chats


VERSION = 5
EMPTY = Directory(Map(), Map(), (), Map(), Map(), Map(), Map(), Map(), DEFAULTS, Map(), Map(), going=going.EMPTY)


def _part_set(state: Directory, event: PartSet) -> Directory:
    match settled(event.part, state.sites.get(SiteId(event.part.id))):
        case Site(id=site, name=name) as part:
            state = replace(state, sites=state.sites.set(site, part))
        case Department(id=department, name=name) as part:
            order = state.order if department in state.departments else (*state.order, department)
            state = replace(state, departments=state.departments.set(department, part), order=order)
        case Operator(id=operator) as part:
            name = given_in(event)
            state = replace(state, operators=state.operators.set(operator, part))
    one, version = event.part.id, state.versions.get(event.part.id, 0) + 1
    return replace(state, names=state.names.set(one, name), versions=state.versions.set(one, version))


def _part_removed(state: Directory, event: PartRemoved) -> Directory:
    """Its name is kept: what happened with it is still told."""
    return replace(
        state,
        sites=_less(state.sites, SiteId(event.id)),
        departments=_less(state.departments, DepartmentId(event.id)),
        order=tuple(one for one in state.order if one != event.id),
        operators=_less(state.operators, OperatorId(event.id)),
        versions=_less(state.versions, event.id),
    )


def _less(parts: Map[K, V], key: K) -> Map[K, V]:
    return parts.delete(key) if key in parts else parts


def _setting_changed(state: Directory, event: SettingChanged) -> Directory:
    return replace(state, settings=recalled(state.settings, event.name, event.value))


def _name_given(state: Directory, event: HelpAsked | MessageLeft | InvitationAccepted) -> Directory:
    name = event.personal.name if event.personal else None
    if not name or state.visitors.get(event.visitor) == name:
        return state
    return replace(state, visitors=state.visitors.set(event.visitor, name))


def _visit_started(state: Directory, event: VisitStarted) -> Directory:
    """Who comes again has the name they gave before."""
    name = event.personal.name if event.personal else None
    return replace(state, visitors=state.visitors.set(event.visitor, name)) if name else state


def _message_left(state: Directory, event: MessageLeft) -> Directory:
    return _name_given(replace(state, owed=state.owed.set(event.conversation, event.visitor)), event)


def _message_closed(state: Directory, event: LeftMessageClosed) -> Directory:
    visitor = state.owed.get(event.conversation)
    if visitor is None:
        return state
    closed = state.closed.set(event.conversation, visitor)
    return replace(state, owed=state.owed.delete(event.conversation), closed=closed)


def _message_reopened(state: Directory, event: LeftMessageReopened) -> Directory:
    visitor = state.closed.get(event.conversation)
    if visitor is None:
        return state
    owed = state.owed.set(event.conversation, visitor)
    return replace(state, owed=owed, closed=state.closed.delete(event.conversation))


def _closed_for_good(state: Directory) -> Directory:
    """With the end of a visit: what those left who are gone is not opened again."""
    gone = {key: visitor for key, visitor in state.closed.items() if not state.going.knows(visitor)}
    closed = state.closed
    for key in gone:
        closed = closed.delete(key)
    return _without(replace(state, closed=closed), gone.values()) if gone else state


def _without(state: Directory, visitors: Iterable[VisitorId]) -> Directory:
    """Forget those who are gone, but for whoever waits for an answer to what they left."""
    names = state.visitors
    for one in visitors:
        if one in names and not state.going.knows(one) and not _is_owed(state, one):
            names = names.delete(one)
    return state if names is state.visitors else replace(state, visitors=names)


def _is_owed(state: Directory, one: VisitorId) -> bool:
    return one in state.owed.values() or one in state.closed.values()


def _identified(state: Directory, event: VisitorIdentified) -> Directory:
    said = event.personal
    identity = Identity(
        user=said.user if said else None,
        name=said.name if said else None,
        email=said.email if said else None,
        verified=event.verified,
    )
    return replace(state, identities=state.identities.set(event.visitor, identity))


def _visit_ended(state: Directory, event: VisitEnded) -> Directory:
    """What a site said holds for the visit: the next one may be somebody else at the same browser."""
    if event.visitor not in state.identities:
        return state
    return replace(state, identities=state.identities.delete(event.visitor))


def _visitor_forgotten(state: Directory, event: VisitorForgotten | EntryForgotten) -> Directory:
    """What is shown changes with it, whether a name was known or not: a new object, so that rows are made anew."""
    names, identities = state.visitors, state.identities
    if event.visitor is not None and event.visitor in names:
        names = names.delete(event.visitor)
    if isinstance(event, VisitorForgotten) and event.visitor in identities:
        identities = identities.delete(event.visitor)
    return replace(state, visitors=names, identities=identities)


_CHANGES: dict[type[Any], Any] = {
    PartSet: _part_set,
    PartRemoved: _part_removed,
    SettingChanged: _setting_changed,
    HelpAsked: _name_given,
    MessageLeft: _message_left,
    LeftMessageClosed: _message_closed,
    LeftMessageReopened: _message_reopened,
    VisitStarted: _visit_started,
    InvitationAccepted: _name_given,
    VisitorIdentified: _identified,
    VisitEnded: _visit_ended,
    VisitorForgotten: _visitor_forgotten,
    EntryForgotten: _visitor_forgotten,
}
TAKES: Kinds = frozenset(_CHANGES) | going.TAKES
_changed: Callable[[Directory, Moment], Directory] = by_type(_CHANGES)


@shared
def step(state: Directory, moment: Moment) -> Directory:
    """Take a moment."""
    state = going.step(state, moment, _without)
    if state.closed and isinstance(moment, VisitEnded):
        state = _closed_for_good(state)
    return _changed(state, moment)


def view(state: Directory) -> Directory:
    """The directory as it is."""
    return state


PIPELINE: Pipeline[Directory, Directory] = Pipeline(
    name="directory", takes=TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
