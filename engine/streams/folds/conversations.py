"""The published state of every open conversation, and of the last one of each visitor who is on the site.

It has the indexes by visitor, department and operator. What was written is not kept here, but for the gist of the first
words of who waits.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from immutables import Map
from msgspec.structs import replace

from engine.events import (
    Abandoned,
    Accepted,
    Beginning,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Ended,
    EngineStarted,
    EntryForgotten,
    FirstWordsChanged,
    HelpAsked,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    Lost,
    MessageLeft,
    MessagesSeen,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorId,
    Queued,
    SettingChanged,
    VisitEnded,
    VisitorForgotten,
    VisitorId,
    VisitStarted,
)
from engine.events.vocabulary import EVENTS
from engine.settings import DEFAULTS, Settings, recalled
from engine.streams.folds import going, indexes
from engine.streams.folds.conversation import Conversation, Invitation, Offer, Words
from engine.streams.folds.going import Holder
from engine.streams.machinery.pipeline import Kinds, Moment, Pipeline, by_type, shared
from engine.talk import OVER, WAITING, State, after
from engine.text import gist

GIST = 160  # characters of first words


class Conversations(Holder, frozen=True):
    """The conversations and their indexes.

    Attributes:
        last: the open one of each visitor, or else their last.
        past: those of each visitor that are not open, until the visitor is forgotten.
        late: who was gone when their left message was closed, or their conversation ended: until a visit ends the
            message can be opened again, and whoever shows the conversation sees its end.
        going: who is here.
        queues: the Communication Queue of each department, next first: before all others, in their order, those whose
            operator is lost or signed out.
        serving: the ones that each operator has.
        asking: those offered from the queue to each operator alone.
        left: how many messages of each visitor wait for an answer.
        invitations: the invitation of each visitor on the site.
        settings: rings begin anew with its response timeout after a start.

    """

    by_id: Map[ConversationId, Conversation]
    last: Map[VisitorId, ConversationId]
    queues: Map[DepartmentId, tuple[ConversationId, ...]]
    serving: Map[OperatorId, frozenset[ConversationId]]
    asking: Map[OperatorId, frozenset[ConversationId]]
    left: Map[VisitorId, int]
    invitations: Map[VisitorId, Invitation]
    past: Map[VisitorId, tuple[ConversationId, ...]]
    late: tuple[VisitorId, ...]
    settings: Settings

    def of(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation, or else their last."""
        key = self.last.get(visitor)
        return self.by_id.get(key) if key else None

    def open_of(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation."""
        conversation = self.of(visitor)
        return conversation if conversation and conversation.open else None

    def queue(self, department: DepartmentId) -> tuple[ConversationId, ...]:
        """Who waits in a department's queue, next first."""
        return self.queues.get(department, ())


VERSION = 5
EMPTY = Conversations(Map(), Map(), Map(), Map(), Map(), Map(), Map(), Map(), (), DEFAULTS, going=going.EMPTY)


# --- the step --------------------------------------------------------------------------------------------------------


def _begun(state: Conversations, event: Beginning) -> Conversations:
    old = state.by_id.get(event.conversation)
    if old is not None:
        return _advanced(state, event, offer=None)
    new = Conversation(
        id=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        state=after(None, event),
        number=event.number,
        asked=event.at,
        since=event.at,
        invited_by=event.operator if isinstance(event, Invited) else None,
        expires=event.until if isinstance(event, Invited) else None,
        words=_words_of(event) if isinstance(event, HelpAsked) else None,
    )
    return _put(_forget_last(state, new), None, new)


def _words_of(event: HelpAsked | FirstWordsChanged) -> Words | None:
    words = event.personal.words if event.personal else None
    return Words(event.number, gist(words, GIST)) if words else None


def _forget_last(state: Conversations, new: Conversation) -> Conversations:
    """A visitor's new conversation takes the place of their last one; a left message stays until they are gone."""
    last = state.of(new.visitor)
    if last is not None and last.state in OVER and last.state is not State.CLOSED:
        state = _dropped(state, last)
    return replace(state, last=state.last.set(new.visitor, new.id))


def _advanced(state: Conversations, event: ConversationEvent, **changes: Any) -> Conversations:
    old = state.by_id[event.conversation]
    now = after(old.state, event)
    since = old.since if now is old.state else event.at
    changes = {"words": old.words if now in WAITING else None, **changes}
    return _put(state, old, replace(old, state=now, since=since, number=event.number, **changes))


# --- invitations


def _invited(state: Conversations, event: Invited) -> Conversations:
    invitation = Invitation("invited", event.operator, event.at)
    begun = _begun(state, event)
    return replace(begun, invitations=begun.invitations.set(event.visitor, invitation))


def _invitation_accepted(state: Conversations, event: InvitationAccepted) -> Conversations:
    return _uninvited(_advanced(state, event, asked=event.at, mode=event.mode), event)


def _invitation_refused(state: Conversations, event: InvitationRefused) -> Conversations:
    return _turned_down(_advanced(state, event), event.visitor, Invitation("refused", OperatorId(""), event.at))


def _invitation_expired(state: Conversations, event: InvitationExpired) -> Conversations:
    expired, visitor = _advanced(state, event), state.by_id[event.conversation].visitor
    if event.reason == "gone":
        return expired
    return _turned_down(expired, visitor, Invitation("expired", OperatorId(""), event.at))


def _turned_down(state: Conversations, visitor: VisitorId, now: Invitation) -> Conversations:
    before = state.invitations.get(visitor)
    if before is None:
        return state
    return replace(state, invitations=state.invitations.set(visitor, replace(now, by=before.by)))


def _invitation_taken_back(state: Conversations, event: InvitationTakenBack) -> Conversations:
    """As if there had been none."""
    visitor = state.by_id[event.conversation].visitor
    return _without_invitation(_advanced(state, event), visitor)


def _uninvited(state: Conversations, event: VisitStarted | VisitEnded | InvitationAccepted) -> Conversations:
    return _without_invitation(state, event.visitor)


def _without_invitation(state: Conversations, visitor: VisitorId) -> Conversations:
    if visitor not in state.invitations:
        return state
    return replace(state, invitations=state.invitations.delete(visitor))


# --- waiting


def _reworded(state: Conversations, event: FirstWordsChanged) -> Conversations:
    return _advanced(state, event, words=_words_of(event))


def _words_forgotten(state: Conversations, event: VisitorForgotten | EntryForgotten) -> Conversations:
    by_id = state.by_id
    for one, number in event.forgets:
        talk = by_id.get(ConversationId(one))
        if talk is not None and talk.words is not None and number in {None, talk.words.number}:
            by_id = by_id.set(talk.id, replace(talk, words=None))
    return state if by_id is state.by_id else replace(state, by_id=by_id)


def _offered(state: Conversations, event: OfferMade) -> Conversations:
    return _advanced(state, event, offer=Offer(event.policy, event.operators, event.until, event.alone))


def _extended(state: Conversations, event: OfferExtended) -> Conversations:
    offer = state.by_id[event.conversation].offer
    if offer is None:
        return _advanced(state, event)
    return _advanced(state, event, offer=replace(offer, operators=(*offer.operators, event.operator)))


def _withdrawn(state: Conversations, event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> Conversations:
    offer = state.by_id[event.conversation].offer
    others = tuple(one for one in offer.operators if one != event.operator) if offer else ()
    return _advanced(state, event, offer=replace(offer, operators=others) if offer and others else None)


def _queued(state: Conversations, event: Queued) -> Conversations:
    nobody: dict[str, None] = {"offer": None, "operator": None, "accepted": None}
    return _advanced(state, event, reason=event.reason, queued_by=event.operator, **nobody)


def _accepted(state: Conversations, event: Accepted) -> Conversations:
    return _advanced(state, event, offer=None, operator=event.operator, accepted=event.at)


def _ring_anew(state: Conversations, event: EngineStarted) -> Conversations:
    until = event.at + timedelta(seconds=state.settings.response_timeout)
    ringing = {
        key: replace(conversation, offer=replace(conversation.offer, until=until))
        for key, conversation in state.by_id.items()
        if conversation.offer
    }
    expires = event.at + timedelta(seconds=state.settings.invitation_timeout)
    invited = {
        key: replace(conversation, expires=expires)
        for key, conversation in state.by_id.items()
        if conversation.state is State.INVITED
    }
    anew = ringing | invited
    return replace(state, by_id=state.by_id.update(anew)) if anew else state


# --- talking, and the end


def _seen(state: Conversations, event: MessagesSeen) -> Conversations:
    if event.conversation not in state.by_id:
        return state  # over for long
    if isinstance(event.by, ByVisitor):
        return _advanced(state, event, seen_by_visitor=event.upto)
    return _advanced(state, event, seen_by_operator=event.upto)


def _closed(state: Conversations, event: Ended | Abandoned) -> Conversations:
    return _advanced(state, event, offer=None)


def _lost(state: Conversations, event: Lost) -> Conversations:
    return _advanced(state, event, offer=None, lost=True)


def _marked(
    state: Conversations, event: LeftMessageAnswered | LeftMessageClosed | LeftMessageReopened
) -> Conversations:
    return _advanced(state, event) if event.conversation in state.by_id else state  # closed for long


def _setting_changed(state: Conversations, event: SettingChanged) -> Conversations:
    return replace(state, settings=recalled(state.settings, event.name, event.value))


_CHANGES: dict[type[Any], Any] = {
    Invited: _invited,
    InvitationAccepted: _invitation_accepted,
    InvitationRefused: _invitation_refused,
    InvitationTakenBack: _invitation_taken_back,
    InvitationExpired: _invitation_expired,
    VisitStarted: _uninvited,
    VisitEnded: _uninvited,
    HelpAsked: _begun,
    MessageLeft: _begun,
    FirstWordsChanged: _reworded,
    VisitorForgotten: _words_forgotten,
    EntryForgotten: _words_forgotten,
    OfferMade: _offered,
    OfferExtended: _extended,
    OfferDeclined: _withdrawn,
    OfferWithdrawn: _withdrawn,
    OfferTimedOut: _withdrawn,
    Queued: _queued,
    Accepted: _accepted,
    MessagesSeen: _seen,
    Ended: _closed,
    Lost: _lost,
    Abandoned: _closed,
    LeftMessageAnswered: _marked,
    LeftMessageClosed: _marked,
    LeftMessageReopened: _marked,
    SettingChanged: _setting_changed,
    EngineStarted: _ring_anew,
}
_CHANGES |= {kind: _advanced for kind in EVENTS if issubclass(kind, ConversationEvent) and kind not in _CHANGES}
TAKES: Kinds = frozenset(_CHANGES) | going.TAKES
_changed: Callable[[Conversations, Moment], Conversations] = by_type(_CHANGES)


@shared
def step(state: Conversations, moment: Moment) -> Conversations:
    """Take a moment."""
    state = going.step(state, moment, _without)
    if state.late and isinstance(moment, VisitEnded):
        state = _without(replace(state, late=()), state.late)
    return _changed(state, moment)


# --- keeping it, with its indexes, and forgetting what is over ------------------------------------------------------


def _put(state: Conversations, old: Conversation | None, new: Conversation) -> Conversations:
    by_id = state.by_id.set(new.id, new)
    if old and old.state is new.state and old.offer is new.offer:
        return replace(state, by_id=by_id)  # a message: no index changes
    state = replace(
        state,
        by_id=by_id,
        past=indexes.pasts(state.past, old, new),
        queues=indexes.requeued(state.queues, state.by_id, old, new),
        serving=indexes.served_by(state.serving, old, new),
        asking=indexes.asked_alone(state.asking, old, new),
        left=indexes.recounted(state.left, old, new),
    )
    gone = new.visitor not in state.going.here if new.state is State.CLOSED else not state.going.knows(new.visitor)
    return replace(state, late=(*state.late, new.visitor)) if gone and new.state in OVER else state


def _without(state: Conversations, visitors: Iterable[VisitorId]) -> Conversations:
    """Forget those who are gone, but for whoever left a message that is not closed, or was so late."""
    for visitor in visitors:
        if visitor in state.late:
            continue
        past = [state.by_id[key] for key in state.past.get(visitor, ())]
        if not state.going.knows(visitor) and all(one.state in OVER for one in past):
            for one in past:
                state = _dropped(state, one)
    return state


def _dropped(state: Conversations, old: Conversation) -> Conversations:
    last = state.last.delete(old.visitor) if state.last.get(old.visitor) == old.id else state.last
    return replace(state, by_id=state.by_id.delete(old.id), last=last, past=indexes.pasts(state.past, old, None))


def folded(events: Iterable[ConversationEvent]) -> Conversation | None:
    """One conversation as its events left it, None without any: of those that are forgotten here."""
    state = EMPTY
    for event in events:
        if isinstance(event, Beginning):  # as if they were here, so that it stays when it is over
            state = replace(state, going=replace(going.EMPTY, here=Map({event.visitor: None})))
        state = step(state, event)
    return next(iter(state.by_id.values()), None)


def view(state: Conversations) -> Conversations:
    """The conversations as they are."""
    return state


PIPELINE: Pipeline[Conversations, Conversations] = Pipeline(
    name="conversations", takes=TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
