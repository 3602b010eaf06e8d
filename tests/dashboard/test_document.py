"""The dashboard's document and its websocket: who may have them, and what they carry, over real HTTP."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.tab import PULL
from dashboard import tab_socket
from dashboard.panel import documents
from dashboard.panel.component import Component
from dashboard.panel.outgoing import TOO_SLOW, Outgoing
from engine.counters import Browsers, Sockets
from engine.door.requests import SignOut
from engine.wire.dial import hang_up
from engine.wire.stream import dialled_stream
from tests.dashboard.doorway import Doorway
from tests.dashboard.house import House
from tests.dashboard.rows import talk
from tests.dashboard.running import Running
from tests.parlour.whole import until

pytestmark = pytest.mark.slow


@pytest.fixture
def door(running: Running) -> Doorway:
    return running.house.door


def token_of(page: str) -> str:
    """The page's Bokeh token."""
    found = re.search(r'"token":"([^"]+)"', page)
    assert found
    return found[1]


@asynccontextmanager
async def connected(running: Running, cookie: str, token: str) -> AsyncIterator[WebSocketClientConnection]:
    """A tab's websocket, closed and read to its end when left."""
    headers = {"Origin": running.base, "Cookie": cookie}
    url = f"ws://127.0.0.1:{running.port}/app/ws"
    socket = await websocket_connect(HTTPRequest(url, headers=headers), subprotocols=["bokeh", token])
    try:
        yield socket
    finally:
        await hang_up(socket)


async def code_of(running: Running, cookie: str, token: str) -> int | None:
    """The code with which a websocket is closed by the server."""
    async with connected(running, cookie, token) as socket:
        while await socket.read_message() is not None:
            pass
        return socket.close_code


async def document_of(running: Running, cookie: str, token: str) -> str:
    """The document as a browser pulls it, as JSON."""

    async def said(what: str) -> str:
        while what not in (frame := str(await socket.read_message())):
            assert frame != "None", f"closed before it said {what}"
        return frame

    async with connected(running, cookie, token) as socket:
        await said('"ACK"')
        for frame in PULL:
            socket.write_message(frame)
        return await said('"doc"')


def test_the_page_carries_no_secret(running: Running, door: Doorway) -> None:
    cookie = running.sign_in()
    response, page = running.get("/app/", Cookie=cookie)
    (secret,) = door.secrets
    payload = token_of(page).split(".")[0]
    assert response.status == 200
    assert secret not in page
    assert secret.encode() not in base64.urlsafe_b64decode(payload + "==")
    assert "parlour_operator" not in page


def test_a_session_from_the_address_is_refused(running: Running) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    for path in (f"/app/?bokeh-token={token}", "/app/?bokeh-session-id=x"):
        assert running.get(path, Cookie=cookie)[0].status == 403
    assert running.get("/app/", Cookie=cookie, Bokeh_Session_Id="x")[0].status == 403


def test_while_main_is_away_the_page_says_so_and_comes_back(running: Running) -> None:
    cookie = running.sign_in()
    running.do(lambda house: setattr(house.door, "up", False))
    response, page = running.get("/app/", Cookie=cookie)
    assert response.status == 503
    assert "Reconnecting" in page
    assert "away.js" in page


@pytest.mark.parametrize(
    "path",
    [
        "/app/components/this/x/_bundle_path/x.js",
        "/app/components/os/path/_bundle_path/x.js",
        "/app/components/dashboard.app/serve/_bundle_path/x.js",
        "/app/components/dashboard.components.nav/Nav/__doc__/nav.js",
        "/app/static/parlour/../app.py",
        "/app/static/parlour/%2e%2e/app.py",
        "/app/metadata",
        "/app/autoload.js",
    ],
)
def test_nothing_but_our_own_files_is_served(running: Running, path: str) -> None:
    assert running.get(path)[0].status in (403, 404)


def test_our_own_files_are_served(running: Running) -> None:
    for path in (
        "/app/components/dashboard.components.nav/Nav/_bundle_path/nav.js",
        "/app/static/parlour/shell/live.js",
        "/app/static/tokens.css",
    ):
        assert running.get(path)[0].status == 200


