"""A dashboard tab without a browser: signs in over HTTP, opens its document's Bokeh socket, and speaks as the own
components' scripts do.

It must not know what is measured.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

from engine.ids import draw_id
from engine.wire.stream import send_at_once

PATIENCE = 30.0  # seconds for a page, a socket, an answer
BEAT = 4.0  # seconds between pings, as in lifeline.js
PULL = ('{"msgid":"1","msgtype":"PULL-DOC-REQ"}', "{}", "{}")
Take = Callable[[str, dict[str, Any], int], None]  # (component's class, its message, when it came in ns)


class Tab:
    """One operator's open dashboard on the Site Monitor; `take` gets each message for one of its components."""

    def __init__(self, base: str, take: Take) -> None:
        self._base = base  # the dashboard's origin
        self._take = take
        self._socket: WebSocketClientConnection | None = None
        self._frames: list[str | bytes] = []  # of the message that is just coming
        self._awaited = 3
        self._closed = False
        self._numbers = 1
        self._components: dict[str, str] = {}  # a component's class by its model's id
        self._models: dict[str, str] = {}
        self._acknowledged = asyncio.Event()
        self._document: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._beating: asyncio.Task[None] | None = None

    async def open(self, login: str, password: str) -> None:
        """Sign in, and open the dashboard."""
        await self.enter(await self.sign_in(login, password))

    async def enter(self, cookies: str) -> None:
        """Load the page, and let every component say that it is ready."""
        token = await self.token(cookies)
        headers = {"Origin": self._base, "Cookie": cookies}
        url = "ws" + self._base.removeprefix("http") + "/app/ws"
        connecting = websocket_connect(
            HTTPRequest(url, headers=headers), subprotocols=["bokeh", token], on_message_callback=self._frame
        )
        self._socket = await asyncio.wait_for(connecting, PATIENCE)
        send_at_once(self._socket)  # as browsers do
        await asyncio.wait_for(self._acknowledged.wait(), PATIENCE)
        self._write(PULL)
        self._render((await asyncio.wait_for(self._document, PATIENCE))["doc"])
        self._send_event("document_ready", [])  # BokehJS, when all is drawn; until then Panel takes a longer way
        self._beating = asyncio.create_task(self._beat(), name="a tab's pings")

    def close(self) -> None:
        """Close the tab; what still comes is nobody's."""
        self._closed = True
        if self._beating is not None:
            self._beating.cancel()
        if self._socket is not None:
            self._socket.close()

    @property
    def components(self) -> frozenset[str]:
        """The classes of those that the page has."""
        return frozenset(self._models)

    def tell(self, component: str, message: dict[str, Any]) -> None:
        """Send a component's message, as `model.send_msg` does."""
        self._send_event("data_event", [["model", {"id": self._models[component]}], ["data", _as_bokeh(message)]])

    async def ask(self, component: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send a component's question and wait for its outcome."""
        client_id = draw_id()
        self._asked[client_id] = asyncio.get_running_loop().create_future()
        self.tell(component, {**message, "client_id": client_id})
        return await asyncio.wait_for(self._asked[client_id], PATIENCE)

    # --- HTTP --------------------------------------------------------------------------------------------------------

    async def sign_in(self, login: str, password: str) -> str:
        """The cookies of a sign-in."""
        form = await self._get("/app/login", "")
        field = re.search(r'name="_xsrf" value="([^"]+)"', form.body.decode())
        cookies = _cookies(form)
        body = urlencode({"_xsrf": field[1] if field else "", "login": login, "password": password})
        request = HTTPRequest(
            f"{self._base}/app/login", method="POST", body=body, headers={"Cookie": cookies}, follow_redirects=False
        )
        answer = await AsyncHTTPClient().fetch(request, raise_error=False)
        if answer.code != 303:
            raise RuntimeError(f"{login} could not sign in: {answer.code}")
        return f"{cookies}; {_cookies(answer)}"

    async def token(self, cookies: str) -> str:
        """What a page's socket brings, from a page that is loaded for it."""
        page = await self._get("/app/", cookies)
        token = re.search(r'"token":"([^"]+)"', page.body.decode())
        if token is None:
            raise RuntimeError("the dashboard's page has no token")
        return token[1]

    async def _get(self, path: str, cookies: str) -> HTTPResponse:
        headers = {"Cookie": cookies} if cookies else {}
        request = HTTPRequest(self._base + path, headers=headers, request_timeout=PATIENCE)
        return await AsyncHTTPClient().fetch(request)

    # --- the socket --------------------------------------------------------------------------------------------------

    def _write(self, frames: tuple[str, ...]) -> None:
        if self._socket is None:
            raise RuntimeError("the tab is not open")
        for frame in frames:
            self._socket.write_message(frame)

    def _send_event(self, name: str, values: list[list[Any]]) -> None:
        self._numbers += 1
        event = {"type": "event", "name": name, "values": {"type": "map", "entries": values}}
        patch = {"events": [{"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": event}]}
        self._write((f'{{"msgid":"{self._numbers}","msgtype":"PATCH-DOC"}}', "{}", json.dumps(patch)))

    def _frame(self, frame: str | bytes | None) -> None:
        """Take a frame: a message is a header, metadata, content, and then two for each buffer."""
        now = time.monotonic_ns()
        if frame is None or self._closed:
            return
        if not self._frames:
            self._awaited = 3 + 2 * json.loads(frame).get("num_buffers", 0)
        self._frames.append(frame)
        if len(self._frames) == self._awaited:
            header, content = json.loads(self._frames[0]), self._frames[2]
            self._frames = []
            self._message(header["msgtype"], content, now)

    def _message(self, kind: str, content: str | bytes, now: int) -> None:
        if kind == "ACK":
            self._acknowledged.set()
        elif kind == "PULL-DOC-REPLY":
            self._document.set_result(json.loads(content))
        elif kind == "PATCH-DOC":
            for event in json.loads(content)["events"]:
                if event["kind"] == "MessageSent":
                    self._event(event["msg_data"], now)
                else:
                    self._render(event)

    def _event(self, event: dict[str, Any], now: int) -> None:
        values = dict(event["values"]["entries"])
        component = self._components.get(values["model"]["id"])
        if component is None or not isinstance(values.get("data"), str):
            return
        message = json.loads(values["data"])
        if message.get("t") == "outcome":
            if asked := self._asked.pop(message["client_id"], None):
                asked.set_result(message["body"])
        elif message.get("t") == "sections":
            self.tell(component, {"t": "show", "section": "monitor"})
        self._take(component, message, now)

    def _render(self, part: Any) -> None:
        """Each component that is new to the browser says that it is ready."""
        for model, component in list(_components(part)):
            if model not in self._components:
                self._components[model], self._models[component] = component, model
                self.tell(component, {"t": "ready"})

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self.tell("Lifeline", {"t": "ping", "n": int(time.time() * 1000)})


def _components(part: Any) -> Iterator[tuple[str, str]]:
    """The own components that are defined anywhere in a part of a document: (model's id, class)."""
    if isinstance(part, list):
        for one in part:
            yield from _components(one)
    elif isinstance(part, dict):
        attributes = part.get("attributes")
        if isinstance(attributes, dict) and attributes.get("class_name") and part.get("id"):
            yield part["id"], attributes["class_name"]
        for one in part.values():
            yield from _components(one)


def _as_bokeh(message: dict[str, Any]) -> dict[str, Any]:
    return {"type": "map", "entries": [list(pair) for pair in message.items()]}


def _cookies(answer: HTTPResponse) -> str:
    jar: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("Set-Cookie"):
        jar.load(line)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
