"""The dialog "Why?": the story of a conversation by cause, wherever it was asked for."""

from functools import partial
from typing import Annotated

import msgspec

from dashboard.components.live import Ask, Id, Live, Ready
from dashboard.components.telling import Tell
from engine.door.interface import Frame
from engine.door.requests import AskStory
from engine.events import ConversationId, VisitorId
from engine.story import Step
from engine.views import Visit


class Story(Ask, frozen=True, kw_only=True, tag="story"):
    """Tell the story of a conversation, or of this visitor's latest one; `n` counts what was asked."""

    n: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    conversation: Id | None = None
    visitor: Id | None = None


class StoryTold(Tell, frozen=True, kw_only=True, tag="story"):
    """The lines of the story that was asked for as `n`; none where there is no conversation."""

    n: int
    steps: tuple[Step, ...]


class NoStory(Tell, frozen=True, kw_only=True, tag="no-story"):
    """Why there is no answer to `n`."""

    n: int
    reason: str


class _Visit(msgspec.Struct, frozen=True):
    conversation: str | None = None


class _Value(msgspec.Struct, frozen=True):
    value: _Visit | None = None


class Why(Live):
    """Asks main for stories."""

    in_shell = True
    asks = Ready | Story
    tells = Live.tells | StoryTold | NoStory

    def handle(self, ask: Ask) -> None:
        """Tell a story."""
        if not isinstance(ask, Story):
            return
        if ask.conversation:
            self._tell(ask.n, ask.conversation)
        elif ask.visitor:
            self._look_up(ask.n, ask.visitor)

    def _look_up(self, n: int, visitor: str) -> None:
        """Which conversation is the visitor's: their visit says so at once."""
        self.stop()
        view = Visit(visitor=VisitorId(visitor))
        self.watch(view, partial(self._known, n), failed=partial(self._failed, n))

    def _known(self, n: int, frame: Frame) -> None:
        """Told by the visit's first picture; what changes later is another story."""
        self._tab.later(self.stop)
        visit = msgspec.json.decode(frame.body, type=_Value).value
        if visit is None or visit.conversation is None:
            self.send(StoryTold(n=n, steps=()))
        else:
            self._tell(n, visit.conversation)

    def _tell(self, n: int, conversation: str) -> None:
        self._tab.ask(
            AskStory(conversation=ConversationId(conversation)),
            answered=lambda steps: self.send(StoryTold(n=n, steps=steps)),
            failed=partial(self._failed, n),
        )

    def _failed(self, n: int, reason: str) -> None:
        self.send(NoStory(n=n, reason=reason))
