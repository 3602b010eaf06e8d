"""The components without a browser: what they send, and what they make of what a browser sends."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import panel as pn
import pytest
from panel.io.state import set_curdoc

from dashboard.components.badge_board import BadgeBoard
from dashboard.components.in_sight import MOST
from dashboard.components.lifeline import Lifeline
from dashboard.components.live import Live
from dashboard.components.live_help import LiveHelpSwitch
from dashboard.components.main_menu import MainMenu
from dashboard.components.nav import Nav
from dashboard.components.overview import Overview
from dashboard.components.profile import Profile
from dashboard.components.rings import Rings
from dashboard.components.summary_bar import SummaryBar
from dashboard.components.visitors_table import VisitorsTable
from dashboard.sight import SHORT
from dashboard.signins import SignIn
from dashboard.tab import Tab
from engine.commands import AcceptRequest, EndConversation, QueueRequest, SwitchLiveHelp, WriteMessage
from engine.views import Visitors
from tests.dashboard.conftest import Play, WithTab
from tests.dashboard.house import House
from tests.dashboard.mounted import Mounted
from tests.dashboard.people import SALES
from tests.dashboard.rows import badge
from tests.running import eventually


def test_ready_gets_the_whole_picture_then_the_changes_as_main_encoded_them(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        vera = await house.comes("<b>Vera</b>", known=True)
        board = Mounted(BadgeBoard(tab))
        assert board.sent == []
        board.tell({"t": "ready"})
        await eventually(lambda: len(board.of("visitors")) == 1)
        tom = await house.comes()
        await eventually(lambda: len(board.of("visitors")) == 2)
        await vera.goes()
        await eventually(lambda: board.of("visitors")[-1].get("gone"))
        first, second, *_, last = board.of("visitors")
        assert [(row["id"], row["name"]) for row in first["all"]] == [(vera.id, "<b>Vera</b>")]
        assert ([row["id"] for row in second["set"]], second["gone"]) == ([tom.id], [])
        assert last["gone"] == [vera.id]

    with_tab(scenario)


def test_a_long_board_is_sent_the_rows_that_it_says_it_sees(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        house.door.put("visitors", *(badge(f"v{number:03}") for number in range(SHORT + 50)))
        board = Mounted(BadgeBoard(tab))
        board.tell({"t": "ready"})
        await eventually(lambda: board.of("visitors"))
        board.tell({"t": "see", "ids": ["v000", "v149"]})
        first, second = board.of("visitors")
        assert (len(first["all"]), sum("may" in row for row in first["all"])) == (SHORT + 50, SHORT)
        assert [row["id"] for row in second["set"] if "may" in row] == ["v149"]
        board.tell({"t": "see", "ids": ["v"] * (MOST + 1)})
        assert board.sent[-1] == {"t": "error", "reason": "bad-frame"}

    with_tab(scenario)


def test_a_list_of_everybody_is_told_only_who_is_on_the_site(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        vera = await house.comes()
        table = Mounted(VisitorsTable(tab))
        table.tell({"t": "ready"})
        await eventually(lambda: table.of("visitors"))
        await vera.is_known("Vera")
        await vera.goes()
        await eventually(lambda: table.of("visitors")[-1].get("gone"))
        first, *_, second = table.of("visitors")
        assert [row.keys() for row in first["all"]] == [{"id", "turn", "here"}]
        assert second == {"set": [], "gone": [vera.id]}

    with_tab(scenario)


def test_ready_again_begins_anew_without_watching_twice(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        bar = Mounted(SummaryBar(tab))
        bar.tell({"t": "ready"})
        bar.tell({"t": "ready"})
        assert house.door.subscriptions == 3
        bar.part.stop()
        assert house.door.subscriptions == 0

    with_tab(scenario)


@pytest.mark.parametrize(
    "message",
    [
        None,
        "ready",
        [],
        {"t": "format"},
        {"t": "accept", "conversation": "c1"},
        {"t": "seize", "conversation": "c1", "client_id": "x"},
        {"t": "mark", "conversation": "c1", "state": "burnt", "client_id": "x"},
        {"t": "accept", "conversation": 7, "client_id": "x"},
        {"t": "accept", "conversation": "c" * 65, "client_id": "x"},
        {"t": "accept", "conversation": "c1", "client_id": "x", "operator": "bob"},
        {"t": "ready", "more": [[[[]]]]},
    ],
)
def test_a_message_that_is_none_is_counted_answered_and_changes_nothing(with_tab: WithTab, message: object) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        position = house.main.core.position
        rings = Mounted(Rings(tab))
        rings.tell(message)
        assert tab.counted.bad_frames == 1
        assert rings.sent == [{"t": "error", "reason": "bad-frame"}]
        assert house.door.sent == []
        assert house.main.core.position == position

    with_tab(scenario)


def test_the_switch_asks_main_and_gets_its_answer(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.ann.arrives()
        switch = Mounted(LiveHelpSwitch(tab))
        (said,) = await switch.asks({"t": "switch", "on": True, "client_id": "x1"})
        assert said == {"t": "outcome", "client_id": "x1", "body": {"outcome": "done"}}
        assert house.door.sent == [("ann", SwitchLiveHelp(on=True), "x1")]
        assert house.desk.operators[house.ann.id].live_help

    with_tab(scenario)


def test_a_refused_accept_says_who_has_it(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.ann.arrives()
        await house.bob.arrives()
        vera = await house.serves("Vera", by="bob")
        (said,) = await Mounted(Rings(tab)).asks({"t": "accept", "conversation": vera.talk, "client_id": "x1"})
        assert said["body"] == {"outcome": "refused", "reason": "taken", "by": "Bob"}

    with_tab(scenario)


def test_queue_and_accept_name_their_conversation(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.ann.arrives()
        tom = await house.asks("Tom")
        await house.ann.works()
        vera = await house.asks("Vera")
        queue = {"t": "queue", "conversation": vera.talk, "client_id": "x1"}
        accept = {"t": "accept", "conversation": tom.talk, "client_id": "x2"}
        said = [*await Mounted(Rings(tab)).asks(queue), *await Mounted(Overview(tab)).asks(accept)]
        assert [command for _, command, _ in house.door.sent] == [
            QueueRequest(conversation=vera.talk),
            AcceptRequest(conversation=tom.talk),
        ]
        assert [one["body"]["outcome"] for one in said] == ["done", "done"]

    with_tab(scenario)


def test_what_is_written_keeps_its_client_id_and_its_order(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.ann.arrives()
        talk = (await house.serves()).talk
        profile = Mounted(Profile(tab))
        says = [{"t": "say", "conversation": talk, "text": text, "client_id": text} for text in ("one", "two", "three")]
        await profile.asks(*says, {"t": "end", "conversation": talk, "client_id": "x"})
        assert house.door.sent == [
            *(("ann", WriteMessage(conversation=talk, text=text), text) for text in ("one", "two", "three")),
            ("ann", EndConversation(conversation=talk), "x"),
        ]
        assert [one["body"] for one in profile.answers] == [
            {"outcome": "done", "conversation": talk, "number": number} for number in (4, 5, 6, 7)
        ]

    with_tab(scenario)


def test_without_main_what_is_asked_is_answered_with_disconnected(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        house.door.up = False
        say = {"t": "say", "conversation": "c1", "text": "hello", "client_id": "x"}
        (said,) = await Mounted(Profile(tab)).asks(say)
        assert said["body"] == {"outcome": "refused", "reason": "disconnected"}

    with_tab(scenario)


def test_what_is_asked_before_the_document_is_ready_is_done_then_and_in_its_order(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        vera = await house.asks("Vera")
        profile = Mounted(Profile(tab))
        pn.state._loaded[profile.document] = False
        with set_curdoc(profile.document):  # as after a reload: the browser asks before Bokeh says that it is ready
            profile.tell({"t": "ready"})
            profile.tell({"t": "open", "visitor": vera.id})
            assert profile.sent == []
            pn.state._on_load(profile.document)
        await eventually(lambda: len(profile.of("mine")) == len(profile.of("visit")) == 1)
        followed = house.door.subscriptions
        profile.part.stop()
        assert followed == 3  # mine, messages and the visit: the start has ended nothing that was asked for after it

    with_tab(scenario)


def test_a_profile_shows_the_visit_and_follows_the_conversation_until_closed(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.ann.arrives()
        vera = await house.serves("Vera")
        first = await vera.writes("hello")
        profile = Mounted(Profile(tab))
        profile.tell({"t": "ready"})
        profile.tell({"t": "open", "visitor": vera.id})
        profile.tell({"t": "follow", "conversation": vera.talk, "after": None})
        await eventually(lambda: len(profile.of("conversation")) == first)
        assert await vera.writes("anybody?") == first + 1
        await eventually(lambda: len(profile.of("conversation")) == first + 1)
        assert profile.of("visit")[0]["value"]["conversation"] == vera.talk
        assert [body["entry"]["number"] for body in profile.of("conversation")] == [1, 2, 3, 4, 5]
        profile.tell({"t": "close", "visitor": vera.id})
        profile.tell({"t": "unfollow", "conversation": vera.talk})
        assert house.door.subscriptions == 2  # "mine" and "messages"

    with_tab(scenario)


def test_a_conversation_that_may_not_be_read_is_said_to_be_lost(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        await house.adds_sales()
        vera = await house.comes("Vera")
        await vera.asks(SALES)
        profile = Mounted(Profile(tab))
        profile.tell({"t": "follow", "conversation": vera.talk, "after": None})
        await eventually(lambda: profile.sent)
        (told,) = profile.sent
        assert (told["t"], told["view"], told["reason"]) == ("lost", "conversation", "forbidden")

    with_tab(scenario)


def test_the_end_of_the_sign_in_is_passed_on(play: Play) -> None:
    async def scenario(house: House) -> None:
        ended: list[bool] = []
        sign_in = SignIn(secret="old", person=await house.person("ann"))
        Mounted(BadgeBoard(Tab(house.door, sign_in, signed_out=lambda: ended.append(True)))).tell({"t": "ready"})
        await eventually(lambda: ended)
        assert ended == [True]

    play(scenario)


def test_a_component_that_fails_does_not_end_the_stream(with_tab: WithTab, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        seen: list[str] = []

        def sink(frame: Any) -> None:
            seen.append(frame.view)
            raise RuntimeError("broken")

        tab.watch(Visitors(), sink)
        await eventually(lambda: seen)
        await house.comes()
        await eventually(lambda: len(seen) == 2)
        assert seen == ["visitors", "visitors"]
        assert "could not show a step" in caplog.text
        caplog.clear()

    with_tab(scenario)


def test_navigation_shows_only_sections_there_are(with_tab: WithTab) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        shown: list[str] = []
        nav = Mounted(Nav(tab, sections=[("monitor", "Site Monitor")], show=shown.append))
        nav.tell({"t": "ready"})
        nav.tell({"t": "show", "section": "settings"})
        nav.tell({"t": "show", "section": "monitor"})
        assert nav.sent == [{"t": "sections", "sections": [{"id": "monitor", "title": "Site Monitor"}]}]
        assert shown == ["monitor"]

    with_tab(scenario)


def test_the_lifeline_answers_and_tells_whether_main_is_there(with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        lifeline = Mounted(Lifeline(tab))
        lifeline.tell({"t": "ready"})
        lifeline.tell({"t": "ping", "n": 7})
        house.door.up = False
        assert lifeline.sent == [
            {"t": "main", "connected": True},
            {"t": "pong", "n": 7, "at": pytest.approx(time.time() * 1000, abs=10_000)},
            {"t": "main", "connected": False},
        ]

    with_tab(scenario)


def test_the_theme_reaches_what_is_drawn_on_this_side(with_tab: WithTab) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        themes: list[bool] = []
        Mounted(MainMenu(tab, themed=themes.append)).tell({"t": "theme", "dark": True})
        assert themes == [True]

    with_tab(scenario)


@pytest.mark.parametrize("make", [BadgeBoard, Overview, Profile, Rings, SummaryBar, LiveHelpSwitch, Lifeline])
def test_every_component_brings_its_script(with_tab: WithTab, make: Callable[[Tab], Live]) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        part = make(tab)
        assert isinstance(part, pn.custom.JSComponent)
        assert part._bundle is not None
        scripts.append(part._bundle)

    scripts = list[str | os.PathLike[str]]()
    with_tab(scenario)
    assert "export default { render }" in Path(scripts[0]).read_text(encoding="utf-8")
