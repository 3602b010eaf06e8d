"""Every function of the dashboard and of the widget by the keyboard alone, in one test: no pointer, no set focus."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.crowd import crowd
from tests.e2e.demo import Demo
from tests.e2e.keyed_sections import looks_through_the_visitors, reads_the_reports
from tests.e2e.keys import MOST, arrives, chooses, comes_back, presses, tab_to, types
from tests.e2e.people import COMING_BACK_MS, SECTIONS, Operator, Visitor

pytestmark = pytest.mark.e2e


def test_every_function_is_reached_by_the_keyboard_alone(own_demo: Callable[..., Demo], chromium: Browser) -> None:
    demo = own_demo()
    demo.set("wrap_up", 600)
    demo.set("response_timeout", 300)
    crowd(demo, chromium)
    ann = Operator(chromium, demo, permissions=["notifications"], viewport={"width": 1280, "height": 900})
    signs_in(ann)
    vera = Visitor(chromium, demo).opens()
    corner_and_sections(ann)
    switches_on_and_tries_the_bell(ann)
    declines_asks_why_and_takes_from_the_queue(ann, vera)
    talks_holds_and_ends(ann, vera)
    rests(ann)
    queues_and_takes_the_next(ann, vera)
    goes_about_the_profile(ann)
    accepts(ann, vera)
    leaves_a_message_that_is_marked(ann, vera)
    invites_and_is_refused(ann, vera)
    invites_and_is_answered(ann, vera)
    looks_through_the_visitors(ann)
    reads_the_reports(ann)
    signs_out(ann)
    assert not ann.problems + vera.problems
    vera.leaves()
    ann.leaves()


# --- the dashboard by itself -----------------------------------------------------------------------------------------


def signs_in(ann: Operator) -> None:
    ann.page.goto(ann.demo.dashboard)
    types(ann.page, ann.page.get_by_role("textbox", name="Login", exact=True), ann.who["login"])
    types(ann.page, ann.page.get_by_role("textbox", name="Password", exact=True), ann.who["password"])
    presses(ann.page, ann.page.get_by_role("button", name="Sign in", exact=True))
    expect(ann.live_help).to_be_enabled()


def corner_and_sections(ann: Operator) -> None:
    page = ann.page
    theme = page.get_by_role("button", name="Dark theme", exact=True)
    presses(page, theme, key="Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    menu = page.get_by_role("button", name="Main menu", exact=True)
    presses(page, menu)
    comes_back(menu, lambda: page.keyboard.press("Escape"))
    page.keyboard.press("Enter")
    chooses(page, "Keyboard")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    comes_back(menu, lambda: page.keyboard.press("Escape"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    comes_back(menu, lambda: page.keyboard.press("Escape"))
    for number, section in enumerate(SECTIONS, 1):
        presses(page, page.get_by_role("navigation").get_by_role("link", name=section, exact=True))
        expect(heading(ann, section)).to_be_visible()
        page.keyboard.press(f"Alt+{number % 4 + 1}")
        expect(heading(ann, SECTIONS[number % 4])).to_be_visible()


def heading(ann: Operator, text: str) -> Locator:
    return ann.page.get_by_role("heading", name=text, exact=True, level=1)


def switches_on_and_tries_the_bell(ann: Operator) -> None:
    presses(ann.page, ann.live_help, key="Space")
    expect(ann.live_help).to_be_checked()
    presses(ann.page, ann.page.get_by_role("button", name="Test my bell", exact=True))
    expect(ann.page.get_by_text("It rings, and notifications come.")).to_be_visible()


def signs_out(ann: Operator) -> None:
    presses(ann.page, ann.page.get_by_role("button", name="Main menu", exact=True))
    chooses(ann.page, "Sign out")
    expect(ann.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


# --- both sides ------------------------------------------------------------------------------------------------------


def asks(vera: Visitor, *, named: str = "") -> None:
    """Start communication, up to "Routing your call…"."""
    if not vera.page.locator("iframe").is_visible():
        presses(vera.page, vera.button("Click for Live Help"))
    start = vera.dialog("Start communication")
    again = vera.chat.get_by_role("button", name="Start again", exact=True)
    expect(start.or_(again)).to_be_visible()
    if again.is_visible():
        presses(vera.page, again)
    if named:
        types(vera.page, start.get_by_role("textbox", name="Your name", exact=True), named)
    presses(vera.page, start.get_by_role("button", name="Text chat", exact=True))
    expect(vera.dialog("Routing your call…")).to_be_visible()


def shuts(vera: Visitor) -> None:
    """Close the window."""
    presses(vera.page, vera.chat.get_by_role("button", name="Close", exact=True))
    expect(vera.page.locator("iframe")).to_be_hidden()


def ends(vera: Visitor) -> None:
    """End the chat, and away with the window."""
    presses(vera.page, vera.chat.get_by_role("button", name="End chat", exact=True))
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    shuts(vera)


def declines_asks_why_and_takes_from_the_queue(ann: Operator, vera: Visitor) -> None:
    page = ann.page
    asks(vera, named="Kay")
    why = ann.request.get_by_role("button", name="Why?", exact=True)
    presses(page, why)
    expect(page.get_by_role("dialog", name="Why? Kay")).to_contain_text("for help")
    comes_back(why, lambda: page.keyboard.press("Escape"))
    presses(page, ann.request.get_by_role("button", name="Decline", exact=True))
    expect(vera.dialog("Call queued")).to_be_visible()
    page.keyboard.press("Alt+2")
    row = ann.listed("Communication Queue").get_by_role("listitem").filter(has_text="Kay")
    more = row.get_by_role("button", name="Actions for ")
    presses(page, more)
    chooses(page, "Why?")
    expect(page.get_by_role("dialog", name="Why? Kay")).to_contain_text(re.compile("declined", re.IGNORECASE))
    comes_back(more, lambda: page.keyboard.press("Escape"))
    presses(page, row.get_by_role("group"), by="Shift+Tab")
    expect(ann.profile.get_by_role("tab", name="Live Communication")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Alt+2")
    presses(page, more)
    chooses(page, "Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()


def talks_holds_and_ends(ann: Operator, vera: Visitor) -> None:
    box = ann.profile.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_be_focused()
    ann.page.keyboard.type("Hello Kay")
    ann.page.keyboard.press("Shift+Enter")
    ann.page.keyboard.type("how are you?")
    ann.page.keyboard.press("Enter")
    vera.sees("Hello Kay\nhow are you?")
    ann.page.keyboard.type("By the button")
    presses(ann.page, ann.profile.get_by_role("button", name="Send", exact=True))
    vera.sees("By the button")
    types(vera.page, vera.chat.get_by_role("textbox", name="Message", exact=True), "Fine")
    presses(vera.page, vera.chat.get_by_role("button", name="Send", exact=True))
    ann.sees("Fine")
    ann.page.keyboard.press("Alt+1")
    vera.page.keyboard.type("And you?")
    vera.page.keyboard.press("Enter")
    tab = ann.page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile("^Kay"))
    expect(tab.get_by_label("1 unread message")).to_be_visible()
    ann.page.keyboard.press("Alt+j")
    ann.sees("And you?")
    steps = {
        "Hold": "put the chat on hold",
        "Resume": "resumed the chat",
        "End communication": "ended the conversation",
    }
    for label, line in steps.items():
        presses(ann.page, ann.profile.get_by_role("button", name=label, exact=True))
        if label == "End communication":
            means_it(ann)
        expect(ann.log.get_by_text(line)).to_be_visible()
    expect(ann.profile.get_by_text("Chat ended", exact=True)).to_be_visible()
    shuts(vera)


def rests(ann: Operator) -> None:
    ready = ann.page.get_by_role("banner").get_by_role("button", name="Ready", exact=True)
    presses(ann.page, ready)
    expect(ready).to_have_count(0)
    ann.demo.set("wrap_up", 0)


def queues_and_takes_the_next(ann: Operator, vera: Visitor) -> None:
    page = ann.page
    asks(vera)
    presses(page, ann.request.get_by_role("button", name="Queue", exact=True))
    expect(vera.dialog("Call queued")).to_be_visible()
    presses(vera.page, vera.chat.get_by_role("button", name="Cancel", exact=True))
    asks(vera)
    presses(page, ann.request.get_by_role("button", name="Queue", exact=True))
    following = part(ann, "Chats").get_by_role("button", name="Next", exact=True)
    expect(following).to_be_enabled()
    page.keyboard.press("Alt+n")
    expect(ann.profile.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    ends(vera)
    asks(vera)
    presses(page, ann.request.get_by_role("button", name="Queue", exact=True))
    presses(page, following)
    expect(vera.dialog("Chat with operator")).to_be_visible()


def part(ann: Operator, name: str) -> Locator:
    """A part of the Communication Summary."""
    summary = ann.page.get_by_role("contentinfo", name="Communication Summary", exact=True)
    return summary.get_by_role("group", name=name, exact=True)


def goes_about_the_profile(ann: Operator) -> None:
    """The chat goes on: its tabs, its place in the strip, in the overview and in the summary."""
    page = ann.page
    live = ann.profile.get_by_role("tab", name="Live Communication")
    tab_to(page, live)
    for name in ("Messages", "General"):
        page.keyboard.press("ArrowRight")
        expect(ann.profile.get_by_role("tab", name=name)).to_be_focused()
    chat = ann.profile.get_by_role("region", name="Chats", exact=True).get_by_role("button").last
    presses(page, chat)
    expect(ann.profile.get_by_role("log", name=re.compile("^Conversation of"))).to_be_visible(timeout=COMING_BACK_MS)
    strip = page.get_by_role("list", name="Open profiles")
    presses(page, strip.get_by_role("button", name="Close Kay", exact=True))
    expect(ann.profile).to_have_count(0)
    line = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link", name=re.compile("^Kay"))
    presses(page, line)
    expect(live).to_have_attribute("aria-selected", "true")
    roll = page.get_by_role("button", name="Roll up to the counts", exact=True)
    presses(page, roll)
    expect(line).to_be_hidden()
    page.keyboard.press("Enter")
    expect(line).to_be_visible()
    page.keyboard.press("Alt+2")
    presses(page, ann.listed("My Communication").get_by_role("listitem").get_by_role("group"))
    presses(page, strip.get_by_role("link", name="Back to Communication Overview"))
    expect(heading(ann, "Communication Overview")).to_be_visible()
    presses(page, strip.get_by_role("link", name=re.compile("^Kay")))
    presses(page, ann.profile.get_by_role("button", name="Why?", exact=True))
    page.keyboard.press("Escape")
    presses(page, ann.profile.get_by_role("button", name="End communication", exact=True))
    means_it(ann)


def means_it(ann: Operator) -> None:
    question = ann.page.get_by_role("dialog", name="End this chat?")
    expect(question.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    ann.page.keyboard.press("Shift+Tab")
    expect(question.get_by_role("button", name="End", exact=True)).to_be_focused()
    ann.page.keyboard.press("Enter")


def accepts(ann: Operator, vera: Visitor) -> None:
    shuts(vera)
    asks(vera)
    presses(ann.page, ann.request.get_by_role("button", name="Accept", exact=True))
    expect(ann.profile.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    ends(vera)


def leaves_a_message_that_is_marked(ann: Operator, vera: Visitor) -> None:
    page = ann.page
    asks(vera)
    presses(vera.page, vera.chat.get_by_role("button", name="Leave a message", exact=True))
    form = vera.dialog("Leave a message")
    for label, text in (("E-mail", "kay@example.org"), ("Subject", "Sunday"), ("Message", "Do you open on Sunday?")):
        types(vera.page, form.get_by_role("textbox", name=label, exact=True), text)
    presses(vera.page, form.get_by_role("button", name="Send", exact=True))
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
    presses(vera.page, vera.chat.get_by_role("button", name="Done", exact=True))
    presses(page, part(ann, "Messages").get_by_role("button", name="Next", exact=True))
    letter = ann.profile.get_by_role("tabpanel", name="Messages").get_by_role("listitem").first
    for label, state in (("Mark as answered", "Answered"), ("Mark as open", "Open")):
        presses(page, letter.get_by_role("button", name=label, exact=True))
        expect(letter.get_by_text(state, exact=True)).to_be_visible()
    page.keyboard.press("Alt+2")
    row = ann.listed("Message Queue").get_by_role("listitem").filter(has_text="Sunday")
    presses(page, row.get_by_role("group"))
    expect(letter).to_be_visible()
    page.keyboard.press("Alt+2")
    presses(page, row.get_by_role("button", name="Actions for "))
    chooses(page, "Close the message")
    expect(row).to_have_count(0)


def to_the_badge(page: Page) -> Locator:
    """By Tab to the one stop that the board has, from there by the arrows."""
    page.keyboard.press("Alt+1")
    board = page.get_by_role("list", name="Visitors now")
    badge = board.get_by_role("listitem").filter(has_text="Kay")
    expect(badge).to_be_visible()
    tab_to(page, board.locator("[role=group][tabindex='0']"))
    page.keyboard.press("Home")
    assert arrives(page, badge.get_by_role("group"), key="ArrowRight", most=MOST)
    return badge


def invites(ann: Operator, vera: Visitor, text: str) -> None:
    """From the badge's menu."""
    to_the_badge(ann.page)
    ann.page.keyboard.press("Enter")
    chooses(ann.page, "Engage in communication")
    writes_an_invitation(ann, text)
    expect(vera.dialog("Can we help?")).to_be_visible()


