"""A day's work from both sides in real Chromium: invitations, hold, a lost operator, several chats, Next, Why?."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import end_chat
from tests.e2e.demo import Demo
from tests.e2e.people import COMING_BACK_MS, Operator, Visitor

pytestmark = pytest.mark.e2e
# Each half is tried in Chromium by test_widget_*.py and by tests/dashboard; these only join the two.
joined = pytest.mark.long


@pytest.fixture
def ann(staff: tuple[Operator, Operator]) -> Operator:
    return staff[0]


@pytest.fixture
def vera(demo: Demo, chromium: Browser, ann: Operator) -> Iterator[Visitor]:
    ann.goes_to("Site Monitor")
    expect(ann.page.locator("[aria-busy=true]")).to_have_count(0)
    expect(those_there(ann)).to_have_count(0, timeout=15_000)  # else it is not known whose badge is the one there
    visitor = Visitor(chromium, demo).opens()
    yield visitor
    assert not visitor.problems
    visitor.leaves()


def those_there(operator: Operator) -> Locator:
    """The badges of visitors who have not left."""
    return operator.page.get_by_role("list", name="Visitors now").get_by_role("listitem").filter(has_not_text="Left")


def badge(operator: Operator) -> Locator:
    """The badge of the one visitor who is there; those of other tests have left."""
    there = those_there(operator)
    expect(there).to_have_count(1, timeout=15_000)  # some seconds after who goes has gone
    return there


def invites(operator: Operator, text: str) -> None:
    """Invite the visitor from the badge's menu."""
    operator.goes_to("Site Monitor")
    badge(operator).get_by_role("button", name="Actions").click()
    operator.page.get_by_role("menuitem", name="Engage in communication", exact=True).click()
    dialog = operator.page.get_by_role("dialog", name="Engage in communication")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    dialog.get_by_role("textbox").fill(text)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(operator.log.get_by_text(text)).to_be_visible()


def test_an_invitation_is_accepted_and_leads_straight_to_who_invited(ann: Operator, vera: Visitor) -> None:
    invites(ann, "May I help you with the tents?")
    expect(vera.chat.get_by_text("May I help you with the tents?")).to_be_visible()
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    vera.chat.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    expect(ann.log.get_by_text("accepted the invitation")).to_be_visible()
    ann.writes("Hello!")
    vera.sees("Hello!")
    end_chat(ann.page)
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()


def test_a_closed_invitation_is_refused_on_the_badge_and_in_the_conversation(ann: Operator, vera: Visitor) -> None:
    invites(ann, "Do you need anything?")
    expect(vera.chat.get_by_text("Do you need anything?")).to_be_visible()
    vera.chat.get_by_role("button", name="Close", exact=True).first.click()
    expect(ann.log.get_by_text("refused the invitation")).to_be_visible()
    ann.goes_to("Site Monitor")
    expect(badge(ann)).to_contain_text(f"Refused {ann.name}’s invitation")


@pytest.fixture
def impatient(demo: Demo) -> Iterator[None]:
    """Invitations are open for three seconds."""
    demo.set("invitation_timeout", 3)
    yield
    demo.set("invitation_timeout", 120)


@joined
@pytest.mark.usefixtures("impatient")
def test_an_unanswered_invitation_expires(ann: Operator, vera: Visitor) -> None:
    invites(ann, "Just a moment?")
    expect(ann.log.get_by_text("The invitation expired")).to_be_visible(timeout=COMING_BACK_MS)
    ann.goes_to("Site Monitor")
    expect(badge(ann)).to_contain_text("expired")
    expect(vera.chat.get_by_role("button", name="Start Chat", exact=True)).to_have_count(0)


