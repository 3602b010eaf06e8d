"""Invented rows of the views, as main would encode them: each is made by the struct that main has for it."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.door.answers import Person
from engine.streams.views.first_responses import FirstResponses
from engine.streams.views.left_messages import LeftMessage
from engine.streams.views.mine import Talk
from engine.streams.views.operators_now import OperatorNow
from engine.streams.views.overview import Overview
from engine.streams.views.queue import Waiting
from engine.streams.views.rings import Ring
from engine.streams.views.top_pages import TopPages
from engine.streams.views.visit import VisitNow
from engine.streams.views.visitors_now import Badge
from engine.streams.views.visits_a_minute import VisitsAMinute
from engine.streams.views.waiting_times import WaitingTimes
from engine.talk import HEAD, State, deeds, in_turn

Row = dict[str, Any]
STRUCTS: dict[str, type[msgspec.Struct]] = {
    "visitors": Badge,
    "rings": Ring,
    "mine": Talk,
    "queue": Waiting,
    "messages": LeftMessage,
    "operators": OperatorNow,
    "visit": VisitNow,
    "visits_a_minute": VisitsAMinute,
    "waiting_times": WaitingTimes,
    "first_responses": FirstResponses,
    "top_pages": TopPages,
    "overview": Overview,
}


def told(struct: type[msgspec.Struct], fields: Row) -> Row:
    """The fields as main would tell them; those that its struct does not have, or has otherwise, are an error."""
    unknown = fields.keys() - {field.encode_name for field in msgspec.structs.fields(struct)}
    assert not unknown, f"{struct.__name__} has no {unknown}"
    said: Row = msgspec.to_builtins(msgspec.convert(fields, struct))
    return said


def now() -> str:
    """The time as the door writes it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def operator_row(who: Person, **more: Any) -> Row:
    """A row of "operators"."""
    return {
        "id": who.operator, "name": who.name, "role": who.role, "state": "not-available", "here": True,
        "live_help": False, "chats": 0, "offers": 0, "max_chats": 4, "departments": ["Support"], "since": now(),
        "wrap_up_until": None, **more,
    }  # fmt: skip


def visitor_row(visitor: str, **more: Any) -> Row:
    """A row of "visitors"."""
    may = deeds("operator", State(more["state"]) if more.get("state") else None)
    return {
        "id": visitor, "name": None, "site": "shop", "site_id": "shop", "visits": 1, "since": now(), "here": True,
        "address": "http://localhost/cart", "title": "Cart", "referrer": None, "device": "desktop",
        "browser": "Firefox", "origin": None, "pages": 1, "page_since": now(), "state": None, "operator": None,
        "may": may, "messages": 0, "asleep": False, "invitation": None, "identity": None, **more,
    }  # fmt: skip


def visit_value(visitor: str, **more: Any) -> Row:
    """The value of "visit"."""
    return {
        "visitor": visitor, "name": None, "site": "shop", "visits": 1, "since": now(), "ended": None, "here": True,
        "referrer": None, "device": "desktop", "browser": "Firefox", "origin": None,
        "pages": [{"address": "http://localhost/cart", "title": "Cart", "at": now()}], "count": 1, "state": None,
        "may": deeds("operator", None), "conversation": None, "asleep": False, "actions": [], "identity": None, **more,
    }  # fmt: skip


def ring_row(conversation: str, visitor: str, **more: Any) -> Row:
    """A row of "rings"."""
    may = deeds("operator", State.QUEUED if more.get("policy") == "queue" else State.ROUTING)
    return {
        "id": conversation, "visitor": visitor, "name": None, "department": "Support", "mode": "text", "since": now(),
        "until": now(), "policy": "broadcast", "may": may, "address": "http://localhost/cart",
        "title": "Cart", "referrer": None,
        "origin": None, "visits": 1, "closed": None, "by": None, **more,
    }  # fmt: skip


def queue_row(conversation: str, visitor: str, **more: Any) -> Row:
    """A row of "queue"."""
    since = more.get("since", now())
    return {
        "id": conversation, "visitor": visitor, "name": None, "department": "Support", "since": since, "asked": now(),
        "status": "waiting", "offered_to": None, "reason": "timeout", "by": None, "address": "http://localhost/cart",
        "title": "Cart", "visits": 1, "place": 1,
        "turn": in_turn(ahead=more.get("reason") in HEAD, since=since, place=more.get("place", 1)), **more,
    }  # fmt: skip


def mine_row(conversation: str, visitor: str, **more: Any) -> Row:
    """A row of "mine"."""
    return {
        "id": conversation, "visitor": visitor, "name": None, "department": "Support", "state": "active",
        "since": now(), "waiting_since": None, "last": None, "address": "http://localhost/cart", "title": "Cart",
        "here": True, "number": 1, "unread": 0, "seen": 0, **more,
    }  # fmt: skip


def message_row(conversation: str, visitor: str, **more: Any) -> Row:
    """A row of "messages"."""
    may = deeds("operator", State.ANSWERED if more.get("state") == "answered" else State.LEFT)
    return {
        "id": conversation, "visitor": visitor, "name": "Vera", "email": "vera@example.org", "subject": "Parcel",
        "text": "Where is my parcel?", "department": "Support", "at": now(), "state": "open", "may": may, "by": None,
        "site": "shop", **more,
    }  # fmt: skip


def waiting_value(**more: Any) -> Row:
    """The value of "waiting_times"."""
    return {
        "waiting": 0, "longest_since": None, "median_s": None, "p95_s": None, "answered": 0, "abandoned": 0, **more,
    }  # fmt: skip


def overview_value(**more: Any) -> Row:
    """The value of "overview"."""
    staff = {"available": 1, "full": 0, "wrap_up": 0, "not_available": 1}
    return {
        "on_site": 0, "asleep": 0, "waiting": 0, "longest_since": None, "in_chat": 0, "on_hold": 0, "invited": 0,
        "left_open": 0, "operators": staff, **more,
    }  # fmt: skip
