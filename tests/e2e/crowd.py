"""Many visitors of the demo's shop, each for a moment."""

from playwright.sync_api import Browser

from tests.e2e.demo import Demo
from tests.e2e.people import Visitor

MORE_THAN_A_PAGE = 26  # visitors
CROWD = """count => Promise.all(Array.from({ length: count }, () => new Promise((done, failed) => {
    const tag = document.querySelector('script[data-site]');
    const socket = new WebSocket(`${new URL(tag.src).origin.replace('http', 'ws')}/ws/page`);
    const page = { t: 'page', address: location.href, title: document.title };
    socket.onopen = () => socket.send(JSON.stringify({ t: 'hello', site: tag.dataset.site, page }));
    socket.onmessage = ({ data }) => (JSON.parse(data).t === 'welcome' ? done() : failed(data), socket.close());
    socket.onerror = failed;
})))"""


def crowd(demo: Demo, chromium: Browser) -> None:
    """More visitors than a page of the list has, each for a moment: over the widget's own socket."""
    one = Visitor(chromium, demo).opens()
    one.page.evaluate(CROWD, MORE_THAN_A_PAGE)
    one.leaves()
