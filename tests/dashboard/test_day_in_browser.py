"""A day at the dashboard in a real Chromium: invitations, hold, several chats, Next, left messages, Why?, the bell."""

import re
from collections.abc import Awaitable

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.commands import HoldChat, InviteVisitor, MarkLeftMessage, Refused, SeeMessages, SetPart
from engine.events.parts import Operator
from engine.settings import DEFAULTS
from tests.dashboard.house import House
from tests.dashboard.people import SUPPORT, Guest
from tests.dashboard.running import Running
from tests.parlour.whole import until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
DEFAULT = (
    "Hello! I'm Ann. If you have any questions or requests I'm ready to help you. "
    'Just click "Start Chat" button to start a conversation.'
)
NOTED = """() => { window.noted = []; window.ended = [];
window.Notification = class { constructor(title, more) { window.noted.push([title, more.body]); this.title = title; }
  close() { window.ended.push(this.title); }
  static permission = 'granted'; static requestPermission() { return Promise.resolve('granted'); } }; }"""
HIDE = """Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
document.dispatchEvent(new Event('visibilitychange'));"""


def here(house: House) -> Awaitable[Guest]:
    """A visitor on the site."""
    return house.comes("Vera", known=True)


def serving(running: Running, *names: str) -> list[Guest]:
    """Chats of Ann's."""
    return [running.at(lambda house, name=name: house.serves(name)) for name in names]  # type: ignore[misc]


def tab_of(page: Page, name: str) -> Locator:
    """A person's tab in the strip."""
    return page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile(f"^{name}"))


def part(page: Page, name: str) -> Locator:
    """A part of the Communication Summary."""
    return page.get_by_role("contentinfo", name="Communication Summary").get_by_role("group", name=name, exact=True)


def commands(running: Running, kind: type) -> list[object]:
    """What was asked of main, of one kind."""
    sent = running.do(lambda house: list(house.door.sent))
    return [command for _, command, _ in sent if isinstance(command, kind)]


def asked(running: Running, command: object) -> None:
    """Wait until main was asked for this and, of its kind, nothing else: the page shows its wish before that."""
    until(lambda: commands(running, type(command)) == [command])


def test_the_badges_menu_opens_the_profile_with_the_invitation_filled_in_and_selected(
    running: Running, page: Page
) -> None:
    vera = running.at(here)
    page.get_by_role("group").filter(has_text="Vera").click(button="right")
    page.get_by_role("menuitem", name="Engage in communication", exact=True).click()
    expect(page.get_by_role("region", name="Visitor's profile")).to_be_visible()
    dialog = page.get_by_role("dialog", name="Engage in communication")
    box = dialog.get_by_role("textbox", name="Invitation")
    expect(box).to_have_value(DEFAULT)
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionEnd - box.selectionStart") == len(DEFAULT)
    box.press("Enter")
    expect(dialog).to_have_count(0)
    asked(running, InviteVisitor(visitor=vera.id, text=DEFAULT))
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("ready to help you")
    expect(page.get_by_text("Invited; the visitor has not answered yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Engage in communication")).to_be_hidden()
    page.keyboard.press("Alt+1")
    badge = page.get_by_role("list", name="Visitors now").get_by_role("listitem")
    expect(badge.filter(has_text="Vera")).to_contain_text("Invited by Ann")
    badge.filter(has_text="Vera").get_by_role("group").click(button="right")
    expect(page.get_by_role("menuitem")).to_have_text(["View profile", "Why?"])


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (Refused(reason="in-chat", by="Bob"), "already in a chat with Bob"),
        (Refused(reason="in-chat", detail="waiting"), "already waits to be served"),
        (Refused(reason="invited", by="Bob"), "Bob has invited this visitor already"),
        (Refused(reason="not-here"), "not on the site any more"),
    ],
    ids=lambda value: "" if isinstance(value, Refused) else value,
)
def test_a_refused_invitation_says_why_and_keeps_the_text(
    running: Running, page: Page, refused: Refused, said: str
) -> None:
    running.at(here)
    page.get_by_role("group").filter(has_text="Vera").press("Enter")
    page.get_by_role("menuitem", name="View profile", exact=True).press("Enter")
    page.get_by_role("tab", name="Live Communication").click()
    page.get_by_role("button", name="Engage in communication").click()
    dialog = page.get_by_role("dialog", name="Engage in communication")
    dialog.get_by_role("textbox").fill("May I help?")
    running.do(lambda house: house.door.answers.append(refused))
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text(said)
    expect(dialog.get_by_role("textbox")).to_have_value("May I help?")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Engage in communication")).to_be_focused()


