"""What must hold after every event, whatever happened: the desk's invariants in one place, for tests and replays."""

from collections.abc import Iterator

from engine.desk.state import OPEN, WAITING, Conversation, DeskState, Operator, State


class Invalid(Exception):
    """The state breaks an invariant; the message names it and what broke it."""


def validate(desk: DeskState) -> None:
    """Raise `Invalid` with the first few broken invariants."""
    broken = [*_conversations(desk), *_operators(desk), *_departments(desk), *_visitors(desk)]
    if broken:
        raise Invalid("; ".join(broken[:5]))


def _conversations(desk: DeskState) -> Iterator[str]:
    for one in desk.conversations.values():
        yield from (f"conversation {one.id} ({one.state}): {wrong}" for wrong in _conversation(desk, one))


def _conversation(desk: DeskState, one: Conversation) -> Iterator[str]:
    department = desk.departments[one.department]
    if (one.id in department.queue) != (one.state is State.QUEUED):
        yield "is queued, or in the queue, but not both"
    if (one.id in department.ringing) != (one.state is State.ROUTING):
        yield "is in routing, or among what rings, but not both"
    if one.state is State.ROUTING and not one.ringing:
        yield "rings at nobody"
    if one.state is State.QUEUED and len(one.ringing) > 1:
        yield "is offered to more than one"
    if one.state not in {State.ROUTING, State.QUEUED} and one.ringing:
        yield "still rings"
    if bool(one.ringing) != (one.until is not None):
        yield "rings without an end, or ends without ringing"
    if one.declined & set(one.ringing):
        yield "rings at one who declined"
    if (one.state in {State.ACTIVE, State.ENDED}) != (one.operator is not None):
        yield "is served, or has an operator, but not both"
    if one.state in WAITING and desk.visitors[one.visitor].visit is None:
        yield "waits for a visitor who is not there"
    is_open = desk.visitors[one.visitor].conversation == one.id
    if is_open != (one.state in OPEN):
        yield "is open, or its visitor's open one, but not both"
    if not is_open and one.id not in desk.visitors[one.visitor].closed:
        yield "is closed and will never be forgotten"


def _operators(desk: DeskState) -> Iterator[str]:
    for one in desk.operators.values():
        yield from (f"operator {one.id}: {wrong}" for wrong in _operator(desk, one))


def _operator(desk: DeskState, one: Operator) -> Iterator[str]:
    conversations = desk.conversations
    if any(
        conversations[chat].operator != one.id or conversations[chat].state is not State.ACTIVE for chat in one.chats
    ):
        yield "has a chat that is not theirs"
    if any(
        conversations[ring].state is not State.ROUTING or one.id not in conversations[ring].ringing
        for ring in one.rings
    ):
        yield "hears a ring that does not ring"
    if any(
        conversations[offer].state is not State.QUEUED or one.id not in conversations[offer].ringing
        for offer in one.offers
    ):
        yield "has an offer that is not made"
    if one.live_help and not one.present:
        yield "is available but gone"
    if not one.live_help and (one.rings or one.offers):
        yield "is asked but not available"
    if one.lost_at is not None and not one.present:
        yield "is lost and gone"


def _departments(desk: DeskState) -> Iterator[str]:
    for one in desk.departments.values():
        for conversation in [*one.queue, *one.ringing]:
            if desk.conversations[conversation].department != one.id:
                yield f"department {one.id} holds {conversation} of another"


def _visitors(desk: DeskState) -> Iterator[str]:
    for one in desk.visitors.values():
        if one.lost_at is not None and one.visit is None:
            yield f"visitor {one.id} is lost but not on the site"
        if one.conversation is not None and one.conversation not in desk.conversations:
            yield f"visitor {one.id} is in a conversation that is forgotten"
        if any(closed not in desk.conversations for closed in one.closed):
            yield f"visitor {one.id} has a closed conversation that is forgotten"
