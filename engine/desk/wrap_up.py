"""After a chat: the next one at once, or after the time to finish one's notes, where the setting gives some."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.desk.offers import offer_what_waits, silence
from engine.desk.rule import Rule
from engine.desk.state import DeskState
from engine.events import Ended, Event, Lost, OperatorId, WrapUpEnded, WrapUpStarted


def run_out(_desk: DeskState, one: OperatorId, now: datetime) -> list[WrapUpEnded]:
    """The time is over."""
    return [WrapUpEnded(at=now, operator=one, reason="timeout")]


def _on_chat_over(desk: DeskState, event: Ended | Lost) -> Iterator[Event]:
    server = desk.conversations[event.conversation].operator
    if server is None:
        return
    if seconds := desk.settings.wrap_up:
        until = event.at + timedelta(seconds=seconds)
        yield WrapUpStarted(at=event.at, operator=server, conversation=event.conversation, until=until)
    else:
        yield from offer_what_waits(desk, desk.operators[server], at=event.at, reason="freed", anew=True)


def _on_wrap_up_started(desk: DeskState, event: WrapUpStarted) -> Iterator[Event]:
    yield from silence(desk, desk.operators[event.operator], at=event.at)


def _on_wrap_up_ended(desk: DeskState, event: WrapUpEnded) -> Iterator[Event]:
    if event.reason != "gone":
        yield from offer_what_waits(desk, desk.operators[event.operator], at=event.at, reason="freed", anew=True)


FOLLOW: dict[type[Event], Rule] = {
    Ended: _on_chat_over,
    Lost: _on_chat_over,
    WrapUpStarted: _on_wrap_up_started,
    WrapUpEnded: _on_wrap_up_ended,
}
