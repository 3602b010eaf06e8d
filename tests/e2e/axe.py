"""axe over a page: what it finds wrong in every frame, with all its rules on in the light, and in the dark with those
that look at colours: the themes differ in little else.

It is put into each frame over the browser's own debugging, which no Content-Security-Policy of a page forbids, and
asked in each frame on its own, so that a frame has to hold as a document, too.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Error, Frame, Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Half faded in, every colour is another one: what moves comes to rest first. A document tells of its own animations
# only: each shadow root is asked for those inside it. What keeps moving has to hold while it moves.
ROOTS = """const roots = root => [root, ...[...root.querySelectorAll('*')]
    .flatMap(one => one.shadowRoot ? roots(one.shadowRoot) : [])];"""
RUN = """async rules => {
    {roots}
    const ends = one => one.effect?.getComputedTiming().endTime !== Infinity && one.playState === 'running';
    const moving = () => roots(document).flatMap(root => root.getAnimations()).filter(ends);
    const deadline = performance.now() + 5000;
    for (let now = moving(); now.length && performance.now() < deadline; now = moving())
        await Promise.race([  // in a frame that is not on the screen an animation stands still for ever
            Promise.allSettled(now.map(one => one.finished)), new Promise(late => setTimeout(late, 1000))]);
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'], ...rules });
    return violations.map(({ id, help, nodes }) => ({
        id, help, where: nodes.map(({ target, any }) => [target.flat().join(' '), any[0]?.message ?? '']) }));
}""".replace("{roots}", ROOTS)
# A page has all it will show once nothing has changed in it for a while.
QUIET = """quiet => new Promise(done => {
    {roots}
    const shown = () => roots(document).map(root => root.querySelectorAll('*').length).join();
    let [before, since] = ['', 0];
    const end = performance.now() + 10000;
    const look = () => {
        const now = shown();
        if (now !== before) [before, since] = [now, performance.now()];
        if (performance.now() - since >= quiet || performance.now() > end) done(true);
        else setTimeout(look, 100);
    };
    look();
})""".replace("{roots}", ROOTS)
QUIET_MS = 400
# The page follows a change at once; it is left in the light.
THEMES: dict[Literal["dark", "light"], dict[str, Any]] = {
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
    "light": {},
}


def at_rest(page: Page) -> None:
    """Wait until a page shows all it will show."""
    page.evaluate(QUIET, QUIET_MS)


def findings(page: Page) -> list[str]:
    """What axe finds in every frame of the page, dark and light, a line each: theme, frame, rule, and where."""
    found: list[str] = []
    for theme, rules in THEMES.items():
        _switch(page, theme)
        found += [
            f"{theme} {line}" for frame in page.frames if not frame.is_detached() for line in _findings(frame, rules)
        ]
    return found


def _switch(page: Page, theme: Literal["dark", "light"]) -> None:
    """Switch the theme without motion: in a frame that is not on the screen colours would stand still half-way."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for frame in page.frames:
        with suppress(Error):  # it may go at any moment
            frame.evaluate("document.body.offsetHeight")


def _findings(frame: Frame, rules: dict[str, Any]) -> list[str]:
    try:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(SOURCE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = frame.evaluate(RUN, rules)
    except Error:
        if frame.is_detached():
            return []
        raise
    return [
        f"{frame.url}: {one['id']} ({one['help']}): {where}" + (f" ({why})" if why else "")
        for one in found
        for where, why in one["where"]
    ]
