"""How long a visitor waits, on a computer whose clock is ten minutes ahead, in real Chromium."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import AHEAD
from tests.e2e.inside import AtTheDoor, Guest, Inside

pytestmark = pytest.mark.e2e


@pytest.fixture
def vera(vera: Guest) -> Guest:
    vera.context.add_init_script(AHEAD)
    vera.comes()
    assert vera.page.evaluate("Date.now()") > time.time() * 1000 + 500_000
    return vera


def test_on_a_computer_ten_minutes_ahead_the_visitor_waits_as_long_as_it_is(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.asks()
    routing = vera.dialog("Routing your call…")
    expect(routing.get_by_text(re.compile(r"0:0\d"))).to_be_visible()
    ann.declines()
    queued = vera.dialog("Call queued")
    expect(queued).to_be_visible()
    expect(queued.get_by_text(re.compile(r"^0:[012]\d$"))).to_be_visible()


def test_who_has_lost_the_operator_waits_since_then(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.in_chat(ann)
    house.passes(300)
    ann.leaves()
    house.passes(60)  # the grace
    queued = vera.dialog("Call queued")
    expect(queued).to_be_visible()
    ann.arrives()
    expect(queued.get_by_text(re.compile(r"^[01]:\d\d$"))).to_be_visible()


@pytest.mark.parametrize(("locale", "clock"), [("en-US", r"^\d{1,2}:\d\d\s[AP]M$"), ("de-DE", r"^\d\d?:\d\d$")])
def test_times_are_said_by_the_clock_of_who_reads(
    house: Inside, ann: AtTheDoor, chromium: Browser, locale: str, clock: str
) -> None:
    vera = Guest(chromium, house, locale=locale).comes().in_chat(ann)
    ann.says("hello")
    expect(vera.chat.get_by_role("log").locator("time").last).to_have_text(re.compile(clock))
    vera.leaves()
