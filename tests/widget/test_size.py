"""What a visitor's browser loads, in bytes over the wire as the gateway sends them."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urljoin

from tornado.httpclient import AsyncHTTPClient

from tests.running import SHOP_KEY, Running, running
from widget.assets import lean

PAGE_MOST, CHAT_MOST = 5 << 10, 40 << 10
Loaded = dict[str, int]


async def load(url: str, loaded: Loaded) -> str:
    """Fetch an address once; count its bytes as they came, and return its text."""
    packed = await AsyncHTTPClient().fetch(url, headers={"Accept-Encoding": "gzip"}, decompress_response=False)
    loaded[url] = len(packed.body)
    plain = await AsyncHTTPClient().fetch(url)
    return plain.body.decode()


async def load_module(url: str, loaded: Loaded) -> None:
    """Fetch a module and all that it imports, not what it imports later."""
    if url in loaded:
        return
    for path in re.findall(r'^import [^;]*?from "(.+?)";', await load(url, loaded), re.MULTILINE | re.DOTALL):
        await load_module(urljoin(url, path), loaded)


def measured(tmp_path: Path, scenario: Callable[[Running, str], Awaitable[Loaded]]) -> Loaded:
    async def run() -> Loaded:
        async with running(tmp_path) as house:
            return await scenario(house, f"http://127.0.0.1:{house.port}")

    return asyncio.run(run())


def test_before_the_click_a_page_loads_at_most_5_kb(tmp_path: Path) -> None:
    async def page(_house: Running, origin: str) -> Loaded:
        loaded: Loaded = {}
        await load(f"{origin}/widget.js", loaded)
        await load(f"{origin}/widget/texts/en.json?only=launcher", loaded)
        await load_module(f"{origin}/widget/page/start.js", loaded)
        return loaded

    loaded = measured(tmp_path, page)
    assert len(loaded) > 6
    assert sum(loaded.values()) <= PAGE_MOST, loaded


def test_the_chat_on_first_open_is_at_most_40_kb(tmp_path: Path) -> None:
    async def chat(_house: Running, origin: str) -> Loaded:
        loaded: Loaded = {}
        await load_module(f"{origin}/widget/page/frame.js", loaded)
        document = await load(f"{origin}/chat?site={SHOP_KEY}", loaded)
        for path in re.findall(r'(?:href|src)="(/[^"]+)"', document):
            await (load_module if path.endswith(".js") else load)(origin + path, loaded)
        await load(f"{origin}/widget/texts/en.json", loaded)
        return loaded

    loaded = measured(tmp_path, chat)
    assert len(loaded) > 20
    assert sum(loaded.values()) <= CHAT_MOST, loaded


def test_what_is_left_out_of_a_script_is_comments_and_indentation_only(tmp_path: Path) -> None:
    script = tmp_path / "a.js"
    script.write_text(
        "// a word\n/** @type {X} */ (a) ?? b; // stays\n"
        "function f() {\n  /**\n   * @param {Y} c */\n  return '// no comment';\n}\nconst url = `http://x/*`;\n"
    )
    assert lean(script, 0) == (
        "\n/** @type {X} */ (a) ?? b; // stays\n"
        "function f() {\n\n\nreturn '// no comment';\n}\nconst url = `http://x/*`;\n"
    )
