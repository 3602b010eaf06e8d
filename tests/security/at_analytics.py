"""The analysts' addresses: with their key, and without."""

from collections.abc import AsyncIterator

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from engine.ids import draw_id
from parlour.keys import analyst_key
from tests.security.house import WholeHouse
from tests.security.tried import Tried

QUESTION = '{"sql": "SELECT 1"}'


async def keys(house: WholeHouse) -> AsyncIterator[Tried]:
    """Each address with no key, a guessed one, a process's key at the door, and the analysts' own."""
    known = {
        "nobody": None,
        "guessed key": draw_id(),
        "the house's key at the door": house.keys["house"],
        "the dashboard's key at the door": house.keys["dashboard"],
        "analyst": analyst_key(house.data_dir),
    }
    for method, path, body in (("POST", "/query", QUESTION), ("POST", "/screen", "{}"), ("GET", "/events", None)):
        for who, key in known.items():
            if who == "analyst" and path == "/events":
                continue  # it goes on for ever
            headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
            request = HTTPRequest(house.analytics + path, method=method, body=body, headers=headers)
            answer = await AsyncHTTPClient().fetch(request, raise_error=False)
            let_in = answer.code != 401
            yield Tried("analytics", f"{method} {path}", who, "", str(who == "analyst"), str(let_in))
