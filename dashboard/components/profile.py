"""The part "Visitor's profile": the open people, their visits and conversations."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from reactivex.abc import DisposableBase

from dashboard.components.acting import ACTS, Acting
from dashboard.components.live import Ask, Id, Ready, Token
from dashboard.components.telling import Tell
from dashboard.tab import Tab
from engine.analytics.screens.past import Past as WhatWas
from engine.analytics.screens.past import VisitorsPast
from engine.events import ConversationId, VisitorId
from engine.views import ConversationEntries, LeftMessages, Mine, Visit

MOST_OPEN = 50  # people open in one tab; as many conversations followed


class Open(Ask, frozen=True, kw_only=True, tag="open"):
    """A profile was opened: show this visitor's visit."""

    visitor: Id


class Close(Ask, frozen=True, kw_only=True, tag="close"):
    """A profile was closed."""

    visitor: Id


class Past(Ask, frozen=True, kw_only=True, tag="past"):
    """Show this visitor's earlier visits and chats."""

    visitor: Id


class Follow(Ask, frozen=True, kw_only=True, tag="follow"):
    """Show a conversation, from the entry after the token on."""

    conversation: Id
    after: Token | None = None


class Unfollow(Ask, frozen=True, kw_only=True, tag="unfollow"):
    """A conversation is not looked at any more."""

    conversation: Id


class PastPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an earlier visit."""

    address: str
    title: str | None
    at: datetime


class PastVisit(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier visit with its first pages, of `count`."""

    visit: str
    since: datetime
    seconds: float | None
    count: int
    device: str | None
    browser: str | None
    referrer: str | None
    pages: list[PastPage]


class PastChat(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier chat, or a left message."""

    conversation: str
    at: datetime
    department: str | None
    operator: str | None
    state: str
    outcome: str | None


class PastKnown(Tell, frozen=True, kw_only=True, tag="past"):
    """A visitor's earlier visits and chats, the newest first."""

    visitor: str
    visits: list[PastVisit]
    chats: list[PastChat]

    @classmethod
    def of(cls, visitor: str, past: WhatWas) -> "PastKnown":
        """As the history tells it."""
        visits = msgspec.convert(past.visits, list[PastVisit])
        return cls(visitor=visitor, visits=visits, chats=msgspec.convert(past.chats, list[PastChat]))


class PastUnavailable(Tell, frozen=True, kw_only=True, tag="past-unavailable"):
    """The history does not answer: the error's name."""

    visitor: str
    why: str


class Profile(Acting):
    """The work area of people: a tab each, with the conversation and the visit."""

    in_shell = True
    views = (Mine(), LeftMessages())
    asks = Ready | Open | Close | Past | Follow | Unfollow | ACTS
    tells = Acting.tells | PastKnown | PastUnavailable

    def __init__(self, tab: Tab, **params: Any) -> None:
        super().__init__(tab, **{"sizing_mode": "stretch_both", **params})
        self._visits: dict[str, DisposableBase] = {}
        self._conversations: dict[str, DisposableBase] = {}

    def stop(self) -> None:
        """Look at nobody any more; the browser opens again whom it wants to see."""
        super().stop()
        self._visits.clear()
        self._conversations.clear()

    def handle(self, ask: Any) -> None:
        """Open, close, look; what is asked of main goes its way."""
        match ask:
            case Open():
                self._open(ask.visitor)
            case Close():
                self._drop(self._visits, ask.visitor)
            case Past():
                self._look_back(ask.visitor)
            case Follow():
                self._follow(ask.conversation, ask.after)
            case Unfollow():
                self._drop(self._conversations, ask.conversation)
            case _:
                super().handle(ask)

    def _open(self, visitor: str) -> None:
        self._drop(self._visits, visitor)
        if len(self._visits) >= MOST_OPEN:
            return
        self._visits[visitor] = self.watch(
            Visit(visitor=VisitorId(visitor)),
            lambda frame: self.send_raw("visit", bytes(frame.body), key=visitor),
            failed=partial(self.lost, "visit", key=visitor),
        )

    def _look_back(self, visitor: str) -> None:
        self._tab.look_up(
            "past",
            partial(self._tab.history.ask, VisitorsPast(visitor=visitor)),
            answered=lambda told: self.send(PastKnown.of(visitor, told.answer)),
            failed=lambda error: self.send(PastUnavailable(visitor=visitor, why=type(error).__name__)),
        )

    def _follow(self, conversation: str, after: str | None) -> None:
        self._drop(self._conversations, conversation)
        if len(self._conversations) >= MOST_OPEN:
            return
        self._conversations[conversation] = self.watch(
            ConversationEntries(conversation=ConversationId(conversation)),
            lambda frame: self.send_raw("conversation", bytes(frame.body), key=conversation, token=frame.token),
            after=after,
            failed=partial(self.lost, "conversation", key=conversation),
        )

    def _drop(self, among: dict[str, DisposableBase], key: str) -> None:
        subscription = among.pop(key, None)
        if subscription:
            self._watched.remove(subscription)
            self._tab.forget(subscription)
