"""The bundles over HTTP: which may be kept for ever, which are asked for again, and what an update leaves behind."""

import asyncio
import gzip
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse

from tests.running import SHOP_KEY, running
from widget import built

FOR_EVER = "public, max-age=31536000, immutable"
Fetch = Callable[..., Awaitable[HTTPResponse]]


def asked(tmp_path: Path, scenario: Callable[[Fetch], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:

            def fetch(path: str, **headers: str) -> Awaitable[HTTPResponse]:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                url = f"http://127.0.0.1:{house.port}{path}"
                return AsyncHTTPClient().fetch(url, headers=named, decompress_response=False)

            await scenario(fetch)

    asyncio.run(run())


def test_the_tags_script_is_asked_for_each_time_and_comes_only_if_it_changed(tmp_path: Path) -> None:
    async def scenario(fetch: Fetch) -> None:
        first = await fetch("/widget.js", Accept_Encoding="gzip")
        assert first.headers["Cache-Control"] == "no-cache"
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert gzip.decompress(first.body) == (built.BUILT / "page.js").read_bytes()
        with pytest.raises(HTTPClientError) as again:
            await fetch("/widget.js", Accept_Encoding="gzip", If_None_Match=first.headers["Etag"])
        assert again.value.code == 304

    asked(tmp_path, scenario)


def test_the_chats_files_are_kept_for_ever_and_its_document_for_a_while(tmp_path: Path) -> None:
    async def scenario(fetch: Fetch) -> None:
        document = await fetch(f"/chat?site={SHOP_KEY}")
        assert document.headers["Cache-Control"] == "private, max-age=300"
        paths = re.findall(r'(?:href|src)="(/[^"]+)"', document.body.decode())
        assert [re.sub(r"[0-9a-f]{16}", "…", path) for path in paths] == [
            "/widget/built/chat.….css",
            "/widget/built/chat.….js",
        ]
        for path, kind in zip(paths, ("text/css", "text/javascript"), strict=True):
            file = await fetch(path)
            assert file.headers["Cache-Control"] == FOR_EVER
            assert file.headers["Content-Type"] == f"{kind}; charset=utf-8"
            assert file.body == (built.BUILT / f"chat{Path(path).suffix}").read_bytes()

    asked(tmp_path, scenario)


@pytest.mark.parametrize("name", ["sdk", "frame"])
def test_the_page_finds_what_it_loads_later_under_its_hash(tmp_path: Path, name: str) -> None:
    async def scenario(fetch: Fetch) -> None:
        script = (await fetch("/widget.js")).body.decode()
        (path,) = re.findall(rf"built/{name}[\w.]+", script)
        assert f"/widget/{path}" == built.address(f"{name}.js")
        assert (await fetch(f"/widget/{path}")).headers["Cache-Control"] == FOR_EVER

    asked(tmp_path, scenario)


def test_a_page_from_before_an_update_gets_the_files_of_today_but_not_for_ever(tmp_path: Path) -> None:
    async def scenario(fetch: Fetch) -> None:
        old = await fetch("/widget/built/sdk.0123456789abcdef.js")
        assert old.headers["Cache-Control"] == "no-cache"
        assert old.body == (built.BUILT / "sdk.js").read_bytes()
        for path in ("/widget/built/other.0123456789abcdef.js", "/widget/built/chat.js", "/widget/chat/main.js"):
            with pytest.raises(HTTPClientError) as missing:
                await fetch(path)
            assert missing.value.code == 404

    asked(tmp_path, scenario)


def test_a_page_from_before_there_were_bundles_finds_its_modules(tmp_path: Path) -> None:
    async def scenario(fetch: Fetch) -> None:
        asks = ["page/start.js", "page/frame.js"]
        for path in asks:
            module = await fetch(f"/widget/{path}")
            assert module.headers["Cache-Control"] == "no-cache"
            assert module.headers["Access-Control-Allow-Origin"] == "*"
            for found in re.findall(r'^import [^;]+ from "(.+?)";', module.body.decode(), re.MULTILINE):
                name = urljoin(path, found)
                asks += [] if name in asks else [name]
        assert {"page/frame.js", "page/title.js", "wire/letters.js"} < {*asks}
        assert "export function serve" in (await fetch("/widget/page/sdk.js")).body.decode()

    asked(tmp_path, scenario)


def test_another_bundle_has_another_address_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "BUILT", tmp_path)
    file = tmp_path / "chat.js"
    addresses = []
    for count, text in enumerate(("one", "two", "one")):
        file.write_text(text)
        os.utime(file, ns=(count, count))
        addresses.append(built.address("chat.js"))
    assert addresses[0] == addresses[2] != addresses[1]
