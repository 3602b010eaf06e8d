"""The dashboard in a real Chromium with a house behind it: a call, closed rings, and the ways it comes back."""

import pytest
from playwright.sync_api import Page, expect

from engine.commands import Refused, WriteMessage
from engine.limits.table import OFFICE, TAB_REQUESTS
from engine.text import MESSAGE_LIMIT
from tests.browser import end_chat
from tests.dashboard.house import House
from tests.dashboard.people import Guest
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def ring(running: Running, name: str = "Vera") -> Guest:
    """Somebody asks for help, and it rings at Ann."""
    return running.at(lambda house: house.rings(name))


def test_a_call_from_the_ring_to_its_end(running: Running, page: Page) -> None:
    switch = page.get_by_role("switch", name="Live Help")
    switch.click()
    expect(switch).to_be_checked()
    hostile = running.at(lambda house: house.asks(HOSTILE))
    dialog = page.get_by_role("dialog", name="Incoming chat request")
    expect(dialog).to_contain_text(HOSTILE)
    expect(page.locator("[data-ringing=true]")).to_have_count(1)
    expect(page.locator("[data-beeps]")).not_to_have_attribute("data-beeps", "0")

    dialog.get_by_role("button", name="Accept").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-ringing=false]")).to_have_count(1)
    expect(page.get_by_role("region", name="Visitor's profile")).to_be_visible()
    expect(page.get_by_role("tab", name="Live Communication")).to_have_attribute("aria-selected", "true")

    log = page.get_by_role("log", name="Conversation")
    for text in (HOSTILE, "javascript:alert(1)", "https://example.org"):
        running.at(lambda _house, text=text: hostile.writes(text))  # type: ignore[misc]
    expect(log).to_contain_text(HOSTILE)
    expect(log).to_contain_text("javascript:alert(1)")
    expect(log.get_by_role("link")).to_have_count(1)
    expect(log.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    box = page.get_by_role("textbox", name="Message")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    box.fill("Hello")
    box.press("Enter")
    expect(log.get_by_text("Hello", exact=True)).to_have_count(1)
    expect(box).to_have_value("")

    end_chat(page)
    expect(page.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(box).to_be_hidden()
    assert page.locator("img, [onerror]").count() == 0
    assert page.title() != "owned"


def test_a_ring_that_closes_says_why_and_takes_no_focus(running: Running, page: Page) -> None:
    async def come(house: House) -> Guest:
        await house.bob.works()
        await house.ann.switches(on=True)
        return await house.comes("Vera", known=True)

    vera = running.at(come)
    focused = page.get_by_role("group").filter(has_text="Vera")
    focused.focus()
    running.at(lambda _house: vera.asks())
    dialog = page.get_by_role("dialog", name="Incoming chat request")
    expect(dialog.get_by_role("button", name="Queue")).to_be_visible()
    expect(focused).to_be_focused()
    running.at(lambda house: house.bob.accepts(vera))
    expect(page.get_by_text("Taken by Bob")).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-ringing=false]")).to_have_count(1)
    running.at(lambda house: house.passes(6))
    expect(page.get_by_text("Taken by Bob")).to_have_count(0)


def test_an_offer_from_the_queue_has_no_queue_button_and_a_late_accept_says_who_was_first(
    running: Running, page: Page
) -> None:
    running.at(lambda house: house.asks())
    running.at(lambda house: house.ann.switches(on=True))  # who waits is offered to her alone
    dialog = page.get_by_role("dialog", name="Incoming chat request")
    expect(dialog.get_by_role("button", name="Decline")).to_be_visible()
    expect(dialog.get_by_role("button", name="Queue")).to_have_count(0)
    running.do(lambda house: house.door.answers.append(Refused(reason="taken", by="Bob")))
    dialog.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Taken by Bob")).to_be_visible()


def test_the_overview_lists_and_accepts_from_the_queue(running: Running, page: Page) -> None:
    running.at(lambda house: house.leaves("Mona", HOSTILE))
    running.at(lambda house: house.asks())
    page.get_by_role("link", name="Communication Overview").click()
    expect(page.get_by_role("region", name="Message Queue")).to_contain_text(HOSTILE)
    expect(page.get_by_role("region", name="Operators now")).to_contain_text("Bob")
    queue = page.get_by_role("region", name="Communication Queue")
    queue.get_by_text("Site visitor").click(button="right")
    page.get_by_role("menuitem", name="Accept").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("region", name="My Communication")).to_contain_text("Site visitor")
    expect(page.get_by_role("heading", level=1)).to_have_text("Communication Overview")


