"""The registry of pages: each builds, shows, leaves; and the shell around them."""

import pytest

from dashboard.pages import PAGES
from dashboard.pages.page import Page
from dashboard.shell import Shell, facts_of
from dashboard.signins import SignIn
from dashboard.tab import Tab
from engine.look.catalogue import catalogue
from tests.dashboard.fake_door import FakeDoor, person


def tab_of(door: FakeDoor) -> Tab:
    """A tab of Ann's."""
    door.sessions["secret"] = "ann"
    return Tab(door, SignIn(secret="secret", person=door.people["ann"]))


def test_the_four_sections_have_their_labels_in_order() -> None:
    words = catalogue()
    assert [words[page.title] for page in PAGES] == [
        "Site Monitor",
        "Communication Overview",
        "Visitors List",
        "Reports",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_builds_paints_leaves_and_comes_back(page: Page, door: FakeDoor) -> None:
    tab = tab_of(door)
    section = page.build(tab)
    section.view.get_root()
    section.paint(dark=True)
    section.leave()
    assert door.subscriptions == 0
    tab.close()


def test_the_shell_keeps_sections_and_leaves_the_one_before(door: FakeDoor) -> None:
    shell = Shell(tab_of(door))
    shell.show("monitor")
    monitor = shell.main[0]
    shell.show("overview")
    assert shell.main[0] is not monitor
    shell.show("monitor")
    assert shell.main[0] is monitor
    assert shell.current == "monitor"


def test_a_page_is_open_to_its_role_and_those_above() -> None:
    page = Page(id="x", title="x", build=PAGES[0].build, need="supervise")
    assert [page.open_to(role) for role in ("operator", "supervisor", "administrator")] == [False, True, True]
    assert not page.open_to("analyst")


def test_an_analyst_sees_the_site_and_its_history_and_no_part_of_who_operates(door: FakeDoor) -> None:
    door.people["ann"] = person("ann", "Ann", role="analyst")
    tab = tab_of(door)
    shell = Shell(tab)
    assert [page.id for page in PAGES if page.open_to("analyst")] == ["monitor", "visitors", "reports"]
    assert shell.parts.keys() == {"nav", "menu", "lifeline", "main"}
    tab.close()


def test_the_facts_in_the_page_cannot_end_their_script() -> None:
    facts = facts_of(person("ann", "</script><img src=x onerror=alert(1)>"), {"key": "<!--"})
    assert "<" not in facts
