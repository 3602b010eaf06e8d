"""What must hold after every event, whatever happened: the desk's invariants in one place, for tests and replays."""

from collections.abc import Iterator

from engine.desk.offers import turn
from engine.desk.state import Conversation, Department, DeskState, Operator
from engine.events import parts
from engine.talk import OPEN, SERVED, UNCLOSED, WAITING, State


class Invalid(Exception):
    """The state breaks an invariant; the message names it and what broke it."""


def validate(desk: DeskState) -> None:
    """Raise `Invalid` with the first few broken invariants."""
    broken = [*_parts(desk), *_conversations(desk), *_operators(desk), *_departments(desk), *_visitors(desk)]
    if broken:
        raise Invalid("; ".join(broken[:5]))


def _parts(desk: DeskState) -> Iterator[str]:
    """What the rules keep of a part is there as long as the part is."""
    for one in desk.parts.values():
        match one.part:
            case parts.Site(id=site):
                there = site in desk.sites
            case parts.Department(id=department):
                there = department in desk.departments
            case parts.Operator(id=operator):
                there = operator in desk.operators
        if not there:
            yield f"part {one.part.id} is set, but not there"
    if any(site not in desk.parts for site in desk.sites):
        yield "a site is there, but not set"


def _conversations(desk: DeskState) -> Iterator[str]:
    for one in desk.conversations.values():
        for about in (_place, _ring, _people, _way_out, _seen, _words):
            yield from (f"conversation {one.id} ({one.state}): {wrong}" for wrong in about(desk, one))


def _place(desk: DeskState, one: Conversation) -> Iterator[str]:
    """Each conversation stands where its state says, and nowhere else."""
    department, visitor = desk.departments[one.department], desk.visitors[one.visitor]
    if (one.id in department.queue) != (one.state is State.QUEUED):
        yield "is queued, or in the queue, but not both"
    if (one.id in department.ringing) != (one.state is State.ROUTING):
        yield "is in routing, or among what rings, but not both"
    if one.at_head and one.state in {State.ROUTING, *SERVED}:
        yield "is at the head of a queue it is not in"
    is_open = visitor.conversation == one.id
    if is_open != (one.state in OPEN):
        yield "is open, or its visitor's open one, but not both"
    if not is_open and one.id not in visitor.closed:
        yield "is closed and will never be forgotten"


def _ring(_desk: DeskState, one: Conversation) -> Iterator[str]:
    """Rings and offers are in waiting conversations only, and end."""
    if one.state is State.ROUTING and not one.ringing:
        yield "rings at nobody"
    if one.state is State.QUEUED and len(one.ringing) > 1:
        yield "is offered to more than one"
    if one.state not in WAITING and one.ringing:
        yield "still rings"
    if bool(one.ringing) != (one.until is not None):
        yield "rings without an end, or ends without ringing"
    if one.declined & set(one.ringing):
        yield "rings at one who declined"


def _people(_desk: DeskState, one: Conversation) -> Iterator[str]:
    """Who serves, who invited, who was lost."""
    if (one.state in SERVED | {State.ENDED}) != (one.operator is not None):
        yield "is served, or has an operator, but not both"
    if one.state in {State.INVITED, State.REFUSED, State.EXPIRED} and one.inviter is None:
        yield "is an invitation by nobody"
    if one.lost and one.state is not State.ENDED:
        yield "is over by a loss, but goes on"


def _way_out(desk: DeskState, one: Conversation) -> Iterator[str]:
    """Nobody is forgotten: an open conversation has a visitor on the site, and an operator who is there or a queue."""
    if one.state in OPEN and desk.visitors[one.visitor].visit is None:
        yield "is open for a visitor who is not there"
    if one.operator is not None and one.state in SERVED and not desk.operators[one.operator].present:
        yield "is served by an empty chair"
    if (one.state is State.INVITED) != (one.expires is not None):
        yield "is an open invitation, or runs out, but not both"


def _seen(_desk: DeskState, one: Conversation) -> Iterator[str]:
    for numbers in (one.unseen.by_visitor, one.unseen.by_operator):
        if numbers != sorted(set(numbers)) or any(number > one.number for number in numbers):
            yield "has not seen messages that nobody wrote"


def _words(_desk: DeskState, one: Conversation) -> Iterator[str]:
    if one.words is not None and one.state not in WAITING:
        yield "has first words, but nobody waits to say them"


def _operators(desk: DeskState) -> Iterator[str]:
    for one in desk.operators.values():
        yield from (f"operator {one.id}: {wrong}" for wrong in _operator(desk, one))


def _operator(desk: DeskState, one: Operator) -> Iterator[str]:
    served = [key for key, talk in desk.conversations.items() if talk.operator == one.id and talk.state in SERVED]
    routing = [key for key, talk in desk.conversations.items() if one.id in talk.ringing and talk.until]
    if set(one.chats) != set(served):
        yield "has chats that are not those they serve"
    if set(one.rings) | set(one.offers) != set(routing) or set(one.rings) & set(one.offers):
        yield "hears rings and offers that are not those made"
    if any(desk.conversations[ring].state is not State.ROUTING for ring in one.rings):
        yield "hears a ring that does not ring"
    if any(desk.conversations[offer].state is not State.QUEUED for offer in one.offers):
        yield "has an offer that is not made"
    if one.load != len(served) + len(one.offers):
        yield "has another load than chats and offers"
    ready = one.live_help and one.wraps_up_until is None
    if not ready and (one.rings or one.offers):
        yield "is asked but not available"
    if one.present and not one.serves:
        yield "is here, but may not serve"
    if any(desk.conversations[asked].department not in one.departments for asked in (*one.rings, *one.offers)):
        yield "is asked for a department that is not theirs"
    if any(one.id not in desk.departments[department].operators for department in one.departments):
        yield "serves a department that does not know of it"
    if not one.present and (one.live_help or one.wraps_up_until or one.lost_at):
        yield "is available, wraps up or is lost, but gone"


def _departments(desk: DeskState) -> Iterator[str]:
    for one in desk.departments.values():
        yield from (f"department {one.id}: {wrong}" for wrong in _department(desk, one))


def _department(desk: DeskState, one: Department) -> Iterator[str]:
    if any(desk.conversations[key].department != one.id for key in [*one.queue, *one.ringing]):
        yield "holds a conversation of another"
    if any(one.id not in desk.operators[key].departments for key in one.operators):
        yield "has an operator who does not serve it"
    if one.id not in desk.parts and (one.operators or one.queue or one.ringing or one.takes_part):
        yield "is removed, but in use"
    line = [turn(talk) for talk in map(desk.conversations.__getitem__, one.queue)]
    if line != sorted(line):
        yield "lets somebody wait out of turn"


def _visitors(desk: DeskState) -> Iterator[str]:
    leaving = {*desk.leaving, *desk.closed_late}
    for one in desk.visitors.values():
        if one.visit is None and (one.lost_at is not None or one.asleep or one.identity):
            yield f"visitor {one.id} is lost, asleep or somebody, but not on the site"
        if one.conversation is not None and one.conversation not in desk.conversations:
            yield f"visitor {one.id} is in a conversation that is forgotten"
        if any(closed not in desk.conversations for closed in one.closed):
            yield f"visitor {one.id} has a closed conversation that is forgotten"
        over = [key for key in one.closed if desk.conversations[key].state not in UNCLOSED]
        if one.visit is None and over and one.id not in leaving:
            yield f"visitor {one.id} is gone, but what is over will never be forgotten"
        if one.visit is None and not one.closed and not one.conversation and one.id not in leaving:
            yield f"visitor {one.id} is gone, but will never be forgotten"
