"""The live views: what an onlooker gets, at once and after, and that one who fails harms no other."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import pytest
import reactivex
from reactivex.scheduler import HistoricalScheduler

from engine.events import ConversationId, DepartmentId, OperatorId, OperatorName, PartSet, SiteId, VisitorId
from engine.events.parts import Operator
from engine.streams.live import LiveViews, fold
from engine.streams.registry import PIPELINES
from engine.streams.shown import SHOWN
from engine.views import (
    AnyView,
    ConversationEntries,
    FirstResponses,
    HouseCondition,
    HouseSteps,
    LeftMessages,
    Mine,
    Operators,
    Overview,
    OwnAbsence,
    Queue,
    Rings,
    TopPages,
    Visit,
    Visitors,
    VisitsAMinute,
    WaitingTimes,
    name_of,
)
from tests.engine.story import NINE, SHOP, Story
from tests.engine.streams.stage import Stage, picture, publish
from tests.engine.streams.test_pipelines import HISTORIES, busy_hour

pytestmark = pytest.mark.slow

ANN, BOB = OperatorId("Ann"), OperatorId("Bob")
WATCHES: list[tuple[AnyView, dict[str, Any]]] = [
    (Visitors(), {}),
    (VisitsAMinute(), {}),
    (WaitingTimes(), {}),
    (FirstResponses(), {}),
    (TopPages(), {}),
    (Overview(), {}),
    (Operators(), {}),
    (Rings(), {"operator": ANN}),
    (Mine(), {"operator": BOB}),
    (OwnAbsence(), {"operator": ANN}),
    (Queue(), {"operator": BOB}),
    (LeftMessages(), {"operator": BOB}),
    (Visit(visitor=VisitorId("v1")), {}),
]
# The entries are the journal's, and how the house is is not of its events.
LIVE = set(get_args(AnyView)) - {ConversationEntries, HouseCondition, HouseSteps}
assert {type(view) for view, _ in WATCHES} == LIVE
every_watch = pytest.mark.parametrize(("view", "whose"), WATCHES, ids=[name_of(view) for view, _ in WATCHES])


@pytest.fixture
def stage(story: Story) -> Iterator[Stage]:
    stage = Stage(story)
    yield stage
    stage.views.dispose()


# --- pictures and patches


@every_watch
@pytest.mark.parametrize("history", range(4))
def test_a_late_onlooker_and_an_early_one_have_the_same_picture(
    view: AnyView, whose: dict[str, Any], history: int
) -> None:
    stage = Stage(Story())
    stage.story.moments[:] = HISTORIES[history]
    early = stage.watch(view, **whose)
    half = len(HISTORIES[history]) // 2
    publish(stage, HISTORIES[history][:half])
    late = stage.watch(view, **whose)
    publish(stage, HISTORIES[history][half:])
    stage.told = len(HISTORIES[history])  # each moment is published once, as the core does
    stage.catch_up(beat=False)
    stage.clock.advance_to(stage.clock.now + timedelta(seconds=2))
    last = stage.watch(view, **whose)
    assert picture(early) == picture(late) == picture(last)
    assert len(last) == 1
    assert not stage.letters


def test_every_name_has_its_view() -> None:
    assert {shown.pipeline.name for shown in SHOWN} == {name_of(view) for view in LIVE}


def test_rows_come_as_a_whole_then_as_patches(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    stage.catch_up()
    seen = stage.watch(Rings(), operator=ANN)
    assert seen == [{"all": []}]
    story.visitor("vera").asks(name="Vera").rings_at("Ann")
    stage.catch_up()
    (row,) = seen[1]["set"]
    assert (row["id"], row["name"], row["department"], row["closed"]) == ("c-vera", "Vera", "Support", None)
    assert seen[1]["gone"] == []
    story.passes(1)
    story.visitor("wim")
    stage.catch_up()
    assert len(seen) == 2  # nothing of mine
    assert stage.watch(Rings(), operator=ANN) == [{"all": [row]}]


def test_times_are_iso_text_in_utc(stage: Stage, story: Story) -> None:
    story.visitor("vera")
    stage.catch_up()
    (body,) = stage.watch(Visitors())
    assert body["all"][0]["since"].startswith("2026-03-01T09:00:00")
    assert body["all"][0]["since"].endswith("Z")


def test_a_ring_that_stopped_is_set_and_then_gone(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera").asks().rings_at("Ann", "Bob")
    stage.catch_up()
    seen = stage.watch(Rings(), operator=BOB)
    vera.is_accepted_by("Ann")
    stage.catch_up()
    assert (seen[-1]["set"][0]["closed"], seen[-1]["set"][0]["by"]) == ("taken", "Ann")
    story.passes(7)
    stage.catch_up()
    assert seen[-1] == {"set": [], "gone": ["c-vera"]}


def test_what_each_message_changes_is_paced_and_a_call_never(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    stage.catch_up()
    board, mine = stage.watch(Visitors()), stage.watch(Mine(), operator=ANN)
    rings = stage.watch(Rings(), operator=ANN)
    vera = story.visitor("vera").asks().rings_at("Ann").is_accepted_by("Ann")
    for number in range(10):
        vera.writes(str(number))
        vera.views(f"https://shop.test/{number}")
    stage.catch_up(beat=False)
    assert (len(board), len(mine)) == (1, 1)
    assert len(rings) > 1
    stage.clock.advance_to(stage.clock.now + timedelta(seconds=0.3))
    assert len(board) == 2
    assert board[1]["set"][0]["pages"] == 11
    assert len(mine) == 2
    assert (mine[1]["set"][0]["last"]["text"], mine[1]["set"][0]["title"]) == ("9", board[1]["set"][0]["title"])


def test_a_value_comes_again_only_when_it_is_another(stage: Stage, story: Story) -> None:
    seen = stage.watch(VisitsAMinute())
    assert seen[0]["value"]["ends"] is None
    story.visitor("vera")
    stage.catch_up()
    assert seen[-1]["value"]["minutes"][-1] == 1
    before = len(seen)
    story.passes(20)
    stage.catch_up()
    assert len(seen) == before
    story.passes(60)
    stage.catch_up()
    assert seen[-1]["value"]["minutes"][-2:] == [1, 0]


def test_an_operator_sees_the_queues_of_their_own_departments_only(stage: Stage, story: Story) -> None:
    story.operator("Ann", "Support")
    story.operator("Bob", "Support", "Sales")
    story.operator("Cid", "Sales")
    stage.catch_up()
    seen = {name: stage.watch(Queue(), operator=OperatorId(name)) for name in ("Ann", "Bob", "Cid", "Nobody")}
    left = {name: stage.watch(LeftMessages(), operator=OperatorId(name)) for name in ("Ann", "Bob", "Cid")}
    story.visitor("vera").asks("Support").is_queued()
    story.visitor("wim").asks("Sales").is_queued()
    story.visitor("xenia").leaves_message(department="Sales")
    stage.catch_up()
    assert {name: set(picture(bodies)) for name, bodies in seen.items()} == {
        "Ann": {"c-vera"},
        "Bob": {"c-vera", "c-wim"},
        "Cid": {"c-wim"},
        "Nobody": set(),
    }
    assert {name: set(picture(bodies)) for name, bodies in left.items()} == {
        "Ann": set(),
        "Bob": {"c-xenia"},
        "Cid": {"c-xenia"},
    }


def test_who_gets_other_departments_gets_another_whole_picture(stage: Stage, story: Story) -> None:
    story.operator("Ann", "Support")
    story.visitor("wim").asks("Sales").is_queued()
    stage.catch_up()
    seen = stage.watch(Queue(), operator=ANN)
    story.visitor("vera").asks(name="Vera")  # the names change, Ann's departments do not
    stage.catch_up()
    assert seen == [{"all": []}]
    name, sales = OperatorName(name="Ann"), (DepartmentId("Sales"),)
    story.happens(PartSet, part=Operator(id=ANN, role="operator", departments=sales), personal=name)
    stage.catch_up()
    assert [row["id"] for row in seen[-1]["all"]] == ["c-wim"]


def test_a_visit_is_told_to_who_looks_at_that_visitor_only(stage: Stage, story: Story) -> None:
    vera = story.visitor("vera")
    stage.catch_up()
    of_vera, of_wim = stage.watch(Visit(visitor=VisitorId("vera"))), stage.watch(Visit(visitor=VisitorId("wim")))
    assert of_wim == [{"value": None}]
    vera.views("https://shop.test/lamp")
    stage.catch_up()
    assert [page["address"] for page in of_vera[-1]["value"]["pages"]][-1] == "https://shop.test/lamp"
    assert len(of_wim) == 1
    story.visitor("wim")
    stage.catch_up()
    assert of_wim[-1]["value"]["visitor"] == "wim"
    vera.goes()
    story.passes(601)
    stage.catch_up()
    assert of_vera[-1] == {"value": None}


def test_all_who_see_the_same_get_the_very_same_bytes(stage: Stage, story: Story) -> None:
    seen: list[bytes] = []
    for _ in range(3):
        stage.views.watch(Operators()).subscribe(seen.append)
    story.operator("Ann", on=True)
    stage.catch_up()
    for at_once in zip(*[iter(seen)] * 3, strict=True):
        assert len(set(at_once)) == 1
    assert len({id(body) for body in seen}) < len(seen)


@pytest.mark.parametrize("view", [Rings(), Mine(), Queue(), LeftMessages()], ids=name_of)
def test_a_view_of_ones_own_needs_to_know_whose(stage: Stage, view: AnyView) -> None:
    with pytest.raises(ValueError, match=name_of(view)):
        stage.views.watch(view)


# --- the widget's side


def test_the_service_is_told_at_once_and_when_it_changes(stage: Stage, story: Story) -> None:
    seen: list[str] = []
    stage.catch_up()
    stage.views.service(SHOP).subscribe(lambda row: seen.append(row.service))
    stage.views.service(SiteId("elsewhere")).subscribe(lambda row: seen.append(f"elsewhere {row.service}"))
    ann = story.operator("Ann", on=True)
    stage.catch_up()
    ann.switches(on=False)
    stage.catch_up()
    assert seen == ["message", "elsewhere message", "live", "message"]


def test_a_place_is_told_when_it_moves(stage: Stage, story: Story) -> None:
    vera = story.visitor("vera").asks().is_queued()
    story.visitor("wim").asks().is_queued()
    stage.catch_up()
    seen: list[int] = []
    stage.views.place(ConversationId("c-wim")).subscribe(lambda place: seen.append(place.place))
    later = stage.views.place(ConversationId("c-xenia")).subscribe(lambda place: seen.append(10 + place.place))
    assert seen == [2]
    vera.cancels()
    stage.catch_up()
    assert seen == [2, 1]
    story.visitor("xenia").asks().is_queued()
    stage.catch_up()
    assert seen == [2, 1, 12]
    later.dispose()
    story.visitor("yves").asks().is_queued()
    stage.catch_up()
    assert seen == [2, 1, 12]


def test_names_and_conversations_are_read_as_published(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera").asks()
    stage.catch_up()
    assert stage.views.directory.operator(ANN) == "Ann"
    found = stage.views.directory.site_of("shop")
    assert found
    assert found.id == SHOP
    assert stage.views.directory.site_of("no such key") is None
    talk = stage.views.conversations.open_of(vera.id)
    assert talk
    assert talk.state == "routing"


def test_who_is_told_of_a_view_finds_names_and_conversations_up_to_date(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    stage.catch_up()
    states: list[str] = []

    def look(_body: bytes) -> None:
        talk = stage.views.conversations.by_id.get(ConversationId("c-vera"))
        states.append(talk.state if talk else "none")

    stage.views.watch(Rings(), operator=ANN).subscribe(look)
    story.visitor("vera").asks().rings_at("Ann").is_accepted_by("Ann")
    stage.catch_up()
    assert states == ["none", "routing", "active"]


# --- what goes wrong


def test_a_sink_that_fails_harms_no_other_and_is_counted(stage: Stage, story: Story) -> None:
    def fails(_body: bytes) -> None:
        raise RuntimeError("broken sink")

    first = stage.watch(Operators())
    stage.views.watch(Operators()).subscribe(fails)
    last = stage.watch(Operators())
    stage.views.service(SHOP).subscribe(lambda _row: fails(b""))
    places = stage.watch(Queue(), operator=ANN)
    story.operator("Ann", on=True)
    story.visitor("vera").asks().is_queued()
    stage.catch_up()
    assert picture(first) == picture(last) == picture(stage.watch(Operators()))
    assert set(picture(places)) == {"c-vera"}
    assert {(name, text) for name, _, text in stage.letters} == {
        ("operators", "broken sink"),
        ("service", "broken sink"),
    }
    assert stage.views.dead_letters["operators"] > 0
    assert stage.views.dead_letters["queue"] == 0


def test_an_event_that_cannot_be_taken_is_a_letter_and_the_views_go_on(stage: Stage, story: Story) -> None:
    story.operator("Ann", on=True)
    stage.catch_up()
    lost = story.visitor("ghost")
    story.moments[-2:] = []
    lost.is_offered_to("Ann")  # of a conversation that never began
    stray = story.moments[-1]
    seen = stage.watch(Rings(), operator=ANN)
    stage.told = len(story.moments) - 1
    stage.catch_up()
    assert {name for name, _, _ in stage.letters} >= {"conversations", "rings", "mine"}
    assert all(moment is stray for _, moment, _ in stage.letters)
    story.visitor("vera").asks().rings_at("Ann")
    stage.catch_up()
    assert set(picture(seen)) == {"c-vera"}


def test_an_end_of_the_moments_with_an_error_is_told(stage: Stage) -> None:
    stage.live.on_error(OSError("gone"))
    assert {name for name, _, _ in stage.letters} == set(PIPELINES)


def test_after_disposal_nothing_more_is_shown(stage: Stage, story: Story) -> None:
    seen = stage.watch(Operators())
    stage.views.dispose()
    story.operator("Ann", on=True)
    stage.catch_up()
    assert seen == [{"all": []}]
    assert not stage.live.observers


def test_nothing_is_kept_of_who_went(stage: Stage, story: Story) -> None:
    stage.catch_up()
    looks = [
        stage.views.watch(Visit(visitor=VisitorId("vera"))).subscribe(lambda _body: None),
        stage.views.watch(Queue(), operator=ANN).subscribe(lambda _body: None),
    ]
    for look in looks:
        look.dispose()
        look.dispose()
    galleries = stage.views._galleries
    assert [gallery.watched() for gallery, _ in galleries.values()] == [()] * len(galleries)


# --- from history


def test_a_start_from_folded_states_shows_the_same(story: Story) -> None:
    moments = busy_hour(story).moments
    clock = HistoricalScheduler(NINE)
    views = LiveViews(reactivex.never(), scheduler=clock, start=fold(moments), dead=lambda *_: None)
    seen: list[Any] = []
    views.watch(Visitors()).subscribe(lambda body: seen.append(json.loads(body)))
    assert {row["id"] for row in seen[0]["all"]} == {"vera", "wim", "xenia"}
    assert dict(views.states) == dict(fold(moments))


def test_folding_on_is_folding_at_once(story: Story) -> None:
    moments = busy_hour(story).moments
    assert dict(fold(moments[20:], start=fold(moments[:20]))) == dict(fold(moments))


def test_a_fold_tells_of_what_it_cannot_take_or_stops(story: Story) -> None:
    story.visitor("vera").is_offered_to("Ann")  # never asked
    with pytest.raises(KeyError):
        fold(story.moments)
    letters: list[str] = []
    fold(story.moments, dead=lambda name, _moment, _error: letters.append(name))
    assert "conversations" in letters
