"""The chat window where there is little room: the composer and a line in sight, nothing over what has the focus."""

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
LINE_PX = 18  # of a line of text, without what is above and below its letters
LONG = "one line and another one, which is so long that it is several lines in a window that is as small as this one is"
# A keyboard leaves the layout of a page as it is, and less of it is seen; Chromium without a window has none.
KEYBOARD = """(() => {
    const seen = {};
    for (const name of ['height', 'offsetTop']) {
        const { get } = Object.getOwnPropertyDescriptor(VisualViewport.prototype, name);
        Object.defineProperty(visualViewport, name, { get: () => seen[name] ?? get.call(visualViewport) });
    }
    globalThis.keyboard = (height, offsetTop) => {
        Object.assign(seen, { height, offsetTop });
        for (const name of ['resize', 'scroll']) visualViewport.dispatchEvent(new Event(name));
    };
})()"""
# Whether what is drawn at the middle and near the corners of an element is the element.
BARE = """one => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const points = [[(left + right) / 2, (top + bottom) / 2]];
    for (const x of [left + 4, right - 4]) for (const y of [top + 4, bottom - 4]) points.push([x, y]);
    return points.every(([x, y]) => one.contains(document.elementFromPoint(x, y)));
}"""
FRAME_AT = """([x, y]) => {
    const { shadowRoot } = document.querySelector('parlour-widget');
    return shadowRoot.elementFromPoint(x, y)?.localName;
}"""


class Room(NamedTuple):
    """A screen, and how much of it a keyboard leaves, from where."""

    width: int
    height: int
    seen: int = 0
    top: int = 0
    scale: int = 1


ROOMS = {
    "320 × 200": Room(320, 200),
    "a phone on its side": Room(640, 320),
    "a phone on its side with a keyboard": Room(640, 320, seen=200),
    "a keyboard": Room(320, 568, seen=308),
    "a keyboard, and the page pushed up": Room(390, 844, seen=420, top=300),
    "zoomed to 200 %": Room(640, 360, scale=2),
}


@pytest.fixture(params=ROOMS)
def room(request: pytest.FixtureRequest) -> Room:
    return ROOMS[request.param]


@pytest.fixture
def vera(house: Inside, chromium: Browser, room: Room) -> Iterator[Guest]:
    """A visitor with little room; a keyboard comes up when they say so."""
    options: dict[str, Any] = {"viewport": {"width": room.width, "height": room.height}}
    visitor = Guest(chromium, house, device_scale_factor=room.scale, **options)
    visitor.page.add_init_script(KEYBOARD)
    visitor.page.clock.install()
    yield visitor
    visitor.leaves()
    assert not visitor.problems


def type_(vera: Guest, room: Room) -> None:
    """Have the keyboard come up."""
    if room.seen:
        vera.page.evaluate("([height, top]) => keyboard(height, top)", [room.seen, room.top])
    vera.page.wait_for_timeout(100)  # until the window has followed


def in_sight(vera: Guest, room: Room, one: Locator) -> None:
    """All of it is seen, and nothing lies over it."""
    box = one.bounding_box()
    assert box is not None
    top, bottom = room.top, room.top + (room.seen or room.height)
    assert box["x"] >= 0 and box["x"] + box["width"] <= room.width + 0.5, box
    assert box["y"] >= top - 0.5 and box["y"] + box["height"] <= bottom + 0.5, (box, top, bottom)
    assert one.evaluate(BARE)
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert vera.page.evaluate(FRAME_AT, middle) == "iframe"


def talks(vera: Guest, room: Room) -> None:
    """The composer and the last line are in sight."""
    for name in ("textbox", "button"):
        box = vera.chat.get_by_role(name, name={"textbox": "Message", "button": "Send"}[name], exact=True)
        if box.is_visible():
            in_sight(vera, room, box)
    line = vera.log.locator(".bubble, .note").last
    log, last = vera.log.bounding_box(), line.bounding_box()
    assert log is not None and last is not None
    top, bottom = max(log["y"], last["y"], room.top), min(log["y"] + log["height"], last["y"] + last["height"])
    assert bottom - top >= LINE_PX, (log, last)
    assert log["y"] + log["height"] <= room.top + (room.seen or room.height)
    middle = last["x"] + last["width"] / 2
    assert vera.page.evaluate(FRAME_AT, [middle, bottom - 4]) == "iframe"
    assert line.evaluate(
        """one => {
            const { left, right, bottom } = one.getBoundingClientRect();
            const end = Math.min(bottom, one.closest('.log').getBoundingClientRect().bottom);
            return one.contains(document.elementFromPoint((left + right) / 2, end - 6));
        }"""
    )


def looks(vera: Guest, room: Room, what: str) -> None:
    """A picture, where somebody wants to look: `PICTURES=build/pictures/small pytest …`."""
    if folder := os.environ.get("PICTURES"):
        name = "-".join(str(part) for part in room)
        vera.page.screenshot(path=f"{folder}/{what}-{name}.png")