def test_a_websocket_needs_the_cookie_the_origin_and_its_own_page(running: Running) -> None:
    ann, bob = running.sign_in("ann"), running.sign_in("bob")
    token = token_of(running.get("/app/", Cookie=ann)[1])

    def asked(**headers: str) -> int:
        shake = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
        key = {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Protocol": f"bokeh, {token}"}
        return running.get("/app/ws", **shake, **key, **headers)[0].status

    assert asked(Origin=running.base) == 403
    assert asked(Cookie=ann) == 403
    assert asked(Cookie=ann, Origin="http://evil.example") == 403
    assert asyncio.run(code_of(running, bob, token)) == 4403
    assert running.counted == Browsers(not_let_in=4)


def test_a_page_of_the_process_before_gets_a_document_that_asks_no_other_host(running: Running) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    running.stop()
    running.start()

    sheets = re.findall(r'"url":"([^"]*\.css[^"]*)"', asyncio.run(document_of(running, cookie, token)))
    assert {urlsplit(url).netloc for url in sheets} == {""}


def test_the_document_is_the_same_as_with_all_of_bokehs_checks(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> Any:
        cookie = running.sign_in()
        page = running.get("/app/", Cookie=cookie)[1]
        document = asyncio.run(document_of(running, cookie, token_of(page)))
        return json.loads(counted(document), object_hook=in_order)

    def counted(text: str) -> str:
        """With ids and names that go on from document to document counted from the first."""
        seen: dict[str, str] = {}
        names = re.compile(r"\bp\d{4,}\b|[0-9a-f]{8}-[0-9a-f-]{27}|(?<=[a-z])\d{5}\b")
        return names.sub(lambda one: seen.setdefault(one[0], f"#{len(seen)}"), text)

    def in_order(part: dict[str, Any]) -> dict[str, Any]:
        return {**part, "entries": sorted(part["entries"])} if part.get("type") == "set" else part

    ours = made()
    monkeypatch.setattr(documents, "validate", lambda _on: nullcontext())
    assert made() == ours


def test_others_have_their_turns_while_a_document_is_made(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = running.sign_in()
    turns, made_in = [0], list[int]()
    stock = Component.server_doc

    async def another() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    def server_doc(self: Component, *given: Any, **named: Any) -> Any:
        made_in.append(turns[0])
        return stock(self, *given, **named)

    async def begin() -> asyncio.Task[None]:
        return asyncio.create_task(another())

    monkeypatch.setattr(Component, "server_doc", server_doc)
    others = running.at(lambda _house: begin())
    page = running.get("/app/", Cookie=cookie)[1]
    running.do(lambda _house: others.cancel())
    assert token_of(page)
    assert len(made_in) > 5
    assert len(set(made_in)) == len(made_in)  # no two parts in the same turn


def test_who_wants_a_document_that_is_being_made_gets_it_whole(running: Running) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    whole = len(json.loads(asyncio.run(document_of(running, cookie, token)))["doc"]["roots"])
    running.stop()  # the page's session is gone with it: who comes first has it made anew
    running.start()

    async def two() -> list[str]:
        return await asyncio.gather(*(document_of(running, cookie, token) for _ in range(2)))

    first, second = asyncio.run(two())
    assert first == second
    assert len(json.loads(first)["doc"]["roots"]) == whole > 5


def test_an_open_tab_is_presence_and_ends_with_its_socket(running: Running, door: Doorway) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])

    async def open_and_close() -> None:
        async with connected(running, cookie, token):
            await asyncio.to_thread(until, lambda: len(door.tabs) == 1, what="the tab is open")
        await asyncio.to_thread(until, lambda: not door.tabs, what="the tab is gone")

    asyncio.run(open_and_close())


def test_signing_out_closes_the_sockets_of_all_tabs(running: Running, door: Doorway) -> None:
    cookie = running.sign_in()
    page = running.get("/app/", Cookie=cookie)[1]
    token, xsrf = token_of(page), page.split('name="_xsrf" value="')[1].split('"')[0]

    async def sign_out() -> int | None:
        ending = asyncio.create_task(code_of(running, cookie, token))
        await asyncio.to_thread(until, lambda: door.tabs, what="the tab is open")
        await asyncio.to_thread(running.post, "/app/logout", {"_xsrf": xsrf}, Cookie=f"{cookie}; _xsrf={xsrf}")
        return await ending

    assert asyncio.run(sign_out()) == 4401
    assert not door.tabs


def test_a_session_that_ended_elsewhere_closes_the_sockets(running: Running, door: Doorway) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])

    async def ended() -> int | None:
        ending = asyncio.create_task(code_of(running, cookie, token))
        await asyncio.to_thread(until, lambda: door.tabs, what="the tab is open")
        (secret,) = door.secrets
        running.at(lambda house: house.main.door.ask(SignOut(session=secret)))
        await asyncio.to_thread(running.get, "/app/", Cookie=cookie)
        return await ending

    assert asyncio.run(ended()) == 4401


def test_a_document_disposes_of_all_it_watched(running: Running, door: Doorway) -> None:
    cookie = running.sign_in()
    page = running.get("/app/", Cookie=cookie)[1]

    async def stays() -> None:
        async with connected(running, cookie, token_of(page)) as socket:
            await watch_the_bar(socket, door)

    asyncio.run(stays())
    until(lambda: door.subscriptions == 0, 20.0, what="nothing is watched")


