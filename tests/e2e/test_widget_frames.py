"""Where the chat's frame may not go, or the page is nobody's: it works, or says so in a sentence, and what cures it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, expect

from engine.wire.origins import normal
from tests.browser import CHROMIUM, FLAGS
from tests.e2e.inside import KEY, PLAIN, Inside, SitePage
from tests.e2e.names import flags_of

pytestmark = pytest.mark.e2e
LABEL = re.compile("^(Click for Live Help|Leave a message)$")
ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin"}
COEP = "Cross-Origin-Embedder-Policy"
WINDOW_MS = 20_000  # until the window is there, or the sentence in its place


def tagged(tag: str) -> SitePage:
    return SitePage(html=PLAIN.replace("{tag}", tag))


PAGES = {
    "require-corp": SitePage(headers=ISOLATED | {COEP: "require-corp"}),
    "credentialless": SitePage(headers=ISOLATED | {COEP: "credentialless"}),
    "no-frames": SitePage(policy="frame-src 'none'"),
    "in-address": tagged(f'<script async src="{{origin}}/widget.js?site={KEY}&lang=x-rtl"></script>'),
    "module": tagged(f'<script type="module" src="{{origin}}/widget.js" data-site="{KEY}"></script>'),
    "module-in-address": tagged(f'<script type="module" async src="{{origin}}/widget.js?site={KEY}"></script>'),
    "by-a-tag-manager": tagged(
        "<script>const tag = document.createElement('script'); tag.async = true;"
        f"tag.src = '{{origin}}/widget.js?site={KEY}&consent=required'; document.head.append(tag);</script>"
    ),
    "wrong-key": tagged('<script async src="{origin}/widget.js" data-site="of-nobody"></script>'),
}


@pytest.fixture
def house(house: Inside) -> Iterator[Inside]:
    house.pages.update(PAGES)
    yield house
    house.may_be_embedded_from(house.site)


@pytest.fixture
def context(house: Inside, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


class Console:
    """What a page's console says."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))

    def ours(self, *texts: str) -> str:
        """Wait for a warning of ours with all these texts in it."""
        for _ in range(WINDOW_MS // 50):
            found = [one for one in self.said if one.startswith("Parlour:") and all(text in one for text in texts)]
            if found:
                return found[0]
            self._page.wait_for_timeout(50)
        raise AssertionError(self.said)


def button(page: Page | Frame) -> Locator:
    return page.get_by_role("button", name=LABEL)


def opens(page: Page | Frame) -> None:
    """The button opens the window, which is alive."""
    button(page).click()
    chat = page.frame_locator("parlour-widget iframe")
    expect(chat.get_by_role("dialog").first).to_be_visible(timeout=WINDOW_MS)
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    expect(button(page)).to_have_attribute("aria-busy", "false")


def says(page: Page | Frame, sentence: str) -> None:
    """A click leads to a sentence, and the button is neither busy nor another one."""
    label = button(page).inner_text()
    button(page).click()
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible(timeout=WINDOW_MS)
    expect(button(page)).not_to_have_attribute("aria-busy", "true")
    assert button(page).inner_text() == label


@pytest.mark.parametrize("path", ["require-corp", "credentialless"])
def test_the_chat_opens_on_an_isolated_page(house: Inside, page: Page, path: str) -> None:
    page.goto(f"{house.site}/{path}")
    assert page.evaluate("crossOriginIsolated")
    opens(page)


@pytest.mark.parametrize("path", ["in-address", "module", "module-in-address"])
def test_a_tag_may_have_its_key_in_the_address_and_be_a_module(house: Inside, page: Page, path: str) -> None:
    page.goto(f"{house.site}/{path}")
    if path == "in-address":
        expect(page.get_by_role("button", name=re.compile("^⟦"))).to_be_visible()
        return
    opens(page)
    assert page.evaluate("typeof Parlour.open") == "function"


def test_a_tag_managers_tag_waits_for_consent_as_its_address_says(house: Inside, page: Page) -> None:
    page.goto(f"{house.site}/by-a-tag-manager")
    opens(page)
    assert page.evaluate("localStorage.length") == 0
    page.evaluate("Parlour.consent()")
    page.wait_for_function("localStorage.length === 1")


def framed(house: Inside, page: Page, outer: str, attributes: str = "") -> Frame:
    """The site's page in a frame of a page of `outer`, which is the same server under whatever name."""
    frame = f'<iframe {attributes} src="{house.site}/" width="900" height="700"></iframe>'
    house.pages["outer"] = SitePage(html=f"<!doctype html><title>Outer</title>{frame}")
    page.goto(f"{outer}/outer")
    (inside,) = page.main_frame.child_frames
    return inside


def test_in_a_foreign_frame_a_sentence_says_so_and_the_page_by_itself_has_the_chat(house: Inside, page: Page) -> None:
    console, foreign = Console(page), house.site.replace("localhost", "127.0.0.1")
    inside = framed(house, page, foreign)
    says(inside, "The chat cannot open here, because this page is shown inside another site.")
    console.ours(foreign, f"parlour site change {KEY} --add-origin {foreign}")
    with page.context.expect_page() as alone:
        inside.get_by_role("link", name="Open the page by itself").click()
    opens(alone.value)


def test_a_foreign_frame_that_is_one_of_the_sites_origins_shows_the_chat(house: Inside, page: Page) -> None:
    foreign = house.site.replace("localhost", "127.0.0.1")
    house.may_be_embedded_from(house.site, foreign)
    opens(framed(house, page, foreign))


def test_where_the_pages_policy_lets_no_frame_in_a_sentence_says_so(house: Inside, page: Page) -> None:
    console = Console(page)
    page.goto(f"{house.site}/no-frames")
    says(page, "The chat cannot open on this page.")
    console.ours(f"frame-src {house.origin}")
    says(page, "The chat cannot open on this page.")  # it is tried once more with each click
    assert sum("frame-src" in one for one in console.said if one.startswith("Parlour:")) == 1


def test_while_the_server_cannot_be_reached_a_sentence_says_so_and_the_next_click_opens(
    house: Inside, page: Page
) -> None:
    page.goto(f"{house.site}/")
    expect(button(page)).to_be_visible()
    page.route(f"{house.origin}/**", lambda route: route.abort())
    says(page, "The chat cannot be reached now.")
    page.unroute(f"{house.origin}/**")
    opens(page)
    expect(page.get_by_role("status").filter(has_text="The chat cannot be reached now.")).to_have_count(0)


def nobodys(page: Page) -> None:
    """There is no button, also after the time when one would offer what needs no connection."""
    page.clock.run_for(60_000)
    page.wait_for_timeout(300)
    expect(page.locator("parlour-widget button")).to_have_count(0)


def test_a_page_of_an_unlisted_origin_says_which_was_seen_and_what_adds_it(house: Inside, page: Page) -> None:
    console, seen = Console(page), house.site.replace("localhost", "127.0.0.1")
    page.clock.install()
    page.goto(f"{seen}/")
    said = console.ours(f"This page is of {seen}")
    assert f"({house.site} is one" in said
    assert said.endswith(f"To allow it: parlour site change {KEY} --add-origin {seen}")
    nobodys(page)
    assert sum(one.startswith("Parlour:") for one in console.said) == 1


def test_a_page_with_a_wrong_key_says_which_and_where_the_keys_are(house: Inside, page: Page) -> None:
    console = Console(page)
    page.clock.install()
    page.goto(f"{house.site}/wrong-key")
    console.ours("No site has the key “of-nobody”", "parlour site list")
    nobodys(page)


@pytest.mark.parametrize("sandbox", ["allow-scripts allow-same-origin allow-forms", "allow-scripts"])
def test_in_a_sandbox_the_chat_opens_or_the_console_says_what_is_missing(
    house: Inside, page: Page, sandbox: str
) -> None:
    console = Console(page)
    inside = framed(house, page, house.site, f'sandbox="{sandbox}"')
    if "same-origin" in sandbox:
        opens(inside)
    else:
        console.ours("says no origin", "allow-same-origin")
        expect(inside.locator("parlour-widget button")).to_have_count(0)


@pytest.mark.parametrize(
    "blocked",
    [
        {"cookie_controls_mode": 1, "block_third_party_cookies": True},
        {"default_content_setting_values": {"cookies": 2}},
    ],
    ids=["of others", "all"],
)
def test_where_storage_is_blocked_a_whole_visit_works(
    house: Inside, chromium: Browser, tmp_path: Path, blocked: dict[str, object]
) -> None:
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps({"profile": blocked}))
    ann = house.operator()
    with chromium.browser_type.launch_persistent_context(tmp_path, executable_path=CHROMIUM, args=FLAGS) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{house.site}/")
        if "default_content_setting_values" in blocked:
            assert page.evaluate("() => { try { return !localStorage; } catch { return true; } }")
        opens(page)
        chat = page.frame_locator("parlour-widget iframe")
        chat.get_by_role("button", name="Text chat", exact=True).click()
        expect(chat.get_by_role("dialog", name="Routing your call…")).to_be_visible()
        ann.accepts()
        chat.get_by_role("textbox", name="Message", exact=True).fill("Nothing is kept here")
        chat.get_by_role("button", name="Send", exact=True).click()
        ann.says("Never mind")
        expect(chat.get_by_role("log")).to_contain_text("Never mind")
        button(page).click()
        expect(page.locator("parlour-widget iframe")).to_be_hidden()
        assert errors == []


def test_origins_as_people_write_them_let_every_page_below_them_show_the_chat(house: Inside, chromium: Browser) -> None:
    port = house.site.rpartition(":")[2]
    house.may_be_embedded_from(normal(f" HTTP://*.Bücher.test:{port}/ ", below=True))
    flags = flags_of({"*.xn--bcher-kva.test": "127.0.0.1"})
    with chromium.browser_type.launch(executable_path=CHROMIUM, args=flags) as browser:
        page = browser.new_page()
        page.goto(f"http://laden.bücher.test:{port}/")
        opens(page)