def test_the_composer_and_a_line_are_always_in_sight(house: Inside, ann: AtTheDoor, vera: Guest, room: Room) -> None:
    vera.comes().in_chat(ann)
    for number in range(4):
        ann.says(f"{number}: {LONG}")
    vera.sees(f"3: {LONG}")
    type_(vera, room)
    talks(vera, room)
    looks(vera, room, "chat")
    box = vera.chat.get_by_role("textbox", name="Message", exact=True)
    box.fill("\n".join(f"line {number}" for number in range(9)))
    talks(vera, room)
    looks(vera, room, "draft")
    ann.types()
    expect(vera.chat.get_by_text("Ann is typing…")).to_be_visible()
    talks(vera, room)
    box.fill("short")
    box.press("Enter")
    vera.sees("short")
    talks(vera, room)
    ann.holds()
    expect(vera.chat.get_by_text("Ann has suspended the chat.").last).to_be_visible()
    talks(vera, room)
    looks(vera, room, "hold")
    ann.resumes()
    vera.context.set_offline(True)
    vera.page.clock.fast_forward(10_000)
    expect(vera.chat.get_by_text("No live connection right now.")).to_be_visible()
    talks(vera, room)
    looks(vera, room, "cut")
    vera.context.set_offline(False)


def fields_in_sight(vera: Guest, room: Room, form: Locator, button: str) -> None:
    """Each field that gets the focus, there and back, and the button, by keys and by hand."""
    fields = [*form.locator("input:visible, select:visible, textarea:visible").all()]
    assert fields
    for field in [*fields, *reversed(fields)]:
        field.focus()
        vera.page.wait_for_timeout(50)
        in_sight(vera, room, field)
    send = form.get_by_role("button", name=button, exact=True)
    send.scroll_into_view_if_needed()
    in_sight(vera, room, send)
    fields[-1].focus()
    vera.page.keyboard.press("Tab")
    expect(send).to_be_focused()
    in_sight(vera, room, send)


def test_each_field_of_the_start_form_and_its_button_are_reached_and_covered_by_nothing(
    ann: AtTheDoor, vera: Guest, room: Room
) -> None:
    vera.comes()
    vera.button("Click for Live Help").click()
    form = vera.dialog("Start communication")
    expect(form).to_be_visible()
    type_(vera, room)
    looks(vera, room, "start")
    fields_in_sight(vera, room, form, "Text chat")
    form.get_by_role("textbox", name="Your name", exact=True).fill("Vera")
    form.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    cancel = vera.dialog("Routing your call…").get_by_role("button", name="Cancel", exact=True)
    cancel.scroll_into_view_if_needed()
    in_sight(vera, room, cancel)
    looks(vera, room, "routing")


def test_each_field_of_the_form_for_a_message_and_its_button_are_reached_and_covered_by_nothing(
    house: Inside, ann: AtTheDoor, vera: Guest, room: Room
) -> None:
    ann.switches(on=False)
    vera.comes()
    vera.button("Leave a message").click()
    form = vera.dialog("Leave a message")
    expect(form).to_be_visible()
    type_(vera, room)
    looks(vera, room, "leave")
    fields_in_sight(vera, room, form, "Send")
    form.get_by_role("button", name="Send", exact=True).click()
    email = form.get_by_role("textbox", name="E-mail", exact=True)
    expect(email).to_be_focused()
    in_sight(vera, room, email)
    looks(vera, room, "wrong")
    email.fill("vera@example.org")
    text = form.get_by_role("textbox", name="Message", exact=True)
    text.fill("Call me")
    in_sight(vera, room, text)
    form.get_by_role("button", name="Send", exact=True).click()
    done = vera.chat.get_by_role("button", name="Done", exact=True)
    expect(done).to_be_visible()
    done.scroll_into_view_if_needed()
    in_sight(vera, room, done)
    until(lambda: any(one.state == "left" for one in house.conversations.values()), what="the message")


def test_the_words_of_an_invitation_and_its_button_are_in_sight(ann: AtTheDoor, vera: Guest, room: Room) -> None:
    vera.comes()
    ann.invites(vera.visitor, "May I help?")
    expect(vera.dialog("Can we help?")).to_be_visible()
    vera.page.wait_for_timeout(100)
    plain = room._replace(seen=0, top=0)
    in_sight(vera, plain, vera.dialog("Can we help?").get_by_text("May I help?", exact=True))
    in_sight(vera, plain, vera.chat.get_by_role("button", name="Start Chat", exact=True))
    looks(vera, plain, "invitation")


def test_who_zooms_in_with_two_fingers_has_the_same_window(house: Inside, ann: AtTheDoor, chromium: Browser) -> None:
    phone = Guest(chromium, house, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).comes()
    phone.in_chat(ann)
    frame = phone.page.locator("iframe")
    before = frame.evaluate("one => [one.clientWidth, one.clientHeight, getComputedStyle(one).top]")
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    until(lambda: phone.page.evaluate("visualViewport.scale") == 2, what="the zoom")
    phone.page.wait_for_timeout(200)
    assert frame.evaluate("one => [one.clientWidth, one.clientHeight, getComputedStyle(one).top]") == before
    phone.leaves()