def test_a_browser_that_reads_nothing_is_cut_off_and_harms_nobody(
    running: Running, door: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outgoing, "bound", 1 << 20)
    cookie = running.sign_in()
    page = running.get("/app/", Cookie=cookie)[1]

    def flood(house: House) -> None:
        row = talk("chat", title="x" * (256 << 10))
        for _ in range(120):  # 30 MB: more than the kernel keeps for the two
            house.door.put("mine", row)

    async def stays() -> int | None:
        async with connected(running, cookie, token_of(page)) as socket:
            await watch_the_bar(socket, door)
            await asyncio.to_thread(running.do, flood)
            async with asyncio.timeout(20):
                while await socket.read_message() is not None:
                    pass
            return socket.close_code

    assert asyncio.run(stays()) == TOO_SLOW
    assert running.counted == Browsers(tabs=Sockets(too_slow=1))
    until(lambda: not door.tabs, what="the tab is gone")
    assert running.get("/app/health")[0].status == 200


def test_a_browser_that_stands_still_is_no_longer_present(
    running: Running, door: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tab_socket, "BEAT_S", 0.2)
    cookie = running.sign_in()
    page = running.get("/app/", Cookie=cookie)[1]

    async def stays() -> None:
        async with connected(running, cookie, token_of(page)):
            await asyncio.to_thread(until, lambda: door.tabs, what="the tab is open")
            until(lambda: not door.tabs, what="presence ends")  # meanwhile the browser's loop stands still
            assert running.counted == Browsers(tabs=Sockets(silent=1))

    asyncio.run(stays())


@pytest.mark.parametrize("frames", [("junk", "{}", "{}"), ('{"msgid":"1","msgtype":"OK"}', "{}", "{}")])
def test_what_is_no_message_of_bokehs_is_counted_and_ends_the_socket(
    running: Running, door: Doorway, frames: tuple[str, ...]
) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])

    async def stays() -> None:
        async with connected(running, cookie, token) as socket:
            await reply(socket)
            for frame in frames:
                await socket.write_message(frame)
            async with asyncio.timeout(20):
                while await socket.read_message() is not None:
                    pass

    asyncio.run(stays())
    assert running.counted == Browsers(tabs=Sockets(bad_frames=1))
    until(lambda: not door.tabs, what="the tab is gone")


@pytest.mark.parametrize("opcode", [0x9, 0xA], ids=["pings", "pongs"])
def test_a_tab_that_pings_without_end_is_cut_off(running: Running, door: Doorway, opcode: int) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])

    async def floods() -> None:
        async with connected(running, cookie, token) as socket:
            await reply(socket)
            stream: Any = dialled_stream(socket)
            stream.write(bytes((0x80 | opcode, 0x80, 0, 0, 0, 0)) * 100)
            async with asyncio.timeout(20):
                while await socket.read_message() is not None:
                    pass

    asyncio.run(floods())
    assert running.counted == Browsers(refused={"pings": 1})
    until(lambda: not door.tabs, what="the tab is gone")


async def watch_the_bar(socket: WebSocketClientConnection, door: Doorway) -> None:
    """Load the document and let its summary bar begin to watch."""
    await reply(socket)
    await pull(socket)
    doc = json.loads(str((await reply(socket))[2]))["doc"]
    model = next(root for root in doc["roots"] if root["attributes"]["name"] == "summary")
    await tell(socket, model["id"], {"t": "ready"})
    await asyncio.to_thread(until, lambda: door.subscriptions == 3, what="the bar watches")


async def reply(socket: WebSocketClientConnection) -> list[str | bytes | None]:
    """One message of Bokeh's protocol: three frames."""
    return [await socket.read_message() for _ in range(3)]


async def pull(socket: WebSocketClientConnection) -> None:
    """Ask for the document, and say that it is ready: components begin then."""
    for part in ('{"msgid":"1","msgtype":"PULL-DOC-REQ"}', "{}", "{}"):
        await socket.write_message(part)
    await happens(socket, "document_ready", [])


async def tell(socket: WebSocketClientConnection, model: str, data: dict[str, Any]) -> None:
    """Send a component's message."""
    entries = [["model", {"id": model}], ["data", {"type": "map", "entries": [list(pair) for pair in data.items()]}]]
    await happens(socket, "data_event", entries)


async def happens(socket: WebSocketClientConnection, name: str, entries: list[list[Any]]) -> None:
    """Send an event of Bokeh's."""
    event = {"type": "event", "name": name, "values": {"type": "map", "entries": entries}}
    patch = {"events": [{"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": event}]}
    for part in ('{"msgid":"2","msgtype":"PATCH-DOC"}', "{}", json.dumps(patch)):
        await socket.write_message(part)
