"""Markup in everything that is foreign: it runs nowhere, makes no element, and is shown as text."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.demo import Demo
from tests.e2e.people import SECTIONS, Operator, Person, Visitor

pytestmark = pytest.mark.e2e
HOSTILE = [
    '"><img src=x onerror=parent.owned=1,window.owned=1,top.owned=1>',
    '"><iframe srcdoc="<script>top.owned=1</script>">',
    "<svg onload=window.owned=1>",
    "<script>window.owned=1</script>",
    "[click](javascript:window.owned=1)",
    "{{7*7}} ${7*7} **bold** <b>bold</b>",
]
MARKS = "img[src='x'], svg[onload], iframe[srcdoc], a[href^='javascript']"
SAID = {"SCRIPT": "window.owned=1", "B": "bold", "STRONG": "bold"}  # theirs, by their text


def owned(person: Person) -> bool:
    """Whether any frame ran foreign script."""
    return any(frame.evaluate("() => 'owned' in window") for frame in person.page.frames)


def elements(person: Person) -> int:
    """How many elements of the foreign markup there are, in every frame and shadow root."""
    count = """([marks, said]) => {
        const found = root => [...root.querySelectorAll('*')].reduce((sum, one) => sum
            + (one.matches(marks) || said[one.tagName] === one.textContent ? 1 : 0)
            + (one.shadowRoot ? found(one.shadowRoot) : 0), 0);
        return found(document);
    }"""
    ours = [frame for frame in person.page.frames if "/chat" in frame.url or "/app" in frame.url]
    return sum(int(frame.evaluate(count, [MARKS, SAID])) for frame in ours)


@pytest.fixture
def ann(staff: tuple[Operator, Operator]) -> Operator:
    return staff[0].switches(on=True)


@pytest.mark.parametrize("text", [HOSTILE[0], *(pytest.param(one, marks=pytest.mark.long) for one in HOSTILE[1:])])
def test_foreign_markup_is_shown_as_text_and_runs_nowhere(
    ann: Operator, demo: Demo, chromium: Browser, text: str
) -> None:
    vera = Visitor(chromium, demo)
    vera.page.add_init_script(
        f"document.addEventListener('DOMContentLoaded', () => {{ document.title = {json.dumps(text)}; }});"
        f"Object.defineProperty(document, 'referrer', {{ get: () => 'http://search.test/?q=' + {json.dumps(text)} }});"
    )
    vera.opens("help?q=" + quote(text, safe="<>\"'() ") + "#" + quote(text, safe="<>()"))
    vera.asks(text[:80])
    expect(ann.request.first).to_contain_text(text[:80])
    expect(ann.request.first).to_contain_text(text)
    ann.presses("Accept")
    vera.writes(f"{text} said")
    vera.sees(f"{text} said")
    ann.sees(f"{text} said")
    ann.writes(f"{text} answered")
    vera.sees(f"{text} answered")
    ann.profile.get_by_role("tab", name="General").click()
    expect(ann.profile.get_by_role("tabpanel")).to_contain_text(text)
    for section in SECTIONS:
        ann.goes_to(section)
        ann.page.wait_for_timeout(150)
        assert not owned(ann)
        assert elements(ann) == 0
    assert not owned(vera)
    assert elements(vera) == 0
    assert not ann.problems
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    vera.leaves()


def test_a_hostile_left_message_is_shown_as_text(ann: Operator, demo: Demo, chromium: Browser) -> None:
    ann.switches(on=False)
    vera = Visitor(chromium, demo).opens()
    vera.button("Leave a message").click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="Your name", exact=True).fill(HOSTILE[0])
    form.get_by_role("textbox", name="E-mail", exact=True).fill("mallory@example.org")
    form.get_by_role("textbox", name="Subject", exact=True).fill(HOSTILE[1])
    form.get_by_role("textbox", name="Message", exact=True).fill(HOSTILE[3])
    form.get_by_role("button", name="Send", exact=True).click()
    ann.goes_to("Communication Overview")
    queue = ann.listed("Message Queue")
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[3]):
        expect(queue).to_contain_text(text)
    assert not owned(ann)
    assert elements(ann) == 0
    vera.leaves()
