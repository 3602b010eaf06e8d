"""The registry of pages: each builds, shows, leaves; and the shell around them."""

import pytest

from dashboard.pages import PAGES
from dashboard.pages.page import Page
from dashboard.shell import Shell, facts_of
from dashboard.tab import Tab
from engine.commands import SetPart
from engine.door.answers import Person
from engine.events.parts import Operator
from engine.look.catalogue import catalogue
from tests.dashboard.conftest import Play, WithTab
from tests.dashboard.house import House
from tests.dashboard.mounted import tab_of
from tests.dashboard.people import IDS


def test_the_four_sections_have_their_labels_in_order() -> None:
    words = catalogue()
    assert [words[page.title] for page in PAGES] == [
        "Site Monitor",
        "Communication Overview",
        "Visitors List",
        "Reports",
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_builds_paints_leaves_and_comes_back(page: Page, with_tab: WithTab) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        section = page.build(tab)
        section.view.get_root()
        section.paint(dark=True)
        section.leave()
        assert house.door.subscriptions == 0

    with_tab(scenario)


def test_the_shell_keeps_sections_and_leaves_the_one_before(with_tab: WithTab) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        shell = Shell(tab)
        shell.show("monitor")
        monitor = shell.main[0]
        shell.show("overview")
        assert shell.main[0] is not monitor
        shell.show("monitor")
        assert shell.main[0] is monitor
        assert shell.current == "monitor"

    with_tab(scenario)


def test_a_page_is_open_to_its_role_and_those_above() -> None:
    page = Page(id="x", title="x", build=PAGES[0].build, need="supervise")
    assert [page.open_to(role) for role in ("operator", "supervisor", "administrator")] == [False, True, True]
    assert not page.open_to("analyst")


def test_an_analyst_sees_the_site_and_its_history_and_no_part_of_who_operates(play: Play) -> None:
    async def scenario(house: House) -> None:
        await house.changes(SetPart(part=Operator(id=house.bob.id, role="analyst", departments=()), rests_on=1))
        async with tab_of(house, "bob") as tab:
            shell = Shell(tab)
            assert [page.id for page in PAGES if page.open_to("analyst")] == ["monitor", "visitors", "reports"]
            assert shell.parts.keys() == {"nav", "menu", "lifeline", "trouble", "main"}

    play(scenario)


def test_the_facts_in_the_page_cannot_end_their_script() -> None:
    hostile = Person(
        login_session="public", operator=IDS["ann"], login="ann", name="</script><img src=x onerror=alert(1)>",
        role="operator", departments=(),
    )  # fmt: skip
    facts = facts_of(hostile, {"key": "<!--"})
    assert "<" not in facts
