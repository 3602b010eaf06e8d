"""Everything that goes through the door, a row each: what its caller must be, and which conversation it is about.

A new request is its struct in `requests.py`, and its row and handler here. `check` is asked before any of them.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from reactivex import Observable

from engine import views
from engine.commands.filling import acts
from engine.door import administration, doorstep, reading, watching
from engine.door import requests as asked
from engine.door.inside import Inside
from engine.door.interface import DoorError, Frame
from engine.door.requests import Request
from engine.door.rights import Caller, Need, SessionCaller, may, sender_of
from engine.events import ConversationId

log = logging.getLogger(__name__)
ID = 36  # characters of an id; what is asked for may be anything
R = TypeVar("R", bound=Request[Any])
V = TypeVar("V", bound=views.View)
About = Callable[[Any], ConversationId | None]


def _nothing(_subject: Any) -> None:
    return None


def _its_own(subject: Any) -> ConversationId | None:
    """The conversation that a struct names; most acts are in one."""
    conversation: ConversationId | None = getattr(subject, "conversation", None)
    return conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What goes through the door.

    Attributes:
        need: what its caller must be.
        about: the conversation it is about, which its caller must be allowed to read; None where it is about none.

    """

    need: Need
    about: About = _nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow(Row):
    """A request, and what answers it."""

    handler: Callable[[Inside, Any, Caller], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow(Row):
    """A view, and what its steps are for a caller, after a token."""

    steps: Callable[[Inside, Any, SessionCaller, str | None], Observable[Frame]] = watching.live


def _row(
    kind: type[R], need: Need, handler: Callable[[Inside, R, Caller], Awaitable[Any]], *, about: About = _nothing
) -> tuple[type[Request[Any]], RequestRow]:
    return kind, RequestRow(need=need, handler=handler, about=about)


REQUESTS: Mapping[type[Request[Any]], RequestRow] = dict(
    (
        _row(asked.SignIn, "doorstep", doorstep.sign_in),
        _row(asked.SignOut, "doorstep", doorstep.sign_out),
        _row(asked.Who, "doorstep", doorstep.who),
        _row(asked.SetFirstPassword, "doorstep", administration.set_first_password),
        _row(asked.AskUnset, "doorstep", administration.unset),
        _row(asked.AskStory, "operate", reading.tell_story, about=_its_own),
        _row(asked.FindMessages, "operate", reading.find_messages),  # of what is found, what they may read
        _row(asked.AskHistory, "analyse", reading.permit),
        _row(asked.AskHouse, "administer", administration.house),
        _row(asked.AskCounters, "administer", administration.counters),
        _row(asked.Administer, "administer", administration.administer),
        _row(asked.AddPerson, "administer", administration.add_person),
        _row(asked.SetPassword, "administer", administration.set_password),
        _row(asked.EndSessions, "administer", administration.end_sessions),
        _row(asked.AskSiteSecret, "administer", administration.site_secret),
        _row(asked.AskSecret, "worker", administration.secret),
        _row(asked.TellCounters, "worker", administration.told),
    )
)

_SEEN_BY_ALL, _OPERATORS = ViewRow(need="look"), ViewRow(need="operate")
VIEWS: Mapping[type[views.View], ViewRow] = {
    views.Visitors: _SEEN_BY_ALL,
    views.VisitsAMinute: _SEEN_BY_ALL,
    views.WaitingTimes: _SEEN_BY_ALL,
    views.FirstResponses: _SEEN_BY_ALL,
    views.TopPages: _SEEN_BY_ALL,
    views.Overview: _SEEN_BY_ALL,
    views.Operators: _SEEN_BY_ALL,
    views.Visit: _SEEN_BY_ALL,
    views.Rings: _OPERATORS,
    views.Mine: _OPERATORS,
    views.OwnAbsence: _OPERATORS,
    views.Queue: _OPERATORS,
    views.LeftMessages: _OPERATORS,
    views.HouseCondition: ViewRow(need="look", steps=watching.condition),
    views.HouseSteps: ViewRow(need="look", steps=watching.first_steps),
    views.ConversationEntries: ViewRow(need="operate", about=_its_own, steps=watching.entries),
}

# What operators do. The desk knows who may do what in which state; here stands that they may be there at all.
ACTS: Mapping[type[Any], Row] = dict.fromkeys(acts("dashboard"), Row(need="operate", about=_its_own))


def check(inside: Inside, caller: Caller, row: Row, subject: Any) -> None:
    """Let a caller in to what a row is of. Raises `DoorError("forbidden")`."""
    conversation = row.about(subject)
    if not may(caller, row.need) or (conversation is not None and not inside.may_read(caller, conversation)):
        about = f" of conversation {conversation[:ID]}" if conversation is not None else ""
        log.warning("%s may not ask for %s%s", sender_of(caller), type(subject).__name__, about)
        raise DoorError("forbidden")
