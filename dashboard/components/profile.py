"""The part "Visitor's profile": the open people, their visits and conversations."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import msgspec
from reactivex.abc import DisposableBase

from dashboard.components.live import Ask, Id, Live, Ready, Token
from dashboard.history.past import past_of
from dashboard.tab import Tab
from engine.commands import EndChat, SayToVisitor, TabCommand, Type
from engine.events import ConversationId

LONGEST_SENT = 40_000  # characters; beyond what main would refuse as too long, so that the person gets that answer
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


class Say(Ask, frozen=True, kw_only=True, tag="say"):
    """A message to the visitor; `client_id` is kept in the browser until it is acked."""

    client_id: Id
    conversation: Id
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_SENT)]


class Typing(Ask, frozen=True, kw_only=True, tag="typing"):
    """The operator is typing; a signal, of which nobody waits for the outcome."""

    conversation: Id


class End(Ask, frozen=True, kw_only=True, tag="end"):
    """The button "End communication"."""

    client_id: Id
    conversation: Id


class Profile(Live):
    """The work area of people: a tab each, with the conversation and the visit."""

    _bundle = Path(__file__).parent / "profile.js"
    views = ("mine",)
    asks = Ready | Open | Close | Past | Follow | Unfollow | Say | Typing | End

    def __init__(self, tab: Tab, **params: Any) -> None:
        super().__init__(tab, **{"sizing_mode": "stretch_both", **params})
        self._visits: dict[str, DisposableBase] = {}
        self._conversations: dict[str, DisposableBase] = {}

    def stop(self) -> None:
        """Look at nobody any more; the browser opens again whom it wants to see."""
        super().stop()
        self._visits.clear()
        self._conversations.clear()

    def handle(self, ask: Ask) -> None:
        """Open, close, write, end."""
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
            case Say():
                self._say(ask)
            case Typing():
                command = Type(conversation=ConversationId(ask.conversation))
                self._tab.ask(command, client_id="typing", answered=lambda _outcome: None)
            case End():
                self._ask(EndChat(conversation=ConversationId(ask.conversation)), ask.client_id)

    def _say(self, ask: Say) -> None:
        self._ask(SayToVisitor(conversation=ConversationId(ask.conversation), text=ask.text), ask.client_id)

    def _ask(self, command: TabCommand, client_id: str) -> None:
        self._tab.ask(command, client_id=client_id, answered=lambda outcome: self.answer(client_id, outcome))

    def _open(self, visitor: str) -> None:
        self._drop(self._visits, visitor)
        if len(self._visits) >= MOST_OPEN:
            return
        self._visits[visitor] = self.keep(
            self._tab.watch(
                "visit",
                lambda frame: self.send_raw("v", "visit", bytes(frame.body), key=visitor),
                key=visitor,
                failed=lambda reason: self.lost("visit", reason),
            )
        )

    def _look_back(self, visitor: str) -> None:
        self._tab.look_up(
            partial(past_of, self._tab.history, visitor),
            answered=lambda past: self.send_raw("t", "past", msgspec.json.encode(past), key=visitor),
            failed=lambda error: self.send({"t": "past-unavailable", "key": visitor, "why": type(error).__name__}),
        )

    def _follow(self, conversation: str, after: str | None) -> None:
        self._drop(self._conversations, conversation)
        if len(self._conversations) >= MOST_OPEN:
            return
        self._conversations[conversation] = self.keep(
            self._tab.follow(
                ConversationId(conversation),
                lambda frame: self.send_raw(
                    "v", "conversation", bytes(frame.body), key=conversation, token=frame.token
                ),
                after=after,
                failed=lambda reason: self.lost("conversation", reason),
            )
        )

    def _drop(self, among: dict[str, DisposableBase], key: str) -> None:
        subscription = among.pop(key, None)
        if subscription:
            self._watched.remove(subscription)
            self._tab.forget(subscription)
