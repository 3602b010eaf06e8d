"""A chat from its ring to the next one by keyboard alone, the focus never on the body; what a ring is to a reader."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.running import Running
from tests.e2e.keys import tab_to

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.own_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
# Each frame in which nothing has the focus, by the key before it, as a person who types then would notice.
WATCHED = """() => {
  window.lost = [];
  let key = null;
  document.addEventListener("keydown", event => { key = event.key; }, true);
  const look = () => {
    if (document.activeElement === document.body) window.lost.push(key);
    requestAnimationFrame(look);
  };
  look();
}"""


def button(page: Page, name: str) -> Any:
    return page.get_by_role("region", name="Visitor's profile").get_by_role("button", name=name, exact=True)


def press(page: Page, name: str) -> None:
    """Go to a button of the profile by Tab, and press it."""
    tab_to(page, button(page, name))
    page.keyboard.press("Enter")


def test_a_ring_is_answered_held_resumed_ended_and_the_next_one_taken(running: Running, page: Page) -> None:
    tab_to(page, page.get_by_role("switch", name="Live Help"))
    page.keyboard.press("Space")
    expect(page.get_by_role("switch", name="Live Help")).to_be_checked()
    page.evaluate(WATCHED)
    vera = running.at(lambda house: house.rings("Vera"))
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_contain_text("Vera")
    page.keyboard.press("Alt+a")
    box = page.get_by_role("textbox", name="Message", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type("Hello Vera")
    page.keyboard.press("Enter")
    log = page.get_by_role("log", name="Conversation")
    expect(log.get_by_text("Hello Vera")).to_be_visible()
    running.at(lambda _house: vera.writes("Where is my parcel?"))
    expect(log.get_by_text("Where is my parcel?")).to_be_visible()
    press(page, "Hold")
    expect(button(page, "Resume")).to_be_visible()
    press(page, "Resume")
    expect(button(page, "Hold")).to_be_visible()
    running.at(lambda house: house.rings("Tom"))
    press(page, "End communication")
    question = page.get_by_role("dialog", name="End this chat?")
    expect(question.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    tab_to(page, question.get_by_role("button", name="End", exact=True), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chat ended", exact=True)).to_be_visible()
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("region", name="Visitor's profile").get_by_role("heading", name="Tom")).to_be_visible()
    expect(box).to_be_focused()
    assert page.evaluate("window.lost") == []


def nodes(page: Page) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each node of the accessibility tree that is not ignored, with all beneath it."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in tree}

    def beneath(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in map(by_id.get, node.get("childIds", ())):
            if child:
                yield child
                yield from beneath(child)

    for node in tree:
        if not node["ignored"]:
            yield node, [one for one in beneath(node) if not one["ignored"]]


def named(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


def test_a_reader_hears_who_and_where_once_and_finds_both_in_the_request(running: Running, page: Page) -> None:
    page.get_by_role("switch", name="Live Help").click()
    running.at(lambda house: house.rings("Vera"))
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_be_visible()
    spoken, requests = [], []
    for node, below in nodes(page):
        role, own = (
            node["role"]["value"],
            {one["name"]: one["value"].get("value") for one in node.get("properties", ())},
        )
        if (
            own.get("live") in ("polite", "assertive")
            and own.get("root") is None
            and role in ("status", "alert", "log")
        ):
            text = " ".join(named(one) for one in below if one["role"]["value"] == "StaticText")
            spoken += [text] if "Vera" in text else []
        if role == "dialog" and named(node) == "Incoming chat request":
            requests.append(str(node.get("description", {}).get("value", "")))
    assert spoken == ["Incoming chat request: Vera, Cart."]
    assert len(requests) == 1
    assert requests[0].count("Vera") == requests[0].count("Cart") == 1
