"""Routing: what follows for who waits. Who is asked, who is asked next, when a visitor is queued, who stops ringing.

It must not know who sent the command.
"""

from collections.abc import Iterator

from engine.desk.hours import open_at
from engine.desk.offers import (
    below_maximum_again,
    offer_to_next,
    offer_what_waits,
    offered,
    queued,
    silence,
    withdrawn,
)
from engine.desk.rule import Rule
from engine.desk.state import Conversation, DeskState
from engine.events import (
    Abandoned,
    Accepted,
    Event,
    HelpAsked,
    InvitationAccepted,
    LiveHelpSwitched,
    MessageLeft,
    OfferDeclined,
    OfferTimedOut,
    OfferWithdrawn,
    Queued,
    QueuedReason,
    SettingChanged,
)
from engine.talk import State


def _on_help_asked(desk: DeskState, event: HelpAsked) -> Iterator[Event]:
    yield _routed(desk, desk.conversations[event.conversation], event)


def _on_invitation_accepted(desk: DeskState, event: InvitationAccepted) -> Iterator[Event]:
    """Straight to the operator who invited, if they are there and can take it; else as any request."""
    conversation = desk.conversations[event.conversation]
    inviter = desk.operators[conversation.inviter] if conversation.inviter else None
    if inviter is not None and inviter.present and desk.below_maximum(inviter):
        number = conversation.number + 1
        yield Accepted(at=event.at, conversation=conversation.id, number=number, operator=inviter.id, how="invitation")
    else:
        yield _routed(desk, conversation, event)


def _routed(desk: DeskState, conversation: Conversation, event: Event) -> Event:
    """It rings at everybody who is available; where nobody is, or the department is closed, it is queued."""
    department = desk.departments[conversation.department]
    if not open_at(department.hours, event.at):
        return queued(conversation, at=event.at, reason="closed")
    operators = list(desk.available_in(department.id))
    if operators:
        return offered(desk, conversation, operators, at=event.at, reason="asked")
    everybody = (desk.operators[one] for one in department.operators)
    full = any(operator.present and operator.live_help for operator in everybody)
    return queued(conversation, at=event.at, reason="full" if full else "nobody")


def _on_offer_ended(desk: DeskState, event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> Iterator[Event]:
    conversation = desk.conversations[event.conversation]
    if conversation.ringing:
        return
    if conversation.state is State.ROUTING:
        yield queued(conversation, at=event.at, reason=_why_queued(event))
        return
    yield from offer_to_next(desk, conversation, at=event.at)
    yield from below_maximum_again(desk, desk.operators[event.operator], at=event.at)


def _why_queued(event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> QueuedReason:
    if isinstance(event, OfferWithdrawn):
        return "full" if event.reason == "full" else "nobody"
    return "declined" if isinstance(event, OfferDeclined) else "timeout"


def _on_queued(desk: DeskState, event: Queued) -> Iterator[Event]:
    """Who was served until now is offered to others at once; who rang until now had their notice."""
    conversation = desk.conversations[event.conversation]
    if conversation.at_head:
        yield from offer_to_next(desk, conversation, at=event.at)


def _on_live_help_switched(desk: DeskState, event: LiveHelpSwitched) -> Iterator[Event]:
    operator = desk.operators[event.operator]
    if event.on:
        yield from offer_what_waits(desk, operator, at=event.at, reason="available", anew=True)
    else:
        yield from silence(desk, operator, at=event.at)


def _on_accepted(desk: DeskState, event: Accepted) -> Iterator[Event]:
    """What rings at who is full now goes on ringing at who has just become free."""
    yield from _asked_is_free(desk, event)
    operator = desk.operators[event.operator]
    if not desk.below_maximum(operator):
        for one in list(operator.rings):
            yield withdrawn(desk.conversations[one], operator, at=event.at, reason="full")


def _asked_is_free(desk: DeskState, event: Accepted | Abandoned | MessageLeft) -> Iterator[Event]:
    """The one operator it was offered to does not have to answer any more."""
    asked = desk.conversations[event.conversation].asked
    if asked is not None and not (isinstance(event, Accepted) and event.operator == asked):
        yield from below_maximum_again(desk, desk.operators[asked], at=event.at)


def _on_setting_changed(desk: DeskState, event: SettingChanged) -> Iterator[Event]:
    if event.name == "max_chats":
        for operator in desk.operators.values():
            yield from offer_what_waits(desk, operator, at=event.at, reason="freed", anew=False)


FOLLOW: dict[type[Event], Rule] = {
    HelpAsked: _on_help_asked,
    InvitationAccepted: _on_invitation_accepted,
    OfferDeclined: _on_offer_ended,
    OfferWithdrawn: _on_offer_ended,
    OfferTimedOut: _on_offer_ended,
    Queued: _on_queued,
    LiveHelpSwitched: _on_live_help_switched,
    Accepted: _on_accepted,
    Abandoned: _asked_is_free,
    MessageLeft: _asked_is_free,
    SettingChanged: _on_setting_changed,
}
