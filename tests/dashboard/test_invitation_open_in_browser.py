"""An invitation that is open, in a real Chromium: how long still, and taken back by who invited."""

import re

import pytest
from playwright.sync_api import Page, expect

from engine.talk import State
from tests.dashboard.house import House
from tests.dashboard.people import Guest
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def profile_of(running: Running, page: Page, inviter: str) -> Guest:
    """Vera is invited, and her profile open."""

    async def invited(house: House) -> Guest:
        vera = await house.comes("Vera", known=True)
        await (await house.staff[inviter].arrives()).invites(vera)
        return vera

    vera = running.at(invited)
    page.goto(f"{running.base}/app/#monitor")
    page.get_by_role("group").filter(has_text="Vera").dblclick()
    page.get_by_role("tab", name="Live Communication").click()
    return vera


def test_who_invited_sees_the_time_left_and_takes_it_back(running: Running, page: Page) -> None:
    vera = profile_of(running, page, "ann")
    profile = page.get_by_role("region", name="Visitor's profile", exact=True)
    expect(profile).to_contain_text(re.compile(r"Invited by Ann, open for another 1:[45]\d"))
    back = profile.get_by_role("button", name="Take back", exact=True)
    back.press("Enter")
    expect(profile.get_by_role("log", name="Conversation")).to_contain_text("Ann took the invitation back")
    expect(back).to_have_count(0)
    engage = profile.get_by_role("button", name="Engage in communication", exact=True)
    expect(engage).to_be_focused()
    assert running.do(lambda house: house.desk.open_conversation(vera.id)) is None
    engage.click()
    page.get_by_role("dialog", name="Engage in communication").get_by_role("button", name="Send").click()
    expect(back).to_be_visible()


def test_a_colleague_sees_whose_it_is_and_cannot_take_it_back(running: Running, page: Page) -> None:
    profile_of(running, page, "bob")
    profile = page.get_by_role("region", name="Visitor's profile", exact=True)
    expect(profile).to_contain_text("Invited by Bob, open for another")
    expect(profile.get_by_role("button", name="Take back")).to_have_count(0)


def test_it_is_gone_with_the_answer(running: Running, page: Page) -> None:
    vera = profile_of(running, page, "ann")
    back = page.get_by_role("button", name="Take back", exact=True)
    expect(back).to_be_visible()
    running.at(lambda _house: vera.starts())
    expect(back).to_have_count(0)
    talk = running.do(lambda house: house.desk.open_conversation(vera.id))
    assert talk
    assert talk.state is State.ACTIVE
