"""Rows that are hard to reach in a house, for `Doorway.put`: very many, or very large."""

from datetime import UTC, datetime
from typing import Any

from engine.events import ConversationId, VisitorId
from engine.streams.views.mine import OwnConversation
from engine.streams.views.visitors_now import Badge
from engine.talk import State, deeds
from tests.dashboard.people import CART, SHOP


def badge(visitor: str, **more: Any) -> Badge:
    """A visitor in no chat, at their first page."""
    now = datetime.now(UTC)
    given: dict[str, Any] = {
        "name": None, "site": "shop", "site_id": SHOP, "visits": 1, "since": now, "here": True,
        "left": None, "turn": "here 0",
        "asleep": False,
        "address": CART[0], "title": CART[1], "referrer": None, "campaign": None, "device": "desktop",
        "browser": "Firefox", "origin": None, "pages": 1, "page_since": now, "state": None, "operator": None,
        "may": deeds("operator", None), "messages": 0, "invitation": None, "identity": None,
    }  # fmt: skip
    return Badge(id=VisitorId(visitor), **given | more)


def talk(conversation: str, *, title: str) -> OwnConversation:
    """A chat in which nothing was said."""
    return OwnConversation(
        id=ConversationId(conversation), visitor=VisitorId("v1"), name=None, department="Support", state=State.ACTIVE,
        since=datetime.now(UTC), waiting_since=None, last=None, address=CART[0], title=title, here=True, number=1,
        unread=0, seen=0,
    )  # fmt: skip
