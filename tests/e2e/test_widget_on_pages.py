"""The widget on pages that forbid, hide or ask for consent, in real Chromium: it works, and leaves next to nothing."""

import pytest
from playwright.sync_api import FloatRect, expect

from tests.e2e.inside import PLAIN, AtTheDoor, Guest, Inside, SitePage
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
ALLOWED = "frame-src {origin}; connect-src {origin} {sockets}; base-uri 'none'; require-trusted-types-for 'script'"
STRICT = {
    "by origin": SitePage(policy=f"default-src 'none'; script-src {{origin}}; {ALLOWED}"),
    "by nonce": SitePage(
        policy=f"default-src 'none'; script-src 'nonce-n0nce' {{origin}}; {ALLOWED}", attributes='nonce="n0nce"'
    ),
    "strict-dynamic": SitePage(
        policy=f"default-src 'none'; script-src 'nonce-n0nce' 'strict-dynamic'; {ALLOWED}", attributes='nonce="n0nce"'
    ),
}
GONE = """all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important;
    position: static !important; transform: scale(0) !important; pointer-events: none !important; width: 0 !important;
    height: 0 !important; font-size: 0 !important; color: transparent !important; z-index: -1 !important;
    filter: blur(9px) !important; clip-path: inset(50%) !important; animation: none !important;"""
HOSTILE = SitePage(
    html=PLAIN.replace(
        "</head>",
        f"<style>html {{ font-size: 1px; line-height: 9; text-transform: uppercase; pointer-events: none !important; }}"
        f"body *, html > *:not(head):not(body), parlour-widget, parlour-widget *, iframe, button {{ {GONE} }}"
        "*::before, *::after { content: 'ha' !important; display: block !important; }</style></head>",
    )
)

STRANGER = SitePage(
    html=PLAIN.replace("{tag}", '<script async src="{origin}/widget.js" data-site="of-nobody"></script>')
)


@pytest.fixture
def house(house: Inside) -> Inside:
    house.pages.update(STRICT)
    house.pages["hostile"] = HOSTILE
    house.pages["stranger"] = STRANGER
    house.pages["consent"] = SitePage(attributes='data-consent="required"')
    return house


def test_a_whole_call_under_each_of_the_strictest_policies_that_allow_our_origin(ann: AtTheDoor, vera: Guest) -> None:
    errors: list[str] = []
    vera.page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for page in STRICT:
        vera.comes(page)
        if page == "by origin":
            vera.in_chat(ann)
        vera.writes(f"Hello {page}")
        ann.says(f"Hello Vera {page}")
        vera.sees(f"Hello Vera {page}")
        vera.page.evaluate("Parlour('hide')")
        expect(vera.button("Click for Live Help")).to_have_count(0)
        vera.page.evaluate("Parlour.update({ bottom: 90 }), Parlour.show()")
        expect(vera.button("Click for Live Help")).to_be_visible()
    assert [one for one in errors if "favicon" not in one and "404" not in one] == []


def boxes(vera: Guest) -> list[FloatRect | None]:
    button, frame = vera.button("Click for Live Help"), vera.page.locator("iframe")
    until(lambda: frame.evaluate("one => getComputedStyle(one).opacity") == "1", what="the window")
    return [button.bounding_box(), frame.bounding_box()]


def test_it_shifts_nothing_on_the_page_and_a_pages_style_does_not_reach_it(ann: AtTheDoor, vera: Guest) -> None:
    vera.page.add_init_script(
        "new PerformanceObserver(list => { globalThis.shifts = (globalThis.shifts ?? 0) + list.getEntries().length })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    vera.comes()
    height = vera.page.evaluate("document.documentElement.scrollHeight")
    vera.asks()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    assert vera.page.evaluate("document.documentElement.scrollHeight") == height
    assert vera.page.evaluate("globalThis.shifts ?? 0") == 0
    wanted = boxes(vera)
    vera.opens("hostile")
    expect(vera.dialog("Routing your call…")).to_be_visible()
    assert boxes(vera) == wanted
    vera.button("Click for Live Help").click()
    expect(vera.page.locator("iframe")).to_be_hidden()
    look = "one => { const { fontSize, textTransform } = getComputedStyle(one); return [fontSize, textTransform]; }"
    assert vera.button("Click for Live Help").evaluate(look) == ["15px", "none"]


def stored(vera: Guest) -> dict[str, object]:
    """Everything the site keeps in this browser, as the page itself finds it."""
    kept: dict[str, object] = vera.page.evaluate(
        "async () => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage),"
        " cookie: document.cookie, databases: (await indexedDB.databases()).length, caches: await caches.keys() })"
    )
    return kept


NOTHING = {"local": [], "session": [], "cookie": "", "databases": 0, "caches": []}


def test_one_key_and_nothing_else_is_stored_on_the_site(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    vera.writes("Hello")
    vera.sees("Hello")
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("a draft")
    vera.page.evaluate("Parlour.identify({ user: '1' }), Parlour.track('looked'), Parlour.on('message', () => {})")
    vera.page.reload()
    vera.sees("Hello")
    assert stored(vera) == {**NOTHING, "local": ["parlour.visitor.inside"]}


def test_before_consent_nothing_is_stored_and_nobody_counted_and_who_consents_again_is_the_same_visitor(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.opens("consent")
    expect(vera.button("Click for Live Help")).to_be_visible()
    vera.page.evaluate(
        "history.pushState(null, '', '/consent?step=2'); Parlour.identify({ user: '1' }); Parlour.track('x')"
    )
    vera.page.wait_for_timeout(500)
    assert stored(vera) == NOTHING
    assert vera.context.cookies() == []
    assert house.visitors == {}
    vera.page.evaluate("Parlour.consent()")
    until(lambda: len(house.visitors) == 1, what="the visitor")
    until(lambda: vera.stored() != "", what="the key")
    assert stored(vera) == {**NOTHING, "local": ["parlour.visitor.inside"]}
    known = vera.visitor
    assert set(house.visitors) == {known}
    vera.opens("consent")
    expect(vera.button("Click for Live Help")).to_be_visible()
    until(lambda: house.visitors[known].lost_at, what="the leave")
    vera.page.evaluate("Parlour.consent()")
    until(lambda: not house.visitors[known].lost_at, what="the same visitor")
    assert vera.visitor == known
    assert set(house.visitors) == {known}


def test_who_asks_before_consent_is_answered_and_leaves_nothing_behind(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.opens("consent").in_chat(ann)
    vera.writes("Hello")
    ann.says("Hello you")
    vera.sees("Hello you")
    assert stored(vera) == NOTHING
    assert vera.context.cookies() == []
    vera.page.evaluate("Parlour('consent')")
    until(lambda: vera.stored() != "", what="the key")
    vera.page.reload()
    vera.page.evaluate("Parlour('consent')")
    vera.sees("Hello you")


def test_a_page_whose_key_nobody_knows_stays_without_a_button_and_says_why(house: Inside, vera: Guest) -> None:
    said: list[str] = []
    vera.page.on("console", lambda message: said.append(message.text))
    vera.page.clock.install()
    with vera.page.expect_console_message(lambda message: "unknown-site" in message.text):
        vera.page.goto(f"{house.site}/stranger")
    vera.page.clock.run_for(60_000)  # past the time after which a button would offer what needs no live connection
    expect(vera.page.locator("parlour-widget button")).to_have_count(0)
    assert sum("unknown-site" in text for text in said) == 1  # and it does not ask again
