"""axe over a page: what it finds wrong in every frame, with all its rules on.

It is put into each frame over the browser's own debugging, which no Content-Security-Policy of a page forbids, and
asked in each frame on its own, so that a frame has to hold as a document, too.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Frame, Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Half faded in, every colour is another one: what is still moving comes to rest first.
RUN = """async () => {
    const ends = one => one.effect?.getComputedTiming().endTime !== Infinity && one.playState === 'running';
    const moving = document.getAnimations().filter(ends).map(one => one.finished.catch(() => {}));
    await Promise.race([Promise.all(moving), new Promise(run => setTimeout(run, 2000))]);
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({
        id, help, where: nodes.map(({ target, any }) => [target.flat().join(' '), any[0]?.message ?? '']) }));
}"""


def findings(page: Page) -> list[str]:
    """What axe finds in every frame of the page, a line each: the frame, the rule, and where."""
    return [line for frame in page.frames if not frame.is_detached() for line in _findings(frame)]


def _findings(frame: Frame) -> list[str]:
    try:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(SOURCE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = frame.evaluate(RUN)
    except Error:
        if frame.is_detached():
            return []
        raise
    return [
        f"{frame.url}: {one['id']} ({one['help']}): {where}" + (f" ({why})" if why else "")
        for one in found
        for where, why in one["where"]
    ]
