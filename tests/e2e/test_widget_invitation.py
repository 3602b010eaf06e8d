"""Invitations in real Chromium: they come by themselves, are taken, refused, or go away."""

import pytest
from playwright.sync_api import Browser, expect

from engine.settings import DEFAULTS
from engine.talk import State
from tests.e2e.inside import AtTheDoor, Guest, Inside, SitePage
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
WORDS = "Hello! I'm Ann. May I help you choose?"
TIMEOUT_S = DEFAULTS.invitation_timeout + 1
TYPING = SitePage(html=SitePage().html.replace("<h1>", "<label>Search <input></label><h1>"))


@pytest.fixture
def house(house: Inside) -> Inside:
    house.pages["typing"] = TYPING
    return house


def state(house: Inside) -> State:
    return house.conversations[house.conversation()].state


def invited(vera: Guest, ann: AtTheDoor) -> None:
    ann.invites(vera.visitor, WORDS)
    card = vera.dialog("Can we help?")
    expect(card).to_be_visible()
    expect(card.get_by_text(WORDS, exact=True)).to_be_visible()
    expect(card.get_by_text("Ann · Support", exact=True)).to_be_visible()


def closes(vera: Guest) -> None:
    """Press "Close", and again if that did not count: Chromium draws a frame that was hidden a little late, and until
    then a press is the page's. On a busy machine that may be longer than it takes this test to press.
    """
    close = vera.chat.get_by_role("button", name="Close", exact=True)
    close.click()
    try:
        expect(vera.page.locator("iframe")).to_be_hidden(timeout=3_000)
    except AssertionError:
        close.click()


