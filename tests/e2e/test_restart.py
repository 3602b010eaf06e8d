"""Reloads, no network, kill -9 in mid-chat: nothing is lost or doubled on either screen, nobody signs in again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import end_chat
from tests.e2e.demo import Demo
from tests.e2e.people import Operator, Visitor
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
MESSAGES = 20
TEXT = re.compile(r"\b(?:visitor|operator)-\d\d\b")


def told(log: Locator) -> list[str]:
    """The numbered messages of a log, in the order they are shown."""
    return TEXT.findall(log.inner_text())


def talk(ann: Operator, vera: Visitor, numbers: range) -> None:
    for number in numbers:
        vera.writes(f"visitor-{number:02}")
        ann.writes(f"operator-{number:02}")
        vera.page.wait_for_timeout(400)  # nobody types 20 messages in 10 seconds, and the gateway lets nobody


def nothing_lost_or_doubled(ann: Operator, vera: Visitor, messages: int = MESSAGES) -> None:
    everything = {f"{side}-{number:02}" for number in range(messages) for side in ("visitor", "operator")}
    for log in (ann.log, vera.log):
        try:
            until(lambda: set(told(log)) == everything, within=30)  # noqa: B023 - called before the next turn
        except AssertionError:
            missing = sorted(everything - set(told(log)))
            pytest.fail(f"not shown: {missing}; problems: {ann.problems + vera.problems}; {log.inner_text()[-500:]}")
        expect(log.get_by_text(re.compile("^(Sending|Waiting|Not sent)"))).to_have_count(0)
    until(lambda: told(ann.log) == told(vera.log), what="one order")
    assert len(told(ann.log)) == 2 * messages
    for side in ("visitor", "operator"):
        numbers = [int(text[-2:]) for text in told(ann.log) if text.startswith(side)]
        assert numbers == sorted(numbers)


def begin(demo: Demo, chromium: Browser) -> tuple[Operator, Visitor]:
    vera = Visitor(chromium, demo).opens()
    ann = Operator(chromium, demo).signs_in().switches(on=True)
    vera.asks()
    ann.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    return ann, vera


@pytest.mark.long  # the next test kills each process in turn
def test_main_killed_in_the_middle_loses_and_doubles_nothing(own_demo: Callable[[], Demo], chromium: Browser) -> None:
    demo = own_demo()
    ann, vera = begin(demo, chromium)
    talk(ann, vera, range(MESSAGES // 2))
    demo.kill("main")
    talk(ann, vera, range(MESSAGES // 2, MESSAGES))
    nothing_lost_or_doubled(ann, vera)
    expect(ann.live_help).to_be_checked()
    end_chat(ann.page)
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    assert not ann.problems + vera.problems


def test_reload_another_page_and_each_process_killed_then_all_lose_and_double_nothing(
    own_demo: Callable[[], Demo], chromium: Browser
) -> None:
    demo = own_demo()
    ann, vera = begin(demo, chromium)
    talk(ann, vera, range(2))
    vera.page.reload()
    ann.page.reload()
    talk(ann, vera, range(2, 4))
    vera.opens("cart")
    ann.goes_to("Visitors List")
    ann.page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile("^Vera")).click()
    talk(ann, vera, range(4, 6))
    for turn, name in enumerate(("main", "dashboard", "analytics")):
        before = demo.pids()[name]
        demo.kill(name)
        talk(ann, vera, range(6 + 2 * turn, 8 + 2 * turn))
        until(lambda: demo.pids()[name] != before, within=30, what=f"another {name}")  # noqa: B023 - called at once
    nothing_lost_or_doubled(ann, vera, 12)
    everything_is_killed(demo, ann, vera, own_demo)
    talk(ann, vera, range(13, MESSAGES))
    nothing_lost_or_doubled(ann, vera)
    for page in (ann.page, vera.page):
        page.reload()
    nothing_lost_or_doubled(ann, vera)
    expect(ann.live_help).to_be_checked()
    end_chat(ann.page)
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    assert not ann.problems + vera.problems


def everything_is_killed(demo: Demo, ann: Operator, vera: Visitor, start_again: Callable[[], Demo]) -> None:
    """Both write message 12 while nothing is there; a draft is kept, too."""
    line = demo.line
    demo.kill_all()
    vera.writes("visitor-12")
    ann.writes("operator-12")
    draft = ann.profile.get_by_role("textbox", name="Message", exact=True)
    draft.fill("a draft that is kept")
    assert start_again().line == line
    expect(draft).to_have_value("a draft that is kept", timeout=20_000)
    vera.sees("operator-12")
    ann.sees("visitor-12")


@pytest.mark.long  # half a minute; a shorter cut is in test_widget_connection.py
def test_half_a_minute_without_network_loses_and_doubles_nothing(
    own_demo: Callable[[], Demo], chromium: Browser
) -> None:
    ann, vera = begin(own_demo(), chromium)
    talk(ann, vera, range(2))
    without_network(ann, vera, range(2, 4))
    talk(ann, vera, range(4, 6))
    nothing_lost_or_doubled(ann, vera, 6)
    assert not ann.problems + vera.problems


@pytest.mark.long
def test_the_dashboard_killed_comes_back_by_itself_on_the_same_tab(
    own_demo: Callable[[], Demo], chromium: Browser
) -> None:
    demo = own_demo()
    ann, vera = begin(demo, chromium)
    vera.writes("visitor-00")
    ann.sees("visitor-00")
    demo.kill("dashboard")
    ann.writes("operator-00")
    vera.writes("visitor-01")
    vera.sees("operator-00")
    ann.sees("visitor-01")
    assert sorted(told(ann.log)) == ["operator-00", "visitor-00", "visitor-01"]
    expect(ann.live_help).to_be_checked()
    vera.opens("cart")
    vera.sees("operator-00")
    vera.page.reload()
    vera.sees("visitor-01")
    assert len(told(vera.log)) == 3


WITHOUT_NETWORK_MS = 30_000  # the time itself is what is tried


def without_network(ann: Operator, vera: Visitor, numbers: range) -> None:
    """Both are cut off, and go on writing; then both are back."""
    for one in (ann, vera):
        one.context.set_offline(True)
    talk(ann, vera, numbers)
    vera.page.wait_for_timeout(WITHOUT_NETWORK_MS)
    expect(ann.page.get_by_text("Reconnecting…").first).to_be_visible()
    expect(vera.chat.get_by_text("No live connection right now. We keep trying.")).to_be_visible()
    for one in (ann, vera):
        one.context.set_offline(False)
