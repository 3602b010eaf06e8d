"""What a tab's sections watch can be changed under them, and the shell stays live."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, cast

import msgspec
import pytest
import reactivex
from reactivex import Observable
from reactivex import operators as ops
from reactivex.subject import BehaviorSubject

from dashboard.components.badge_board import BadgeBoard
from dashboard.components.live import Live
from dashboard.components.summary_bar import SummaryBar
from dashboard.shell import OPERATING, Shell
from dashboard.signins import SignIn
from dashboard.tab import Tab
from engine.door.answers import Person
from engine.door.interface import Door, DoorError, Frame
from engine.events import ConversationId, OperatorId
from engine.views import AnyView, ConversationEntries, Visitors, name_of
from tests.dashboard.mounted import Mounted

ANN = Person(login_session="s1", operator=OperatorId("o1"), login="ann", name="Ann", role="supervisor", departments=())


class Source:
    """Views whose picture is one row of the source's name; counts who looks."""

    def __init__(self, name: str) -> None:
        self.rows: BehaviorSubject[str] = BehaviorSubject(name)
        self.looking: Counter[str] = Counter()
        self.after: list[str | None] = []

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        name = name_of(view)
        self.after.append(after)

        def subscribe(observer: Any, scheduler: Any = None) -> Any:
            self.looking[name] += 1
            frames: Observable[Frame] = self.rows.pipe(ops.map(partial(self.frame, name)), ops.finally_action(left))
            return frames.subscribe(observer, scheduler=scheduler)

        def left() -> None:
            self.looking[name] -= 1

        return reactivex.create(subscribe)

    @staticmethod
    def frame(name: str, row: str) -> Frame:
        return Frame(
            view=name,
            token="",
            body=msgspec.Raw(msgspec.json.encode({"all": [{"id": row, "since": "", "turn": "", "here": True}]})),
        )


class Nowhere:
    """A past that cannot be read."""

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        return reactivex.throw(DoorError("failed"))


@pytest.fixture
def door() -> Source:
    return Source("now")


@pytest.fixture
def tab(door: Source) -> Iterator[Tab]:
    tab = Tab(cast(Door, door), SignIn(secret="secret", person=ANN))
    yield tab
    tab.close()
    assert not +door.looking


def ids(part: Mounted, view: str) -> list[str]:
    return [body["all"][0]["id"] for body in part.of(view)]


def test_a_section_shows_the_past_and_is_back_with_a_whole_picture_and_the_shell_stays_live(
    tab: Tab, door: Source
) -> None:
    board, bar, past = Mounted(BadgeBoard(tab)), Mounted(SummaryBar(tab)), Source("yesterday")
    board.tell({"t": "ready"})
    bar.tell({"t": "ready"})
    tab.views.on_next(past)
    assert ids(board, "visitors") == ["now", "yesterday"]
    assert (door.looking["visitors"], past.looking["visitors"]) == (0, 1)
    door.rows.on_next("later")
    past.rows.on_next("yesterday, a second on")
    assert ids(board, "visitors") == ["now", "yesterday", "yesterday, a second on"]
    assert ids(bar, "queue") == ["now", "later"]
    tab.views.on_next(cast(Door, door))
    assert ids(board, "visitors")[-1] == "later"
    assert not +past.looking


def test_a_section_built_while_the_past_is_shown_begins_there(tab: Tab) -> None:
    tab.views.on_next(Source("yesterday"))
    board = Mounted(BadgeBoard(tab))
    board.tell({"t": "ready"})
    assert ids(board, "visitors") == ["yesterday"]


def test_a_past_that_cannot_be_read_is_said_and_the_view_is_back_with_the_present(tab: Tab, door: Source) -> None:
    board = Mounted(BadgeBoard(tab))
    board.tell({"t": "ready"})
    tab.views.on_next(Nowhere())
    assert board.sent[-1] == {"t": "lost", "view": "visitors", "key": "", "reason": "failed"}
    tab.views.on_next(cast(Door, door))
    assert ids(board, "visitors") == ["now", "now"]


def test_where_a_view_was_left_off_is_told_only_to_the_door(tab: Tab, door: Source) -> None:
    past = Source("yesterday")
    heard: list[Frame] = []
    watching = tab.watch(ConversationEntries(conversation=ConversationId("c1")), heard.append, after="c1:7")
    tab.views.on_next(past)
    assert (door.after, past.after) == (["c1:7"], [None])
    tab.forget(watching)
    assert not +door.looking and not +past.looking


def test_a_tab_that_closes_leaves_the_past_too(tab: Tab) -> None:
    past = Source("yesterday")
    tab.watch(Visitors(), lambda _frame: None)
    tab.views.on_next(past)
    tab.close()
    tab.views.on_next(Source("the day before"))
    assert not +past.looking


def test_every_part_of_the_shell_says_that_it_is_and_no_section_does(tab: Tab) -> None:
    parts = [part for part in Shell(tab).parts.values() if isinstance(part, Live)]
    assert len(parts) >= len(OPERATING)
    assert {*filter(lambda kind: kind.in_shell, kinds(Live))} == {type(part) for part in parts}


def kinds(of: type[Live]) -> Iterator[type[Live]]:
    for one in of.__subclasses__():
        yield one
        yield from kinds(one)
