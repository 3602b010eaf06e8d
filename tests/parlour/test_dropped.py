"""What a running house drops, at its real sockets, is counted and said by `parlour doctor`, process by process."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection

from tests.dashboard.running import Running
from tests.dashboard.test_document import connected, pull, reply, tell, token_of
from tests.parlour.test_serve import PASSWORD, furnish, parlour
from tests.parlour.whole import free_port, started

pytestmark = pytest.mark.slow
SOON = 60.0  # seconds until main knows, and is asked, on a busy machine


class Served(Running):
    """The dashboard of a house that is served, as if it were in the test."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port, self.base = data_dir, port, f"http://127.0.0.1:{port}"

    def tab(self) -> tuple[str, str]:
        """The cookie and the token of a page that was just opened."""
        cookie = self.sign_in("anna", PASSWORD)
        return cookie, token_of(self.get("/app/", Cookie=cookie)[1])

    def says(self, *lines: str) -> None:
        """Wait until the doctor says each of these lines."""
        deadline = time.monotonic() + SOON
        while wanting := [line for line in lines if line not in (said := parlour(self.data_dir, "doctor")[1])]:
            assert time.monotonic() < deadline, (wanting, said[said.index("since main's start") :])
        assert said.endswith("All is well.")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data_dir, port = tmp_path_factory.mktemp("house") / "data", free_port()
    furnish(data_dir)
    with started(data_dir, "serve", port) as parent:
        yield Served(data_dir, port + 1)
        parent.end()


async def ended(socket: WebSocketClientConnection) -> int | None:
    """Read to the end; the code with which the server closed."""
    async with asyncio.timeout(SOON):
        while await socket.read_message() is not None:
            pass
    code: int | None = socket.close_code
    return code


def test_a_bad_frame_and_who_is_not_let_in_are_said_of_the_dashboard(served: Served) -> None:
    served.says("since dashboard's start\n  tabs      0 bad frames, 0 too slow, 0 silent, 0 not let in\n")
    cookie, token = served.tab()

    async def sends_what_is_none() -> None:
        async with connected(served, cookie, token) as socket:
            await reply(socket)
            await pull(socket)
            doc = json.loads(str((await reply(socket))[2]))["doc"]
            summary = next(root["id"] for root in doc["roots"] if root["attributes"]["name"] == "summary")
            await tell(socket, summary, {"t": "seize"})  # none of ours: it is answered
            await asyncio.to_thread(served.says, "  tabs      1 bad frames, 0 too slow, 0 silent, 0 not let in\n")
            await socket.write_message(b"{", binary=True)  # none of Bokeh's: it ends the socket
            await ended(socket)

    asyncio.run(sends_what_is_none())
    served.says("  tabs      2 bad frames, 0 too slow, 0 silent, 0 not let in\n")

    async def has_no_sign_in() -> None:
        with pytest.raises(HTTPClientError, match="403"):
            async with connected(served, "", token):
                pass

    asyncio.run(has_no_sign_in())
    assert served.form("/app/login", login="anna", password="guess")[0].status == 401
    served.says(
        "  tabs      2 bad frames, 0 too slow, 0 silent, 1 not let in\n",
        "  sign-ins  1 refused\n",
    )


def test_questions_that_analytics_refused_are_said_by_reason_and_to_nobody_without_the_key(served: Served) -> None:
    analytics = f"http://127.0.0.1:{served.port + 1}"
    for _ in range(2):
        with pytest.raises(HTTPError, match="401"):
            urlopen(f"{analytics}/events")  # noqa: S310 - http, and our own
    served.says("since analytics' start\n  questions  2 refused as unauthorized\n  answers    0 too slow\n")
    with urlopen(f"{analytics}/health") as told:  # noqa: S310 - as above
        assert "counted" not in json.load(told)