@pytest.mark.parametrize(
    ("refused", "line"),
    [(True, "Vera refused the invitation"), (False, "The invitation expired: no answer in time")],
    ids=["refused", "expired"],
)
def test_a_refused_or_expired_invitation_is_a_line_and_another_can_follow(
    running: Running, page: Page, refused: bool, line: str
) -> None:
    vera = running.at(here)
    page.get_by_role("group").filter(has_text="Vera").click(button="right")
    page.get_by_role("menuitem", name="Engage in communication").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("has not answered yet")).to_be_visible()
    running.at(lambda house: vera.refuses() if refused else house.passes(DEFAULTS.invitation_timeout + 1))
    expect(page.get_by_role("log", name="Conversation")).to_contain_text(line)
    expect(page.get_by_role("button", name="Engage in communication")).to_be_visible()


def test_on_hold_nothing_can_be_written_and_resume_gives_the_draft_back(running: Running, page: Page) -> None:
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    box = page.get_by_role("textbox", name="Message")
    box.fill("half a sen")
    page.get_by_role("button", name="Hold", exact=True).click()
    expect(box).to_be_disabled()
    expect(page.get_by_text("On hold: neither of you can write.")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_hidden()
    expect(page.get_by_role("log")).to_contain_text("Ann put the chat on hold")
    expect(tab_of(page, "Vera")).to_contain_text("On hold")
    assert commands(running, HoldChat)
    page.get_by_role("button", name="Resume", exact=True).click()
    expect(box).to_be_enabled()
    expect(box).to_have_value("half a sen")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    expect(page.get_by_role("log")).to_contain_text("Ann resumed the chat")


def test_chats_are_tabs_with_what_is_unread_and_each_its_draft(running: Running, page: Page) -> None:
    _vera, tom = serving(running, "Vera", "Tom")
    tab_of(page, "Vera").click()
    page.get_by_role("textbox", name="Message").fill("for Vera")
    number = running.at(lambda _house: tom.writes("are you there?"))
    expect(tab_of(page, "Tom").get_by_label("1 unread message")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) Vera"))
    page.keyboard.press("Alt+j")
    expect(tab_of(page, "Tom")).to_have_attribute("aria-current", "page")
    expect(page).to_have_title("Tom · Parlour")
    box = page.get_by_role("textbox", name="Message").locator("visible=true")
    expect(box).to_have_value("")
    page.wait_for_function("() => true")
    tab_of(page, "Vera").click()
    expect(box).to_have_value("for Vera")
    asked(running, SeeMessages(conversation=tom.talk, upto=number))


def test_a_reload_keeps_what_is_unread_what_was_read_and_the_draft(running: Running, page: Page) -> None:
    both = serving(running, "Vera", "Tom")
    tab_of(page, "Vera").click()
    page.get_by_role("textbox", name="Message").fill("half a sen")
    for guest in both:
        running.at(lambda _house, guest=guest: guest.writes("are you there?"))  # type: ignore[misc]
    unread = tab_of(page, "Tom").get_by_label("1 unread message")
    expect(unread).to_be_visible()
    page.reload()
    expect(unread).to_be_visible()
    expect(page.get_by_role("textbox", name="Message").locator("visible=true")).to_have_value("half a sen")
    expect(page).to_have_title(re.compile(r"^\(1\) Vera"))
    tab_of(page, "Tom").click()
    expect(unread).to_have_count(0)
    page.reload()
    expect(page.get_by_role("log", name="Conversation").locator("visible=true")).to_contain_text("are you there?")
    expect(page).to_have_title("Tom · Parlour")
    expect(unread).to_have_count(0)


def test_a_message_is_seen_only_by_who_looks(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    page.evaluate(HIDE)
    number = running.at(lambda _house: vera.writes("hello?"))
    expect(tab_of(page, "Vera").get_by_label("1 unread message")).to_be_visible()
    assert commands(running, SeeMessages) == []
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    expect(tab_of(page, "Vera").get_by_label("1 unread message")).to_have_count(0)
    asked(running, SeeMessages(conversation=vera.talk, upto=number))


def test_what_the_visitor_has_seen_is_marked(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Hello")
    box.press("Enter")
    line = page.get_by_role("log").locator(".bubble", has_text="Hello")
    expect(line).to_contain_text("Sent")
    running.at(lambda house: vera.sees(house.desk.conversations[vera.talk].number))
    expect(line).to_contain_text("Seen")


def test_next_takes_who_lost_an_operator_first_and_passes_over_who_is_taken(running: Running, page: Page) -> None:
    async def wait(house: House) -> None:
        await house.bob.arrives()
        await house.serves("Nora", by="bob")
        for name in ("Quentin", "Lars"):
            await house.asks(name)
        await house.bob.goes()

    running.at(wait)
    button = part(page, "Chats").get_by_role("button", name="Next", exact=True)
    expect(part(page, "Chats")).to_contain_text("3")
    button.click()
    expect(page.get_by_role("heading", name="Nora")).to_have_count(2)
    running.do(lambda house: house.door.answers.append(Refused(reason="taken", by="Bob")))
    page.keyboard.press("Alt+n")
    expect(tab_of(page, "Lars")).to_have_attribute("aria-current", "page")
    expect(part(page, "In Progress")).to_contain_text("2")


def test_the_summary_rolls_up_to_the_counts_and_stays_so_and_its_lines_lead_to_their_tabs(
    running: Running, page: Page
) -> None:
    (vera,) = serving(running, "Vera")
    running.at(lambda _house: vera.writes("where is my parcel?"))
    line = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link", name=re.compile("parcel"))
    line.click()
    expect(tab_of(page, "Vera")).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name="Roll up to the counts").click()
    expect(line).to_be_hidden()
    expect(part(page, "Chats")).to_be_visible()
    page.reload()
    expect(part(page, "Chats")).to_contain_text("0")
    expect(page.get_by_role("button", name="Roll up to the counts")).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="Roll up to the counts").click()
    expect(line).to_be_visible()


def test_a_left_message_is_opened_by_next_answered_and_closed(running: Running, page: Page) -> None:
    running.at(lambda house: house.leaves("Mona"))
    part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
    letter = page.get_by_role("tabpanel", name="Messages").get_by_role("listitem", name="Mona")
    expect(letter).to_contain_text("Where is my parcel?")
    letter.get_by_role("button", name="Mark as answered").click()
    expect(letter).to_contain_text("Ann marked it as answered")
    expect(letter.locator(".actions").get_by_role("button")).to_have_text(["Mark as open", "Close the message"])
    expect(part(page, "Messages")).to_contain_text("0")
    page.keyboard.press("Alt+2")
    row = page.get_by_role("region", name="Message Queue").get_by_role("listitem")
    expect(row).to_contain_text("Answered")
    row.click(button="right")
    page.get_by_role("menuitem", name="Close the message").click()
    page.mouse.move(5, 5)  # a list holds still under the pointer
    expect(row).to_have_count(0)
    page.get_by_role("list", name="Open profiles").get_by_role("link", name="Mona").click()
    expect(letter.locator(".actions").get_by_role("button")).to_have_text(["Mark as open"])
    assert [getattr(one, "state", "") for one in commands(running, MarkLeftMessage)] == ["answered", "closed"]


@pytest.mark.own_tab  # Bob has another name
def test_why_tells_the_story_by_cause_from_the_queue_the_badge_and_the_ring(running: Running, page: Page) -> None:
    async def wait(house: House) -> None:
        bob = Operator(id=house.bob.id, role="administrator", departments=(SUPPORT,))
        await house.changes(SetPart(part=bob, name="<b>Bob</b>", rests_on=1))
        await house.bob.works()
        await house.asks("Vera")
        await house.bob.switches(on=False)
        await house.ann.switches(on=True)

    running.at(wait)
    told = page.get_by_role("dialog", name="Why? Vera").get_by_role("listitem")
    page.get_by_role("group").filter(has_text="Vera").click(button="right")
    page.get_by_role("menuitem", name="Why?", exact=True).click()
    expect(told).to_have_count(7)
    expect(told.nth(1)).to_contain_text("rings at <b>Bob</b>")
    assert [item.get_attribute("data-depth") for item in told.all()] == ["0", "1", "0", "1", "2", "0", "1"]
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    page.get_by_role("dialog", name="Incoming chat request").get_by_role("button", name="Why?").click()
    expect(told).to_have_count(7)
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+2")
    page.get_by_role("region", name="Communication Queue").get_by_text("Vera").click(button="right")
    page.get_by_role("menuitem", name="Why?", exact=True).click()
    expect(told).to_have_count(7)
    running.do(lambda house: setattr(house.door, "up", False))
    page.keyboard.press("Escape")
    page.get_by_role("region", name="Communication Queue").get_by_text("Vera").click(button="right")
    page.get_by_role("menuitem", name="Why?", exact=True).click()
    expect(told).to_contain_text("No server answers")


def test_who_looks_elsewhere_is_told_of_rings_and_messages(running: Running, page: Page) -> None:
    page.evaluate(NOTED)
    (vera,) = serving(running, "Vera")
    expect(tab_of(page, "Vera")).to_be_visible()
    assert page.evaluate("window.noted") == []
    page.evaluate(HIDE)
    running.at(lambda house: house.rings("Tom"))
    running.at(lambda _house: vera.writes("hello?"))
    page.wait_for_function("() => window.noted.length === 2")  # a function: the policy lets no text be evaluated
    assert page.evaluate("window.noted") == [["Incoming chat request", "Tom · Support · Cart"], ["Vera", "hello?"]]
    expect(page).to_have_title(re.compile(r"^\(2\)"))  # Tom rings, and Vera's message is unread
    assert page.evaluate("window.ended") == []
    tab_of(page, "Vera").click()
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => window.ended.join() === 'Vera'")


def test_the_bell_is_tested_and_what_the_browser_blocks_is_said_at_once(running: Running, page: Page) -> None:
    page.evaluate(
        "() => { Object.defineProperty(Notification, 'permission', { configurable: true, get: () => 'denied' }); }"
    )
    page.get_by_role("switch", name="Live Help").click()
    expect(page.get_by_text("Notifications are blocked: allow them in the browser.")).to_be_visible()
    page.evaluate(NOTED)
    page.get_by_role("button", name="Test my bell").click()
    expect(page.get_by_text("It rings, and notifications come.")).to_be_visible()
    assert len(page.evaluate("window.noted")) == 1
    expect(page.locator("[data-beeps]")).not_to_have_attribute("data-beeps", "0")
    page.get_by_role("switch", name="Live Help").click()
    expect(page.get_by_role("button", name="Test my bell")).to_be_hidden()


def test_ready_ends_the_wrap_up(running: Running, page: Page) -> None:
    async def rest(house: House) -> None:
        await house.set("wrap_up", 600)
        await house.ann.switches(on=True)
        vera = await house.asks("Vera")
        await house.ann.accepts(vera)
        await vera.ends()

    running.at(rest)
    expect(page.locator("#live-help-state")).to_have_text("Wrap-up")
    page.get_by_role("banner").get_by_role("button", name="Ready").click()
    expect(page.locator("#live-help-state")).to_have_text("Available")
    expect(page.get_by_role("button", name="Ready")).to_have_count(0)


def test_an_address_of_nobody_who_is_open_leads_to_a_section(running: Running, page: Page) -> None:
    for address in ("#visitor/%", "#visitor/nobody", "#nothing", "#"):
        page.goto(f"{running.base}/app/{address}")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Site Monitor")
        expect(page.get_by_role("list", name="Visitors now")).to_have_count(1)


def test_the_general_tab_shows_who_the_site_says_they_are_and_what_they_did(running: Running, page: Page) -> None:
    async def come(house: House) -> None:
        vera = await house.comes()
        await vera.is_known("Vera Muster", user="4711", email="vera@example.org")
        await vera.does("cart filled", sum=89, gift="true")
        await vera.sleeps()

    running.at(come)
    badge = page.get_by_role("group").filter(has_text="Vera Muster")
    expect(badge).to_contain_text("Sleeping")
    badge.dblclick()
    general = page.get_by_role("tabpanel", name="General")
    expect(general).to_contain_text("unverified")
    expect(general).to_contain_text("vera@example.org")
    expect(general).to_contain_text("cart filled")
    expect(general).to_contain_text("sum: 89, gift: true")
