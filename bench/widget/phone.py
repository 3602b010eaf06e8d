"""The chat's first and second open on a slow phone, which Chromium plays: line and processor are held back."""

from typing import TYPE_CHECKING

import msgspec

from bench.widget.browser import BUTTON, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LATENCY_MS = 150
DOWN, UP = 1_600_000 // 8, 750_000 // 8  # bytes a second
PROCESSOR = 4  # times slower than this machine's
# A phone keeps the window in the page's process, as here: what is held back would else be the page alone.
ONE_PROCESS = ("--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process")
# The button that one has come for; what is there before it (the window, a word of patience) does not count.
ASK = "Text chat"
WATCH = """
const now = () => performance.timeOrigin + performance.now();
addEventListener("click", () => { globalThis.benchClicked ??= now() }, true);
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const there = [...document.querySelectorAll("button")].some(one => one.textContent === "ASK");
    if (document.querySelector("button")) globalThis.benchShown ??= now();
    if (globalThis.benchOpened || !there) return;
    globalThis.benchOpened = now();
    requestAnimationFrame(() => setTimeout(() => { globalThis.benchOpened = now(); globalThis.benchDone = true }));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});
""".replace("ASK", ASK)


class Opens(msgspec.Struct, frozen=True, kw_only=True):
    """What one phone needed, in ms: from the tap until one can ask, and from the page's start until the button."""

    first_ms: float
    second_ms: float
    first_shown_ms: float  # from the tap until the window has something to show
    second_shown_ms: float
    first_button_ms: float
    second_button_ms: float


def phones(shop: str, *, rounds: int) -> list[Opens]:
    """Open the page and the chat twice on so many phones that were never here. Raises `CannotStart`."""
    with launched(*ONE_PROCESS) as browser:
        return [_phone(browser, shop) for _ in range(rounds)]


def _phone(browser: "Browser", shop: str) -> Opens:
    with browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        _hold_back(page)
        first_button, first_shown, first = _open(page, shop)
        second_button, second_shown, second = _open(page, shop)
        return Opens(
            first_ms=first,
            second_ms=second,
            first_shown_ms=first_shown,
            second_shown_ms=second_shown,
            first_button_ms=first_button,
            second_button_ms=second_button,
        )


def _hold_back(page: "Page") -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    line = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": DOWN, "uploadThroughput": UP}
    cdp.send("Network.emulateNetworkConditions", line)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})


def _open(page: "Page", shop: str) -> tuple[float, float, float]:
    """Load the page as one who comes by a link, and tap: ms until the button; until the window, until one can ask."""
    page.goto(f"{shop}/", wait_until="load")
    button = page.get_by_role("button", name=BUTTON)
    button.wait_for()
    shown: float = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    button.tap()
    page.frame_locator("iframe").get_by_role("button", name=ASK).wait_for()
    chat = next(frame for frame in page.frames if "/chat?" in frame.url)
    chat.wait_for_function("globalThis.benchDone")
    began = page.evaluate("benchClicked")
    return shown, chat.evaluate("benchShown") - began, chat.evaluate("benchOpened") - began