def test_hold_takes_send_away_and_resume_gives_it_back_with_the_draft(ann: Operator, vera: Visitor) -> None:
    ann.switches(on=True)
    vera.asks("Holly")
    ann.presses("Accept", of="Holly")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    box = vera.chat.get_by_role("textbox", name="Message", exact=True)
    box.fill("half a sen")
    ann.profile.get_by_role("button", name="Hold", exact=True).click()
    expect(vera.chat.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    box.press("Enter")
    expect(ann.profile.get_by_role("textbox", name="Message", exact=True)).to_be_disabled()
    ann.profile.get_by_role("button", name="Resume", exact=True).click()
    expect(vera.chat.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(box).to_have_value("half a sen")
    vera.chat.get_by_role("button", name="Send", exact=True).click()
    ann.sees("half a sen")
    end_chat(ann.page)


def test_closing_the_operators_browser_puts_the_visitor_at_the_head_of_the_queue(
    own_demo: Callable[..., Demo], chromium: Browser
) -> None:
    demo = own_demo()
    demo.set("operator_grace", 2)
    ann, bob = (Operator(chromium, demo, number).signs_in() for number in (0, 1))
    ann.switches(on=True)
    vera = Visitor(chromium, demo).opens()
    vera.asks("Vera")
    ann.presses("Accept", of="Vera")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    ann.leaves()
    expect(vera.dialog("Call queued")).to_be_visible(timeout=COMING_BACK_MS)
    vera.sees(f"The connection to {ann.name} was lost. You wait again, ahead of the queue.")
    bob.goes_to("Communication Overview")
    row = bob.listed("Communication Queue").get_by_role("listitem").filter(has_text="Vera")
    expect(row).to_contain_text("The operator's connection was lost")
    row.click(button="right")
    bob.page.get_by_role("menuitem", name="Why?", exact=True).click()
    told = bob.page.get_by_role("dialog", name="Why? Vera")
    expect(told).to_contain_text(re.compile(f"connection of {ann.name} was lost", re.IGNORECASE))
    bob.page.keyboard.press("Escape")
    summary = bob.page.get_by_role("contentinfo", name="Communication Summary")
    summary.get_by_role("group", name="Chats").get_by_role("button", name="Next", exact=True).click()
    expect(vera.dialog("Chat with operator")).to_be_visible(timeout=COMING_BACK_MS)
    vera.sees(f"You are talking with {bob.name}.")
    bob.writes("I go on for my colleague.")
    vera.sees("I go on for my colleague.")
    vera.leaves()
    bob.leaves()


NEXT_AT_THE_NEXT_HALF_SECOND = """() => { setTimeout(() => document.dispatchEvent(
    new KeyboardEvent('keydown', { code: 'KeyN', key: 'n', altKey: true, bubbles: true })),
    Math.ceil(Date.now() / 1000) * 1000 + 500 - Date.now()); }"""


@joined
def test_two_who_press_next_in_the_same_moment_get_one_each(
    demo: Demo, chromium: Browser, staff: tuple[Operator, Operator], vera: Visitor
) -> None:
    ann, bob = staff
    tom = Visitor(chromium, demo).opens()
    ann.switches(on=True)
    for visitor, name in ((vera, "Velma"), (tom, "Theo")):
        visitor.asks(name)
        ann.presses("Queue", of=name)
        expect(visitor.dialog("Call queued")).to_be_visible()
    for one in (ann, bob):
        chats = one.page.get_by_role("contentinfo", name="Communication Summary").get_by_role("group", name="Chats")
        expect(chats).to_contain_text("2")
    for one in (ann, bob):
        one.page.evaluate(NEXT_AT_THE_NEXT_HALF_SECOND)
    for visitor in (vera, tom):
        expect(visitor.dialog("Chat with operator")).to_be_visible()
    served = [one.profile.get_by_role("heading", level=2).first for one in (ann, bob)]
    for heading in served:
        expect(heading).to_be_visible()
    assert sorted(heading.inner_text() for heading in served) == ["Theo", "Velma"]
    for one in (ann, bob):
        end_chat(one.page)
    for visitor in (vera, tom):
        expect(visitor.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    tom.leaves()


@joined
def test_two_chats_are_tabs_and_the_one_not_looked_at_says_what_is_unread(
    demo: Demo, chromium: Browser, ann: Operator, vera: Visitor
) -> None:
    ann.switches(on=True)
    tom = Visitor(chromium, demo).opens()
    for visitor, name in ((vera, "Vesna"), (tom, "Thomas")):
        visitor.asks(name)
        ann.presses("Accept", of=name)
        expect(visitor.dialog("Chat with operator")).to_be_visible()
    vera.writes("Are you there?")
    tab = ann.page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile("^Vesna"))
    expect(tab.get_by_label("1 unread message")).to_be_visible()
    tab.click()
    ann.sees("Are you there?")
    expect(tab.get_by_label("1 unread message")).to_have_count(0)
    for name in ("Vesna", "Thomas"):
        ann.page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile(f"^{name}")).click()
        end_chat(ann.page)
    tom.leaves()


@joined
def test_a_left_message_is_answered_and_closed(ann: Operator, vera: Visitor) -> None:
    vera.button("Leave a message").click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="Your name", exact=True).fill("Luisa")
    form.get_by_role("textbox", name="E-mail", exact=True).fill("luisa@example.org")
    form.get_by_role("textbox", name="Message", exact=True).fill("Do you open on Sunday?")
    form.get_by_role("button", name="Send", exact=True).click()
    ann.goes_to("Communication Overview")
    row = ann.listed("Message Queue").get_by_role("listitem").filter(has_text="Luisa")
    row.dblclick()  # by habit; one click is enough
    letter = ann.profile.get_by_role("listitem", name="Luisa")
    expect(letter).to_contain_text("Do you open on Sunday?")
    letter.get_by_role("button", name="Mark as answered").click()
    expect(letter).to_contain_text(f"{ann.name} marked it as answered")
    letter.get_by_role("button", name="Close the message").click()
    expect(letter).to_contain_text(f"{ann.name} closed it")
    ann.goes_to("Communication Overview")
    expect(row).to_have_count(0)