def test_while_main_is_away_a_message_waits_and_is_kept_once(running: Running, page: Page) -> None:
    ring(running)
    page.get_by_role("button", name="Accept").click()
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_be_visible()
    running.do(lambda house: setattr(house.door, "up", False))
    expect(page.get_by_text("Reconnecting…")).to_be_visible()
    box.fill("Are you there?")
    box.press("Enter")
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_contain_text("Not sent yet")
    running.do(lambda house: setattr(house.door, "up", True))
    expect(page.get_by_text("Reconnecting…")).to_be_hidden()
    expect(log).not_to_contain_text("Not sent yet")
    expect(log.get_by_text("Are you there?")).to_have_count(1)


@pytest.mark.own_tab
def test_after_a_restart_the_shell_comes_back_as_it_was(running: Running, page: Page) -> None:
    ring(running)
    page.get_by_role("link", name="Communication Overview").click()
    page.get_by_role("button", name="Accept").click()
    box = page.get_by_role("textbox", name="Message")
    box.fill("first")
    box.press("Enter")
    expect(page.get_by_role("log").get_by_text("first")).to_have_count(1)
    box.fill("a draft\nof two lines")
    running.stop()
    expect(page.get_by_text("Reconnecting…")).to_be_visible()
    expect(page.get_by_role("log").get_by_text("first")).to_be_visible()
    running.start()
    expect(page.get_by_text("Reconnecting…")).to_be_hidden(timeout=10_000)
    expect(page.get_by_role("tab", name="Live Communication")).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("a draft\nof two lines")
    expect(page.get_by_role("log").get_by_text("first")).to_have_count(1)
    expect(page.get_by_role("navigation").get_by_role("link", name="Communication Overview")).to_have_attribute(
        "aria-current", "true"
    )


@pytest.mark.own_tab
def test_a_message_unanswered_at_a_restart_is_sent_again_with_its_own_id(running: Running, page: Page) -> None:
    ring(running)
    page.get_by_role("button", name="Accept").click()
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_be_visible()
    running.do(lambda house: house.door.answers.extend(Refused(reason="busy") for _ in range(100)))
    box.fill("over the gap")
    box.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Not sent yet")
    running.stop()
    running.house.door.answers.clear()
    running.start()
    log = page.get_by_role("log")
    expect(log).not_to_contain_text("Not sent yet", timeout=10_000)
    expect(log.get_by_text("over the gap")).to_have_count(1)
    sent = running.house.door.sent
    says = {client_id for _, command, client_id in sent if getattr(command, "text", "") == "over the gap"}
    assert len(says) == 1


def test_a_refused_text_is_explained_and_stays_in_the_box(running: Running, page: Page) -> None:
    ring(running)
    page.get_by_role("button", name="Accept").click()
    box = page.get_by_role("textbox", name="Message")
    expect(box).to_be_visible()
    running.do(lambda house: house.door.answers.append(Refused(reason="too-long", limit=10_000)))
    box.fill("far too long")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Too long")).to_be_visible()
    expect(box).to_have_value("far too long")
    expect(page.get_by_role("log").get_by_text("far too long")).to_have_count(0)
    box.fill("x" * (MESSAGE_LIMIT + 1))
    box.press("Enter")  # this is seen here: nothing is asked
    expect(page.get_by_role("alert").filter(has_text=f"{MESSAGE_LIMIT:,}")).to_be_visible()
    asked = running.do(lambda house: [one.text for _, one, _ in house.door.sent if isinstance(one, WriteMessage)])
    assert asked == ["far too long"]


@pytest.mark.own_tab
def test_sign_out_leads_to_the_sign_in_page_in_every_tab(running: Running, page: Page) -> None:
    other = page.context.new_page()
    other.goto(f"{running.base}/app/")
    expect(other.get_by_role("switch", name="Live Help")).to_be_enabled()
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()


def test_all_of_an_office_behind_one_address_may_load_the_dashboard_at_once(running: Running, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.reload()
    expect(page.get_by_role("switch", name="Live Help")).to_be_enabled()
    assert 1 < len(asked) <= TAB_REQUESTS.most / OFFICE, len(asked)
    assert "tab-requests" not in running.counted.refused
