"""Hold, and the loss of either side, as the visitor sees them in real Chromium."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from engine.talk import State
from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e


@pytest.fixture
def vera(vera: Guest, ann: AtTheDoor) -> Guest:
    return vera.comes().in_chat(ann)


def send(vera: Guest) -> Locator:
    found: Locator = vera.chat.get_by_role("button", name="Send", exact=True)
    return found


def box(vera: Guest) -> Locator:
    found: Locator = vera.chat.get_by_role("textbox", name="Message", exact=True)
    return found


def test_hold_takes_send_away_resume_gives_it_back_with_the_draft_and_end_ends_it_on_hold_too(
    ann: AtTheDoor, vera: Guest
) -> None:
    box(vera).fill("half a thought")
    ann.holds()
    expect(send(vera)).to_have_count(0)
    expect(
        vera.chat.get_by_text("Ann has suspended the chat. You can send again as soon as it goes on.")
    ).to_be_visible()
    box(vera).press("Enter")
    box(vera).press_sequentially(" more")
    vera.page.reload()
    expect(box(vera)).to_have_value("half a thought more")
    expect(send(vera)).to_have_count(0)
    ann.resumes()
    expect(send(vera)).to_be_visible()
    expect(vera.log.get_by_text("half a thought more")).to_have_count(0)
    send(vera).click()
    vera.sees("half a thought more")
    expect(box(vera)).to_have_value("")
    ann.holds()
    expect(send(vera)).to_have_count(0)
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()


def test_messages_that_cross_the_hold_are_the_draft_again_in_their_order(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.context.set_offline(True)
    for text in ("first", "second"):
        vera.writes(text)
    box(vera).fill("third")
    ann.holds()
    vera.context.set_offline(False)
    expect(box(vera)).to_have_value("first\nsecond\nthird", timeout=20_000)
    expect(vera.log.get_by_text("first")).to_have_count(0)
    expect(vera.chat.get_by_role("alert").filter(has_text="after the chat was suspended")).to_be_visible()
    ann.resumes()
    expect(send(vera)).to_be_visible()
    assert written(house) == []
    send(vera).click()
    vera.sees("first\nsecond\nthird")


def test_what_crosses_the_loss_of_the_operator_is_the_draft_when_another_has_the_chat(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    house.set("operator_grace", 1)
    vera.context.set_offline(True)
    vera.writes("in the tunnel")
    box(vera).fill("half a thought")
    ann.leaves()
    house.passes(2)
    assert house.conversations[house.conversation()].state is State.QUEUED
    vera.context.set_offline(False)
    expect(vera.dialog("Call queued")).to_be_visible(timeout=20_000)
    expect(vera.log.get_by_text("in the tunnel")).to_have_count(0)
    house.operator("bob").accepts_of(vera.visitor)
    expect(box(vera)).to_have_value("in the tunnel\nhalf a thought")
    expect(vera.chat.get_by_role("alert").filter(has_text="after the operator was gone")).to_be_visible()
    assert written(house) == []


def written(house: Inside) -> list[str]:
    """What the visitor wrote, from the journal."""
    conversation = house.conversation()
    events = house.running.house.core._journal.of_conversation(conversation)
    return [one.event.personal.text for one in events if type(one.event).__name__ == "MessageWritten"]  # type: ignore[attr-defined]


def test_an_operator_lost_puts_the_visitor_at_the_head_and_says_so(
    house: Inside, ann: AtTheDoor, vera: Guest, chromium: Browser
) -> None:
    bob = house.operator("bob")
    bob.switches(on=False)
    other = Guest(chromium, house).comes()
    other.asks("Otto")
    ann.declines()
    expect(other.dialog("Call queued")).to_be_visible()
    house.set("operator_grace", 1)
    vera.writes("Are you there?")
    ann.leaves()
    house.passes(2)
    queued = vera.dialog("Call queued")
    expect(queued).to_be_visible()
    vera.sees("The connection to Ann was lost. You wait again, ahead of the queue.")
    vera.sees("Are you there?")
    expect(queued.get_by_text("You are next in line.")).to_be_visible()
    bob.accepts_of(vera.visitor)
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.sees("You are talking with Bob.")
    vera.sees("Are you there?")


def test_nobody_left_is_said_and_a_message_is_offered(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    house.set("operator_grace", 1)
    ann.leaves()
    house.passes(2)
    queued = vera.dialog("Call queued")
    expect(queued.get_by_text("Nobody is here right now. Leave a message, and we answer by e-mail.")).to_be_visible()
    queued.get_by_role("button", name="Leave a message", exact=True).click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    form.get_by_role("textbox", name="Message", exact=True).fill("Call me")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()


def test_a_visitor_lost_past_the_grace_finds_the_history_and_starts_again(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    house.set("visitor_grace", 1)
    ann.says("One moment")
    vera.sees("One moment")
    visitor = vera.visitor
    vera.page.goto("about:blank")
    until(lambda: house.visitors[visitor].lost_at, what="the loss")
    house.passes(2)
    assert house.conversations[house.conversation()].state is State.ENDED
    vera.opens()  # the window comes back by itself, as it was
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    vera.sees("One moment")
    vera.sees("Your connection was lost for too long, so the chat has ended.")
    vera.chat.get_by_role("button", name="Start again", exact=True).click()
    expect(vera.dialog("Start communication")).to_be_visible()


def test_sent_and_seen_are_said_in_words_too_and_a_draft_of_many_lines_is_whole_in_the_box_after_a_reload(
    ann: AtTheDoor, vera: Guest
) -> None:
    vera.writes("Hello")
    own = vera.log.get_by_role("article").filter(has_text="Hello")
    expect(own.get_by_text("Sent", exact=True)).to_have_count(1)
    ann.reads(99)
    expect(own.get_by_text("Seen", exact=True)).to_have_count(1)
    expect(own.get_by_text("Sent", exact=True)).to_have_count(0)
    box(vera).fill("one\ntwo\nthree")
    vera.page.reload()
    expect(box(vera)).to_have_value("one\ntwo\nthree")
    until(lambda: box(vera).evaluate("box => box.scrollHeight <= box.clientHeight"), what="room for the draft")