def test_an_invitation_is_taken_and_leads_straight_to_who_invited(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    invited(vera, ann)
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    opening = vera.dialog("Open chat with operator")
    opening.get_by_role("textbox", name="Your name", exact=True).fill("Vera")
    opening.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.sees(WORDS)
    vera.writes("Yes, please")
    ann.says("Gladly")
    vera.sees("Gladly")
    assert state(house) is State.ACTIVE
    vera.page.reload()
    vera.sees("Gladly")
    vera.sees(WORDS)
    ann.ends()


def test_it_comes_small_leaves_the_focus_where_it_is_and_is_there_again_on_another_page(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes("typing")
    vera.page.get_by_label("Search").focus()
    vera.page.keyboard.type("gre")
    invited(vera, ann)
    vera.page.keyboard.type("en")
    expect(vera.page.get_by_label("Search")).to_have_value("green")
    box = vera.page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] < 320
    vera.opens()
    expect(vera.dialog("Can we help?")).to_be_visible()
    vera.page.evaluate("Parlour.close()")
    expect(vera.page.locator("iframe")).to_be_hidden()
    assert state(house) is State.INVITED  # the site's script is not the visitor
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Can we help?")).to_be_visible()


@pytest.mark.parametrize(
    "how",
    [
        "Close",
        pytest.param("Escape", marks=pytest.mark.long),  # another way to the same refusal
        pytest.param("the button", marks=pytest.mark.long),  # the same
    ],
)
def test_closing_it_refuses_it_in_a_second_tab_too_where_the_next_one_is_shown(
    house: Inside, ann: AtTheDoor, vera: Guest, how: str
) -> None:
    vera.comes()
    second = vera.context.new_page()
    second.goto(house.site + "/typing")
    invited(vera, ann)
    expect(second.frame_locator("iframe").get_by_role("dialog", name="Can we help?")).to_be_visible()
    if how == "Close":
        vera.chat.get_by_role("button", name="Close", exact=True).click()
    elif how == "Escape":
        vera.chat.get_by_role("button", name="Start Chat", exact=True).press("Escape")
    else:
        vera.button("Click for Live Help").click()
    expect(vera.page.locator("iframe")).to_be_hidden()
    until(lambda: state(house) is State.REFUSED, what="the refusal")
    ann.invites(vera.visitor, "Another question?")  # at once: the second tab is just being told to close
    for frame in (vera.chat, second.frame_locator("iframe")):
        expect(frame.get_by_text("Another question?", exact=True)).to_be_visible()
    closes(vera)
    expect(second.locator("iframe")).to_be_hidden()
    until(lambda: state(house) is State.REFUSED, what="another refusal")
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()


def test_an_expired_one_goes_away(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    invited(vera, ann)
    house.passes(TIMEOUT_S)
    expect(vera.page.locator("iframe")).to_be_hidden()
    assert state(house) is State.EXPIRED
    vera.page.reload()
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()


def test_one_that_expires_over_the_name_says_so_and_help_is_asked_for_all_the_same(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes()
    invited(vera, ann)
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    expect(vera.dialog("Open chat with operator")).to_be_visible()
    house.passes(TIMEOUT_S)
    start = vera.dialog("Start communication")
    expect(start.get_by_text("The invitation is over. You can ask for help all the same.")).to_be_visible()
    start.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()


def test_one_that_is_taken_back_goes_away_and_the_next_one_is_shown(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    invited(vera, ann)
    ann.takes_back()
    expect(vera.page.locator("iframe")).to_be_hidden()
    assert state(house) is State.EXPIRED
    ann.invites(vera.visitor, "Another question?")
    expect(vera.dialog("Can we help?").get_by_text("Another question?", exact=True)).to_be_visible()


def test_one_that_is_taken_back_over_the_name_says_so_and_keeps_what_was_written(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes()
    invited(vera, ann)
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    opening = vera.dialog("Open chat with operator")
    opening.get_by_role("textbox", name="Your name", exact=True).fill("Vera")
    ann.takes_back()
    start = vera.dialog("Start communication")
    expect(start.get_by_text("The invitation is over. You can ask for help all the same.")).to_be_visible()
    expect(start.get_by_role("textbox", name="Your name", exact=True)).to_have_value("Vera")
    start.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()


def test_a_press_that_comes_after_it_was_taken_back_begins_nothing_and_is_told_so(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes()
    invited(vera, ann)
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    opening = vera.dialog("Open chat with operator")
    opening.get_by_role("textbox", name="Your name", exact=True).fill("Vera")
    vera.context.set_offline(True)
    opening.get_by_role("button", name="Text chat", exact=True).click()
    ann.takes_back()
    vera.context.set_offline(False)
    start = vera.dialog("Start communication")
    expect(start.get_by_text("The invitation is over. You can ask for help all the same.")).to_be_visible()
    assert state(house) is State.EXPIRED


def test_who_invited_is_gone_so_the_visitor_is_routed(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    house.operator("bob")
    house.set("operator_grace", 1)
    vera.comes()
    invited(vera, ann)
    ann.leaves()
    house.passes(2)
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    vera.chat.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()


def test_on_a_phone_it_is_a_card_over_the_button_and_the_chat_is_the_whole_screen(
    house: Inside, ann: AtTheDoor, chromium: Browser
) -> None:
    phone = Guest(chromium, house, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).comes()
    invited(phone, ann)
    frame = phone.page.locator("iframe")
    card = frame.bounding_box()
    assert card is not None
    assert (card["x"], card["width"]) == (12, 366)
    assert card["height"] < 320
    phone.chat.get_by_role("button", name="Start Chat", exact=True).tap()
    expect(phone.dialog("Open chat with operator")).to_be_visible()
    until(lambda: frame.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}, what="the whole screen")


def test_whoever_writes_a_message_goes_on_and_the_invitation_waits(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    vera.button("Click for Live Help").click()
    vera.chat.get_by_role("button", name="Leave a message", exact=True).click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="Message", exact=True).fill("half a letter")
    ann.invites(vera.visitor, WORDS)
    until(lambda: state(house) is State.INVITED, what="the invitation")
    expect(form.get_by_role("textbox", name="Message", exact=True)).to_have_value("half a letter")
    form.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
