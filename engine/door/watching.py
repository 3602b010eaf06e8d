"""The steps of each kind of view, for a caller who may see them: the live ones, and a conversation's entries."""

import msgspec
import reactivex
from reactivex import Observable, operators

from engine.door import first_steps as steps
from engine.door.entries import frame, signal_frame
from engine.door.first_steps import FirstSteps
from engine.door.inside import Inside
from engine.door.interface import Frame
from engine.door.rights import SessionCaller
from engine.entries import VisitorNames, conversation_entries, number_of
from engine.room import Condition
from engine.streams.folds.directory import Directory
from engine.talk.entries import Entry
from engine.views import AnyView, ConversationEntries, HouseCondition, HouseSteps, name_of


def live(inside: Inside, view: AnyView, caller: SessionCaller, _after: str | None) -> Observable[Frame]:
    """A live view as the caller sees it. It begins with its whole picture, after whatever was seen before."""
    name = name_of(view)

    def picture(body: bytes) -> Frame:
        return Frame(view=name, token="", body=msgspec.Raw(body))

    return inside.views.watch(view, operator=caller.person.operator).pipe(operators.map(picture))


def condition(inside: Inside, view: HouseCondition, _caller: SessionCaller, _after: str | None) -> Observable[Frame]:
    """The house's condition, each time whole."""

    def value(now: Condition) -> Frame:
        return Frame(view=name_of(view), token="", body=msgspec.Raw(msgspec.json.encode({"value": now})))

    return inside.core.condition.told.pipe(operators.map(value))


def first_steps(inside: Inside, view: HouseSteps, caller: SessionCaller, _after: str | None) -> Observable[Frame]:
    """What comes next for who looks, each time whole."""

    def now(names: Directory) -> FirstSteps:
        return steps.first_steps(names, caller.person)

    def value(next_one: FirstSteps) -> Frame:
        return Frame(view=name_of(view), token="", body=msgspec.Raw(msgspec.json.encode({"value": next_one})))

    names: Observable[Directory] = reactivex.concat(reactivex.just(inside.views.directory), inside.views.directories)
    found: Observable[FirstSteps] = names.pipe(operators.map(now), operators.distinct_until_changed())
    return found.pipe(operators.map(value))


def entries(inside: Inside, view: ConversationEntries, _caller: SessionCaller, after: str | None) -> Observable[Frame]:
    """A conversation's entries from the first (or the one after `after`) on, and the signals in it."""
    number = number_of(after, inside.epoch, view.conversation) or 0
    events = inside.core.conversation(view.conversation)
    visitors = VisitorNames(kept=inside.core.named, live=inside.core.of_visitor)
    told = conversation_entries(events, lambda: inside.views.directory, after=number, visitors=visitors)

    def step(entry: Entry) -> Frame:
        return frame(entry, inside.epoch)

    signals = inside.core.signals(view.conversation).pipe(operators.map(signal_frame))
    return reactivex.merge(told.pipe(operators.map(step)), signals)
