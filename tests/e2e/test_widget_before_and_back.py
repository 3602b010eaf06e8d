"""Pages that a browser makes beforehand, or brings back as they were: in a real Chromium that nobody drives.

Who drives one (by its developer tools) takes both from it. Here the pages themselves go on, as soon as the site has a
page "go"; what they tell is looked at in the house.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.streams.folds.presence import Visit
from tests.browser import CHROMIUM, FLAGS
from tests.e2e.inside import PLAIN, Inside, SitePage
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
MORE_S = 2
GO_ON = """<script>
addEventListener('pageshow', ({{ persisted }}) => {{
    if (persisted) document.title = 'Back';
    else setTimeout(async function look() {{
        if ((await fetch('/go')).ok) {then};
        else setTimeout(look, 100);
    }});
}});
</script></head>"""
RULES = '<script type=speculationrules>{"prerender": [{"urls": ["/beforehand"], "eagerness": "immediate"}]}</script>'
MADE_BEFORE = "<script>if (document.prerendering) document.title = 'Beforehand'</script></head>"


def page(head: str) -> SitePage:
    return SitePage(html=PLAIN.replace("</head>", head))


@pytest.fixture
def house(house: Inside) -> Iterator[Inside]:
    house.pages["speculating"] = page(RULES + GO_ON.format(then="location.href = '/beforehand'"))
    house.pages["beforehand"] = page(MADE_BEFORE)
    house.pages["there"] = page(GO_ON.format(then="location.href = '/and-back'"))
    house.pages["and-back"] = page("<script>setTimeout(() => history.back(), 1000)</script></head>")
    yield house
    house.pages.pop("go", None)


@contextmanager
def browsing(folder: Path, address: str) -> Iterator[None]:
    """A browser of its own, with a page."""
    flags = [*FLAGS, "--headless=new", f"--user-data-dir={folder}"]
    with subprocess.Popen([CHROMIUM, *flags, address], stderr=subprocess.DEVNULL) as browser:
        try:
            yield
        finally:
            browser.terminate()


def visit(house: Inside) -> Visit | None:
    return next((shown for shown in map(house.visit, house.visitors) if shown), None)


def views(house: Inside) -> list[tuple[str, str | None]]:
    shown = visit(house)
    return [(one.address.removeprefix(house.site), one.title) for one in shown.pages] if shown else []


def test_a_prerendered_page_is_told_of_when_it_is_looked_at(house: Inside, tmp_path: Path) -> None:
    first, then = ("/speculating", "Tea"), ("/beforehand", "Beforehand")
    with browsing(tmp_path, f"{house.site}/speculating"):
        until(lambda: views(house) == [first], what="the first page", within=15)
        stays(house, [first])
        house.pages["go"] = SitePage()
        until(lambda: len(views(house)) > 1, what="the page that was made beforehand")
        stays(house, [first, then])
        assert len(house.visitors) == 1


def test_a_page_from_the_browsers_cache_is_a_view_again(house: Inside, tmp_path: Path) -> None:
    wanted: list[tuple[str, str | None]] = [("/there", "Tea"), ("/and-back", "Tea"), ("/there", "Back")]
    with browsing(tmp_path, f"{house.site}/there"):
        until(lambda: views(house) == wanted[:1], what="the page", within=15)
        house.pages["go"] = SitePage()
        until(lambda: len(views(house)) >= len(wanted), what="the page again")
        stays(house, wanted)
        shown = visit(house)
        assert shown is not None and shown.here


def stays(house: Inside, wanted: list[tuple[str, str | None]]) -> None:
    """Nothing else is told for a while."""
    with pytest.raises(AssertionError):
        until(lambda: views(house) != wanted, what="another view", within=MORE_S)
    assert views(house) == wanted
