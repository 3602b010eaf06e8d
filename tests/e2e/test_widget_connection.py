"""No live connection, in real Chromium: said, tried again, a message left by plain POST, nothing lost or doubled."""

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from engine.commands import EndConversation
from engine.talk import State
from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
CUT = "No live connection right now. We keep trying."
SAID_MS = 10_000  # after so long it is said


@pytest.fixture
def vera(vera: Guest) -> Guest:
    """A visitor whose clock can be put forward."""
    vera.page.clock.install()
    return vera


def fill_in(vera: Guest) -> None:
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    form.get_by_role("textbox", name="Message", exact=True).fill("Call me")
    form.get_by_role("button", name="Send", exact=True).click()


# What is drawn in the middle of the text is the text itself.
UNCOVERED = """(body, words) => {
  const error = [...body.querySelectorAll("[role=alert]")].find((one) => one.textContent.startsWith(words));
  const { x, y, width, height } = error.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === error;
}"""


def left(house: Inside) -> int:
    return sum(one.state is State.LEFT for one in house.conversations.values())


def test_where_a_proxy_lets_no_websocket_through_a_message_can_be_left(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    tried: list[str] = []

    def shut(socket: WebSocketRoute) -> None:
        tried.append(socket.url)
        socket.close()

    vera.context.route_web_socket("**", shut)
    vera.opens()
    while not tried:
        vera.page.wait_for_timeout(20)
    vera.page.clock.fast_forward(SAID_MS)
    vera.button("Leave a message").click()
    expect(vera.dialog("Leave a message")).to_be_visible()
    vera.page.clock.fast_forward(SAID_MS)
    expect(vera.chat.get_by_text(CUT)).to_be_visible()
    fill_in(vera)
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
    assert left(house) == 1
    (message,) = house.conversations.values()
    until(lambda: vera.stored().startswith(message.visitor), what="the key of whose message it is")


def test_a_cut_connection_is_said_tried_again_and_nothing_is_lost_or_doubled(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    vera.writes("before")
    vera.sees("before")
    vera.context.set_offline(True)
    for number in range(5):
        vera.writes(f"in the tunnel {number}")
    ann.says("from the other end")
    expect(vera.chat.get_by_text("Reconnecting…")).to_be_visible()
    vera.page.clock.fast_forward(SAID_MS)
    expect(vera.chat.get_by_text(CUT)).to_be_visible()
    expect(vera.log.get_by_text("Not sent yet", exact=True)).to_have_count(5)
    for _ in range(8):
        vera.page.clock.run_for(500)  # while it keeps trying; test_restart has half a minute of it
    vera.context.set_offline(False)
    vera.sees("from the other end")
    expect(vera.chat.get_by_text(CUT)).to_be_hidden()
    expect(vera.log.get_by_text("Sent", exact=True)).to_have_count(6)
    texts = vera.log.locator(".bubble").all_inner_texts()
    assert sorted(texts) == sorted(
        ["before", "from the other end", *(f"in the tunnel {number}" for number in range(5))]
    )
    assert [text for text in texts if "tunnel" in text] == [f"in the tunnel {number}" for number in range(5)]
    events = house.running.house.core._journal.of_conversation(house.conversation())
    written = [one for one in events if type(getattr(one, "event", one)).__name__ == "MessageWritten"]
    assert len(written) == 7


@pytest.mark.long
def test_in_a_chat_without_a_connection_a_message_can_be_left_and_the_chat_is_there_again_after_back(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    vera.page.evaluate("() => { window.Blocked = true; }")
    vera.context.route_web_socket("**", lambda socket: socket.close())
    vera.context.set_offline(True)
    vera.context.set_offline(False)
    vera.page.clock.fast_forward(SAID_MS)
    expect(vera.chat.get_by_text(CUT)).to_be_visible()
    vera.chat.get_by_role("button", name="Leave a message", exact=True).click()
    fill_in(vera)
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
    assert left(house) == 1
    vera.chat.get_by_role("button", name="Done", exact=True).click()
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Chat with operator")).to_be_visible()


@pytest.mark.long
def test_beside_a_chat_a_message_that_finds_no_way_goes_out_later_and_the_chats_end_is_shown(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    chat = house.conversation()
    vera.context.set_offline(True)
    vera.page.clock.fast_forward(SAID_MS)
    expect(vera.chat.get_by_text(CUT)).to_be_visible()
    vera.chat.get_by_role("button", name="Leave a message", exact=True).click()
    fill_in(vera)
    expect(vera.chat.get_by_text("It did not get through yet.")).to_be_visible()
    vera.context.set_offline(False)
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible(timeout=20_000)
    vera.chat.get_by_role("button", name="Done", exact=True).click()
    ann.does(EndConversation(conversation=chat))
    vera.button("Click for Live Help").click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()


def test_a_message_that_finds_no_way_at_all_stays_and_goes_out_by_itself(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    ann.switches(on=False)
    vera.comes()
    vera.button("Leave a message").click()
    expect(vera.dialog("Leave a message")).to_be_visible()
    vera.context.set_offline(True)
    fill_in(vera)
    form = vera.dialog("Leave a message")
    stuck = form.get_by_text("It did not get through yet. We keep trying; your text is still here.")
    expect(stuck).to_be_in_viewport(ratio=1)
    assert vera.chat.locator("body").evaluate(UNCOVERED, "It did not get through yet.")
    expect(form.get_by_role("textbox", name="Message", exact=True)).to_have_value("Call me")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("It did not get through yet.")).to_be_visible()
    vera.context.set_offline(False)
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible(timeout=20_000)
    assert left(house) == 1


def test_who_was_here_before_is_asked_at_once_and_what_they_ask_goes_out_with_the_connection(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    """The chat's second window needs no welcome to be there: the page knows what is offered, the browser the rest."""
    silent: list[WebSocketRoute] = []

    def hold(socket: WebSocketRoute) -> None:
        if silent:
            socket.connect_to_server()
        else:
            silent.append(socket)

    vera.comes()
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    vera.dialog("Start communication").get_by_role("button", name="Close", exact=True).click()
    vera.context.route_web_socket("**/ws/chat", hold)
    vera.comes().asks()
    ask = vera.dialog("Start communication").get_by_role("button", name="Text chat", exact=True)
    expect(ask).to_be_disabled()
    assert len(silent) == 1 and not house.conversations
    silent[0].close()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    ann.accepts()
    expect(vera.dialog("Chat with operator")).to_be_visible()


def test_a_window_whose_script_does_not_come_is_there_when_it_does(ann: AtTheDoor, vera: Guest) -> None:
    asked: list[str] = []

    def lose_two(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 2:
            route.continue_()
        else:
            route.abort()

    vera.context.route("**/widget/built/frame.*", lose_two)
    vera.comes()
    vera.button("Click for Live Help").click()
    for tries in (1, 2):
        while len(asked) < tries:
            vera.page.wait_for_timeout(20)
        vera.page.wait_for_timeout(100)
        vera.page.clock.run_for(2_000)
    expect(vera.dialog("Start communication")).to_be_visible()
    assert len(asked) == len({*asked}) == 3
