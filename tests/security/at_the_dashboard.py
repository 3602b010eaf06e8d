"""The dashboard: its addresses with everybody and nobody, and what a tab's own socket can be made to ask for."""

import json
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

import dashboard.shell  # noqa: F401 - it loads all components
from bench.tab import Tab
from dashboard.components.acting import Acting
from engine.commands.filling import bare
from engine.ids import draw_id
from tests.running import PASSWORD
from tests.security.house import WholeHouse
from tests.security.table import DONE, OPERATE, ROLES
from tests.security.tried import FORBIDDEN, IN, Tried

ADDRESS, TAB = "address", "tab"
ACTING = frozenset(component.__name__ for component in Acting.__subclasses__())  # each lets a tab ask for every act
TO_LOGIN = "302 /app/login"
# What comes to nobody, and to whoever is signed in: all else is for people, or says nothing of the house.
ADDRESSES = {
    "/app/": (TO_LOGIN, "200"),
    "/app": (TO_LOGIN, "302 /app/"),
    f"/app/export/{'0' * 16}.csv": (TO_LOGIN, "404"),
    "/app/login": ("200", "302 /app/"),
    "/app/health": ("200", "200"),
    "/app/ws": ("403", "403"),  # not by a socket's handshake
}
POSTED = ("/app/login", "/app/logout", "/app/setup")


async def addresses(house: WholeHouse) -> AsyncIterator[Tried]:
    """Each address that is not a plain file with nobody, a guessed cookie and each role; forms from elsewhere."""
    cookies = {"nobody": "", "guessed cookie": f"parlour_operator={draw_id()}"}
    for role in ROLES:
        cookies[role] = await Tab(house.dashboard, _nothing).sign_in(role, PASSWORD)
    for address, (out, signed_in) in ADDRESSES.items():
        for who, cookie in cookies.items():
            must = signed_in if who in ROLES else out
            yield Tried(ADDRESS, f"GET {address}", who, "", must, await _answer(house, address, cookie))
    for address in POSTED:
        for who, cookie in cookies.items():
            came = await _answer(house, address, cookie, body="login=administrator&password=guessed")
            yield Tried(ADDRESS, f"POST {address} of another site", who, "", "403", came)


async def acts(house: WholeHouse) -> AsyncIterator[Tried]:
    """Each act with each role by the socket of their own tab, whatever the tab shows them."""
    for role in ROLES:
        tab = Tab(house.dashboard, _nothing)
        await tab.open(role, PASSWORD)
        try:
            acting = ACTING & tab.components
            must = "some" if role in OPERATE else "none"
            yield Tried(TAB, "components with acts", role, "", must, "some" if acting else "none")
            for act, case in DONE.items() if acting else ():
                if "dashboard" not in act.answered:
                    continue  # a sign: it has no outcome
                for department in house.talks if case.about else ("",):
                    frame = json.loads(msgspec.json.encode(bare(case.make(house.talks[department or "Support"]))))
                    said = await tab.ask(min(acting), frame)
                    must = IN if case.lets_in(role, department) else FORBIDDEN
                    came = FORBIDDEN if said.get("reason") == FORBIDDEN else IN
                    yield Tried(TAB, act.__name__, role, department, must, came)
        finally:
            tab.close()


async def sockets(house: WholeHouse) -> AsyncIterator[Tried]:
    """A tab's socket with a page's token, for others than who got the page."""
    tab = Tab(house.dashboard, _nothing)
    owner, other = [await tab.sign_in(role, PASSWORD) for role in ("administrator", "operator")]
    for who, cookie, origin, must in (
        ("nobody", "", house.dashboard, "403"),
        ("another person", other, house.dashboard, "closed 4403"),
        ("page of another site", owner, "https://evil.example", "403"),
        ("no page at all", owner, None, "403"),
        ("its owner", owner, house.dashboard, IN),
    ):
        token = await tab.token(owner)
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
        url = "ws" + house.dashboard.removeprefix("http") + "/app/ws"
        try:
            socket = await websocket_connect(HTTPRequest(url, headers=headers), subprotocols=["bokeh", token])
            message = await socket.read_message()
            came = f"closed {socket.close_code}" if message is None else IN
            socket.close()
        except HTTPClientError as refused:
            came = str(refused.code)
        yield Tried(TAB, "socket with a page's token", who, "", must, came)


async def _answer(house: WholeHouse, address: str, cookie: str, *, body: str | None = None) -> str:
    request = HTTPRequest(
        house.dashboard + address,
        method="GET" if body is None else "POST",
        body=body,
        headers={"Cookie": cookie},
        follow_redirects=False,
    )
    answer = await AsyncHTTPClient().fetch(request, raise_error=False)
    return " ".join([str(answer.code), *answer.headers.get_list("Location")])


def _nothing(_component: str, _message: dict[str, Any], _at: int) -> None:
    pass
