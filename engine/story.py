"""Why a conversation is as it is: its story, line by line, each with what caused it. Pure over records.

A line is a key of the text catalogue with its values, so that every client says it in its own words. It must not know
where records come from.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    Ended,
    EngineStarted,
    Event,
    HelpAsked,
    InvitationExpired,
    LiveHelpSwitched,
    Lost,
    MessageLeft,
    MessagesSeen,
    MessageWritten,
    OfferMade,
    OfferWithdrawn,
    OperatorGone,
    OperatorId,
    PartRemoved,
    PartSet,
    Queued,
    Record,
    SettingChanged,
    VisitEnded,
    WrapUpEnded,
    WrapUpStarted,
    parts,
)
from engine.talk.names import Names
from engine.talk.told import TOLD


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a story.

    Attributes:
        key: of the text catalogue, `story.…`.
        values: what stands in the text's places.
        cause: which line of the story led to it, None where somebody did it, or the clock.

    """

    at: datetime
    key: str
    values: dict[str, str]
    cause: int | None = None


Sentence = tuple[str, dict[str, str]]
UNTOLD = MessageWritten | MessagesSeen  # what is said in a conversation leads to nothing


def story(conversation: ConversationId, records: Iterable[Record], names: Names) -> tuple[Step, ...]:
    """The story of a conversation, from its own records and those of others that led to them."""
    steps: list[Step] = []
    places: dict[str, int] = {}
    for record in sorted(records, key=lambda one: one.position):
        if isinstance(record.event, UNTOLD):
            continue
        key, values = _say(conversation, record.event, names)
        places[record.id] = len(steps)
        steps.append(Step(at=record.event.at, key=f"story.{key}", values=values, cause=places.get(record.cause)))
    return tuple(steps)


def _say(conversation: ConversationId, event: Event, names: Names) -> Sentence:
    if isinstance(event, ConversationEvent) and event.conversation != conversation:
        return _elsewhere(event, names)
    if isinstance(event, ConversationEvent) and type(event) not in SAY:
        return TOLD[type(event)].what, _whose(event, names)
    return SAY[type(event)](event, names) if type(event) in SAY else ("elsewhere", {})


def _elsewhere(event: ConversationEvent, names: Names) -> Sentence:
    """Of another visitor's conversation nothing is told but that an operator took it, or is free of it."""
    if isinstance(event, Accepted):
        return "elsewhere.accepted", {"operator": names.operator(event.operator)}
    return ("elsewhere.over" if isinstance(event, Ended | Lost) else "elsewhere"), {}


# --- what there is to say of an event ------------------------------------------------------------------------------


def _plain(key: str) -> Callable[[Any, Names], Sentence]:
    return lambda _event, _names: (key, {})


def _by_operator(key: str) -> Callable[[Any, Names], Sentence]:
    return lambda event, names: (key, {"operator": names.operator(event.operator)})


def _asked(event: HelpAsked, names: Names) -> Sentence:
    return "asked", {"department": names.department(event.department)}


def _left(event: MessageLeft, names: Names) -> Sentence:
    return "left", {"department": names.department(event.department)}


def _offered(event: OfferMade, names: Names) -> Sentence:
    asked = ", ".join(names.operator(one) for one in event.operators)
    key = "rings" if event.policy == "broadcast" else f"offered.{event.reason}"
    return key, {"operator": asked}


def _accepted(event: Accepted, names: Names) -> Sentence:
    return f"accepted.{event.how}", {"operator": names.operator(event.operator)}


def _ended(event: Ended, names: Names) -> Sentence:
    if isinstance(event.by, ByVisitor):
        return "ended.visitor", {}
    return "ended.operator", {"operator": names.operator(event.by.operator)}


def _by_reason(key: str) -> Callable[[Any, Names], Sentence]:
    def say(event: Any, names: Names) -> Sentence:
        return f"{key}.{event.reason}", _whose(event, names)

    return say


def _whose(event: Event, names: Names) -> dict[str, str]:
    operator = getattr(event, "operator", None)
    return {"operator": names.operator(operator)} if operator else {}


def _switched(event: LiveHelpSwitched, names: Names) -> Sentence:
    return "live-help.on" if event.on else "live-help.off", _whose(event, names)


def _setting(event: SettingChanged, _names: Names) -> Sentence:
    return "setting", {"setting": event.name, "value": str(event.value)}


def _part_set(event: PartSet, names: Names) -> Sentence:
    match event.part:
        case parts.Department(name=name):
            return "department", {"department": name}
        case parts.Operator(id=operator):
            return "operator", {"operator": names.operator(operator)}
    return "elsewhere", {}


def _part_removed(event: PartRemoved, names: Names) -> Sentence:
    if event.part == "operator":
        return "operator-removed", {"operator": names.operator(OperatorId(event.id))}
    return "elsewhere", {}


# An event of a conversation that is not here is said by its word.
SAY: dict[type[Event], Callable[[Any, Names], Sentence]] = {
    HelpAsked: _asked,
    InvitationExpired: _by_reason("invitation-expired"),
    OfferMade: _offered,
    OfferWithdrawn: _by_reason("withdrawn"),
    Queued: _by_reason("queued"),
    Accepted: _accepted,
    Ended: _ended,
    Abandoned: _by_reason("abandoned"),
    MessageLeft: _left,
    OperatorGone: _by_reason("operator-gone"),
    LiveHelpSwitched: _switched,
    WrapUpStarted: _by_operator("wrap-up-started"),
    WrapUpEnded: _by_operator("wrap-up-ended"),
    VisitEnded: _plain("visit-ended"),
    SettingChanged: _setting,
    PartSet: _part_set,
    PartRemoved: _part_removed,
    EngineStarted: _plain("engine-started"),
}
