"""`parlour demo` as `make run` starts it."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.door.answers import SignedIn
from engine.door.interface import Frame
from engine.door.remote import RemoteDoor
from engine.door.requests import SignIn
from engine.views import Visitors
from parlour.keys import door_key
from parlour.reach import connected
from tests.parlour.whole import fetch, free_port, started, until
from tests.running import eventually

pytestmark = pytest.mark.slow


async def watch_visitors(port: int, data_dir: Path, anna: dict[str, Any], while_watching: Callable[[], None]) -> None:
    """See visitors on the site, do something to the demo, and see them again."""
    async with RemoteDoor(f"ws://127.0.0.1:{port}/door", door_key(data_dir)) as door:
        await connected(door, 10)
        signed_in = await door.ask(SignIn(login=anna["login"], password=anna["password"], address="127.0.0.1"))
        assert isinstance(signed_in, SignedIn)
        rows: dict[str, dict[str, Any]] = {}
        wholes = 0

        def take(frame: Frame) -> None:
            nonlocal wholes
            body = msgspec.json.decode(frame.body)
            if "all" in body:
                wholes += 1
                rows.clear()
            rows.update({row["id"]: row for row in (*body.get("all", ()), *body.get("set", ()))})

        door.watch(Visitors(), session=signed_in.session).subscribe(take)
        await eventually(lambda: any(row["here"] for row in rows.values()), within=20)
        while_watching()
        await eventually(lambda: wholes == 2 and any(row["here"] for row in rows.values()), within=20)
        assert all(row["site"] == "Fernweh" for row in rows.values())


def test_the_demo_is_ready_by_one_line_lives_through_a_kill_and_starts_again_as_it_was(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "demo", free_port()
    with started(data_dir, "demo", port, "--visitors", "2", "--no-robot") as parent:
        line = json.loads(parent.out)
        assert line["site"] == f"http://localhost:{port + 3}/"
        assert line["dashboard"] == f"http://127.0.0.1:{port + 1}/app"
        assert "Fernweh" in fetch(line["site"])
        assert fetch(line["dashboard"] + "/health")
        assert json.loads(fetch(line["analyst"]["url"] + "/health"))["ready"] is True
        until(lambda: set(parent.children) == {"main", "dashboard", "analytics", "demo-site", "visitors"}, 5)
        main = parent.children["main"]
        asyncio.run(watch_visitors(port, data_dir, line["operators"][0], lambda: os.kill(main, signal.SIGKILL)))
        assert json.loads(parent.out) == line
        assert parent.end() == 0
    with started(data_dir, "demo", port, "--visitors", "0") as parent:
        assert json.loads(parent.out) == line
        assert "visitors" not in parent.children
        assert parent.end() == 0