def writes_an_invitation(ann: Operator, text: str) -> None:
    """The text is filled in and selected: what is typed takes its place."""
    dialog = ann.page.get_by_role("dialog", name="Engage in communication")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    ann.page.keyboard.type(text)
    presses(ann.page, dialog.get_by_role("button", name="Send", exact=True))
    expect(dialog).to_have_count(0)
    expect(ann.log.get_by_text(text)).to_be_visible()


def invites_and_is_refused(ann: Operator, vera: Visitor) -> None:
    page = ann.page
    badge = to_the_badge(page)
    presses(page, badge.get_by_role("button", name="Actions for Kay"))
    chooses(page, "View profile")
    expect(ann.profile).to_be_visible()
    tab_to(page, ann.profile.get_by_role("tab", name="General"))
    page.keyboard.press("ArrowRight")
    engage = ann.profile.get_by_role("button", name="Engage in communication", exact=True)
    presses(page, engage)
    dialog = page.get_by_role("dialog", name="Engage in communication")
    expect(dialog).to_be_visible()
    presses(page, dialog.get_by_role("button", name="Cancel", exact=True))
    expect(engage).to_be_focused()
    invites(ann, vera, "May I help?")
    presses(vera.page, vera.dialog("Can we help?").get_by_role("button", name="Close", exact=True))
    expect(ann.log.get_by_text("refused the invitation")).to_be_visible()


def invites_and_is_answered(ann: Operator, vera: Visitor) -> None:
    invites(ann, vera, "May I help all the same?")
    presses(vera.page, vera.chat.get_by_role("button", name="Start Chat", exact=True))
    presses(vera.page, vera.chat.get_by_role("button", name="Text chat", exact=True))
    expect(vera.dialog("Chat with operator")).to_be_visible()
    expect(ann.log.get_by_text("accepted the invitation")).to_be_visible()
    ends(vera)
