"""What a visitor's browser loads, in bytes over the wire as the gateway sends them."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient

from tests.running import SHOP_KEY, Running, running
from widget import built

PAGE_MOST, CHAT_MOST = 5 << 10, 40 << 10
Loaded = dict[str, int]


async def load(url: str, loaded: Loaded) -> str:
    """Fetch an address; count its bytes as they came, and return its text."""
    packed = await AsyncHTTPClient().fetch(url, headers={"Accept-Encoding": "gzip"}, decompress_response=False)
    loaded[url] = len(packed.body)
    plain = await AsyncHTTPClient().fetch(url)
    return plain.body.decode()


def measured(tmp_path: Path, scenario: Callable[[Running, str], Awaitable[Loaded]]) -> Loaded:
    async def run() -> Loaded:
        async with running(tmp_path) as house:
            return await scenario(house, f"http://127.0.0.1:{house.port}")

    return asyncio.run(run())


def imports(script: str) -> list[str]:
    """What a script loads by itself or later, but for what a page loads when it is asked for: the window, the calls."""
    return [path for path in re.findall(r"\bimport\b[^;]{0,80}", script) if not re.search(r"built/(sdk|frame)\.", path)]


def test_before_the_click_a_page_loads_at_most_5_kb(tmp_path: Path) -> None:
    async def page(_house: Running, origin: str) -> Loaded:
        loaded: Loaded = {}
        script = await load(f"{origin}/widget.js", loaded)
        assert not imports(script)
        await load(f"{origin}/widget/texts/en.json?only=launcher", loaded)
        return loaded

    loaded = measured(tmp_path, page)
    assert 2_000 < sum(loaded.values()) <= PAGE_MOST, loaded


def test_the_chat_on_first_open_is_at_most_40_kb(tmp_path: Path) -> None:
    async def chat(_house: Running, origin: str) -> Loaded:
        loaded: Loaded = {}
        await load(origin + built.address("frame.js"), loaded)
        document = await load(f"{origin}/chat?site={SHOP_KEY}", loaded)
        for path in re.findall(r'(?:href|src)="(/[^"]+)"', document):
            assert not imports(await load(origin + path, loaded))
        return loaded

    loaded = measured(tmp_path, chat)
    assert len(loaded) == 4, loaded
    assert 10_000 < sum(loaded.values()) <= CHAT_MOST, loaded
