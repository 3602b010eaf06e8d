"""Make the pictures of the docs from the running program: `make pictures`. It starts a demo of its own.

Every screen is taken, in five sizes and three themes, into build/pictures to be looked at; those that the docs show are
copied to docs/pictures. The states of the dashboard that a demo does not come to by itself are from `dashboard_states`.
Some alone, by size and theme: `make pictures ARGS="light phone-dark"`.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from docs.dashboard_states import show_states
from tests.browser import CHROMIUM, FLAGS
from tests.e2e.demo import Demo, start_demo
from tests.e2e.people import Operator, Visitor
from tests.parlour.whole import free_port

HOUSE = Path(__file__).parent.parent
ALL, SHOWN = HOUSE / "build" / "pictures", HOUSE / "docs" / "pictures"
SIZES = {"": (1280, 720), "wide-": (1920, 1080), "phone-": (390, 844), "side-": (844, 390), "zoom-": (640, 360)}
TOUCH = {"phone-", "side-"}
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
SCREENS: dict[str, dict[str, Any]] = {
    size + theme: {"viewport": {"width": width, "height": height}, "has_touch": size in TOUCH, **colours}
    for size, (width, height) in SIZES.items()
    for theme, colours in THEMES.items()
}
SETTLED_MS = 900


def shoot(person: Visitor | Operator, name: str) -> None:
    """One picture, when what moves has settled."""
    person.page.wait_for_timeout(SETTLED_MS)
    person.page.screenshot(path=ALL / f"{name}.png")


def one_call(browser: Browser, demo: Demo, kind: str) -> None:
    """Every screen of a call, in one size and theme."""
    vera = Visitor(browser, demo, **SCREENS[kind]).opens()
    ann = Operator(browser, demo, **SCREENS[kind]).signs_in()
    shoot(vera, f"button-closed-{kind}")
    vera.button("Leave a message").click()
    shoot(vera, f"leave-{kind}")
    vera.dialog("Leave a message").get_by_role("button", name="Close", exact=True).click()
    ann.switches(on=True)
    shoot(ann, f"monitor-{kind}")
    vera.asks("Vera")
    shoot(vera, f"routing-{kind}")
    shoot(ann, f"ring-{kind}")
    ann.presses("Accept", of="Vera")
    vera.writes("Hello! Does the small tent fit into hand luggage? https://www.example.org/rules")
    ann.sees("Vera")
    ann.writes("Hello Vera. Rolled up it is 38 cm long, so yes.")
    vera.writes("Great, thank you!")
    shoot(vera, f"chat-{kind}")
    shoot(ann, f"profile-{kind}")
    ann.profile.get_by_role("tab", name="General").click()
    shoot(ann, f"general-{kind}")
    for section, name in (
        ("Communication Overview", "overview"),
        ("Visitors List", "visitors"),
    ):
        ann.goes_to(section)
        shoot(ann, f"{name}-{kind}")
    reports(ann, kind)
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    shoot(vera, f"ended-{kind}")
    queued(browser, demo, ann, kind)
    ann.switches(on=False)
    ann.leaves()
    vera.leaves()


def states(browser: Browser, kind: str, options: dict[str, Any]) -> None:
    """Every state of the dashboard, in one size and theme."""

    def look(page: Page, name: str) -> None:
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=ALL / f"state-{name}-{kind}.png")

    show_states(browser, options, look)


def reports(ann: Operator, kind: str) -> None:
    """Each report of the last hour."""
    ann.goes_to("Reports")
    for title in ("Chats", "Visits", "Operators"):
        ann.page.get_by_role("link", name=title, exact=True).click()
        ann.page.get_by_label("Period").select_option("Last hour")
        ann.page.get_by_role("list", name="Figures").get_by_role("listitem").first.wait_for()
        shoot(ann, "reports-" + kind if title == "Chats" else f"reports-{title.lower()}-{kind}")


def queued(browser: Browser, demo: Demo, ann: Operator, kind: str) -> None:
    """A visitor who waits."""
    tom = Visitor(browser, demo, **SCREENS[kind]).opens("help")
    tom.asks("Tom")
    ann.presses("Queue", of="Tom")
    ann.goes_to("Communication Overview")
    shoot(tom, f"queued-{kind}")
    shoot(ann, f"queue-{kind}")
    tom.chat.get_by_role("button", name="Cancel", exact=True).click()
    tom.leaves()


def main() -> None:
    """Start, shoot, end."""
    ALL.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = start_demo(Path(folder) / "demo", free_port(), visitors=14)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            for kind in sys.argv[1:] or SCREENS:
                one_call(browser, demo, kind)
                states(browser, kind, SCREENS[kind])
        finally:
            browser.close()
            demo.end()
    copy_shown()


def copy_shown() -> None:
    """Keep those that the docs name."""
    SHOWN.mkdir(exist_ok=True)
    pages = [HOUSE / "README.md", *(HOUSE / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text())}
    for name in sorted(name for name in named if (ALL / name).exists()):
        shutil.copy(ALL / name, SHOWN / name)


if __name__ == "__main__":
    main()
