"""The components without a browser: what they send, and what they make of what a browser sends."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import panel as pn
import pytest
from bokeh.document import Document
from panel.io.state import set_curdoc
from panel.models.esm import DataEvent

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
from engine.commands import AcceptRequest, EndConversation, QueueRequest, Refused, SwitchLiveHelp, WriteMessage
from engine.events import ConversationId
from engine.views import Visitors
from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.rows import queue_row, visit_value, visitor_row

C1, C2 = ConversationId("c1"), ConversationId("c2")


class Mounted:
    """A component in a document, with what it sent."""

    def __init__(self, part: Live) -> None:
        self.part = part
        self.sent: list[dict[str, Any]] = []
        part._send_msg = lambda text: self.sent.append(json.loads(text))
        self.document = Document()
        self._model = part.get_root(self.document)
        self.document.add_root(self._model)

    def tell(self, data: Any) -> None:
        """A message from the browser."""
        self.part._process_event(DataEvent(model=self._model, data=data))

    def of(self, view: str) -> list[Any]:
        """The bodies sent for a view."""
        return [message["body"] for message in self.sent if message.get("v") == view]


@pytest.fixture
def tab(door: FakeDoor) -> Iterator[Tab]:
    door.sessions["secret"] = "ann"
    tab = Tab(door, SignIn(secret="secret", person=door.people["ann"]))
    yield tab
    tab.close()
    assert door.subscriptions == 0


def asked(mounted: Mounted, *messages: dict[str, Any]) -> None:
    """Send messages that ask main for something, and wait for the answers."""

    async def run() -> None:
        before = len(answers(mounted))
        for message in messages:
            mounted.tell(message)
        while len(answers(mounted)) < before + len(messages):
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run(), 5))


def answers(mounted: Mounted) -> list[dict[str, Any]]:
    """The outcomes sent."""
    return [message for message in mounted.sent if message.get("t") == "outcome"]


def test_ready_gets_the_whole_picture_then_the_changes_as_main_encoded_them(door: FakeDoor, tab: Tab) -> None:
    door.put("visitors", visitor_row("v1", name="<b>Vera</b>"))
    board = Mounted(BadgeBoard(tab))
    assert board.sent == []
    board.tell({"t": "ready"})
    door.put("visitors", visitor_row("v2"))
    door.drop("visitors", "v1")
    first, second, third = board.of("visitors")
    assert [row["name"] for row in first["all"]] == ["<b>Vera</b>"]
    assert [row["id"] for row in second["set"]] == ["v2"]
    assert third["gone"] == ["v1"]


def test_a_long_board_is_sent_the_rows_that_it_says_it_sees(door: FakeDoor, tab: Tab) -> None:
    door.put("visitors", *(visitor_row(f"v{number:03}") for number in range(SHORT + 50)))
    board = Mounted(BadgeBoard(tab))
    board.tell({"t": "ready"})
    board.tell({"t": "see", "ids": ["v000", "v149"]})
    first, second = board.of("visitors")
    assert (len(first["all"]), sum("may" in row for row in first["all"])) == (SHORT + 50, SHORT)
    assert [row["id"] for row in second["set"] if "may" in row] == ["v149"]
    board.tell({"t": "see", "ids": ["v"] * (MOST + 1)})
    assert board.sent[-1] == {"t": "error", "reason": "bad-frame"}


def test_a_list_of_everybody_is_told_only_who_is_on_the_site(door: FakeDoor, tab: Tab) -> None:
    row = visitor_row("v1")
    door.put("visitors", row)
    table = Mounted(VisitorsTable(tab))
    table.tell({"t": "ready"})
    door.put("visitors", row | {"name": "Vera"})
    door.drop("visitors", "v1")
    first, second = table.of("visitors")
    assert [row.keys() for row in first["all"]] == [{"id", "since"}]
    assert second == {"set": [], "gone": ["v1"]}


def test_ready_again_begins_anew_without_watching_twice(door: FakeDoor, tab: Tab) -> None:
    bar = Mounted(SummaryBar(tab))
    bar.tell({"t": "ready"})
    bar.tell({"t": "ready"})
    assert door.subscriptions == 3
    bar.part.stop()
    assert door.subscriptions == 0


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
def test_a_message_that_is_none_is_counted_answered_and_changes_nothing(
    door: FakeDoor, tab: Tab, message: object
) -> None:
    rings = Mounted(Rings(tab))
    rings.tell(message)
    assert tab.counted.bad_frames == 1
    assert rings.sent == [{"t": "error", "reason": "bad-frame"}]
    assert door.sent == []


def test_the_switch_asks_main_and_gets_its_answer(door: FakeDoor, tab: Tab) -> None:
    switch = Mounted(LiveHelpSwitch(tab))
    asked(switch, {"t": "switch", "on": True, "client_id": "x1"})
    assert door.sent == [("ann", SwitchLiveHelp(on=True), "x1")]
    assert answers(switch) == [{"t": "outcome", "client_id": "x1", "body": {"outcome": "done"}}]


def test_a_refused_accept_says_who_has_it(door: FakeDoor, tab: Tab) -> None:
    door.answers = [Refused(reason="taken", by="Bob")]
    rings = Mounted(Rings(tab))
    asked(rings, {"t": "accept", "conversation": "c1", "client_id": "x1"})
    assert answers(rings)[0]["body"] == {"outcome": "refused", "reason": "taken", "by": "Bob"}


def test_queue_and_accept_name_their_conversation(door: FakeDoor, tab: Tab) -> None:
    door.put("queue", queue_row("c2", "v2"))
    asked(Mounted(Rings(tab)), {"t": "queue", "conversation": "c1", "client_id": "x1"})
    asked(Mounted(Overview(tab)), {"t": "accept", "conversation": "c2", "client_id": "x2"})
    assert [command for _, command, _ in door.sent] == [QueueRequest(conversation=C1), AcceptRequest(conversation=C2)]


def test_what_is_written_keeps_its_client_id_and_its_order(door: FakeDoor, tab: Tab) -> None:
    profile = Mounted(Profile(tab))
    says = [{"t": "say", "conversation": "c1", "text": text, "client_id": text} for text in ("one", "two", "three")]
    asked(profile, *says, {"t": "end", "conversation": "c1", "client_id": "x"})
    assert [command for _, command, _ in door.sent] == [
        *(WriteMessage(conversation=C1, text=text) for text in ("one", "two", "three")),
        EndConversation(conversation=C1),
    ]


def test_without_main_what_is_asked_is_answered_with_disconnected(door: FakeDoor, tab: Tab) -> None:
    door.up = False
    profile = Mounted(Profile(tab))
    asked(profile, {"t": "say", "conversation": "c1", "text": "hello", "client_id": "x"})
    assert answers(profile)[0]["body"] == {"outcome": "refused", "reason": "disconnected"}


def test_what_is_asked_before_the_document_is_ready_is_done_then_and_in_its_order(door: FakeDoor, tab: Tab) -> None:
    door.value("visit", visit_value("v1", conversation="c1"), key="v1")
    profile = Mounted(Profile(tab))
    pn.state._loaded[profile.document] = False
    with set_curdoc(profile.document):  # as after a reload: the browser asks before Bokeh says that it is ready
        profile.tell({"t": "ready"})
        profile.tell({"t": "open", "visitor": "v1"})
        assert profile.sent == []
        pn.state._on_load(profile.document)
    assert len(profile.of("mine")) == len(profile.of("visit")) == 1
    followed = door.subscriptions
    profile.part.stop()
    assert followed == 3  # mine, messages and the visit: the start has ended nothing that was asked for after it


def test_a_profile_shows_the_visit_and_follows_the_conversation_until_closed(door: FakeDoor, tab: Tab) -> None:
    door.value("visit", visit_value("v1", conversation="c1"), key="v1")
    door.visitor_says("c1", "hello")
    profile = Mounted(Profile(tab))
    profile.tell({"t": "ready"})
    profile.tell({"t": "open", "visitor": "v1"})
    profile.tell({"t": "follow", "conversation": "c1", "after": None})
    door.visitor_says("c1", "anybody?")
    assert profile.of("visit")[0]["value"]["conversation"] == "c1"
    assert [body["entry"]["number"] for body in profile.of("conversation")] == [1, 2]
    profile.tell({"t": "close", "visitor": "v1"})
    profile.tell({"t": "unfollow", "conversation": "c1"})
    assert door.subscriptions == 2  # "mine" and "messages"


def test_a_view_that_may_not_be_watched_is_said_to_be_lost(tab: Tab) -> None:
    profile = Mounted(Profile(tab))
    profile.tell({"t": "open", "visitor": "nobody"})
    assert profile.sent == [{"t": "lost", "view": "visit", "reason": "forbidden"}]


def test_the_end_of_the_sign_in_is_passed_on(door: FakeDoor) -> None:
    ended: list[bool] = []
    tab = Tab(door, SignIn(secret="old", person=door.people["ann"]), signed_out=lambda: ended.append(True))
    Mounted(BadgeBoard(tab)).tell({"t": "ready"})
    assert ended == [True]


def test_a_component_that_fails_does_not_end_the_stream(
    door: FakeDoor, tab: Tab, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def sink(frame: Any) -> None:
        seen.append(frame.view)
        raise RuntimeError("broken")

    tab.watch(Visitors(), sink)
    door.put("visitors", visitor_row("v1"))
    assert seen == ["visitors", "visitors"]
    assert "could not show a step" in caplog.text
    caplog.clear()


def test_navigation_shows_only_sections_there_are(tab: Tab) -> None:
    shown: list[str] = []
    nav = Mounted(Nav(tab, sections=[("monitor", "Site Monitor")], show=shown.append))
    nav.tell({"t": "ready"})
    nav.tell({"t": "show", "section": "settings"})
    nav.tell({"t": "show", "section": "monitor"})
    assert nav.sent == [{"t": "sections", "sections": [{"id": "monitor", "title": "Site Monitor"}]}]
    assert shown == ["monitor"]


def test_the_lifeline_answers_and_tells_whether_main_is_there(door: FakeDoor, tab: Tab) -> None:
    lifeline = Mounted(Lifeline(tab))
    lifeline.tell({"t": "ready"})
    lifeline.tell({"t": "ping", "n": 7})
    door.up = False
    assert lifeline.sent == [
        {"t": "main", "connected": True},
        {"t": "pong", "n": 7, "at": pytest.approx(time.time() * 1000, abs=10_000)},
        {"t": "main", "connected": False},
    ]


def test_the_theme_reaches_what_is_drawn_on_this_side(tab: Tab) -> None:
    themes: list[bool] = []
    Mounted(MainMenu(tab, themed=themes.append)).tell({"t": "theme", "dark": True})
    assert themes == [True]


@pytest.mark.parametrize("make", [BadgeBoard, Overview, Profile, Rings, SummaryBar, LiveHelpSwitch, Lifeline])
def test_every_component_brings_its_script(tab: Tab, make: Callable[[Tab], Live]) -> None:
    part = make(tab)
    assert isinstance(part, pn.custom.JSComponent)
    assert part._bundle is not None
    assert "export default { render }" in Path(part._bundle).read_text(encoding="utf-8")
