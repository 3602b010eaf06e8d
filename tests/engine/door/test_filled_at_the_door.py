"""What caller or engine fills, brought in an otherwise good act through the door: it closes, nothing is kept."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from engine.commands import SwitchLiveHelp
from engine.door.server import BAD_FRAME
from tests.engine.commands.filled import filled_at, frame_of, with_field
from tests.engine.door.doors import comes_to_work
from tests.running import DASHBOARD_KEY, Socket, running

pytestmark = pytest.mark.slow


def bare(frame: dict[str, Any]) -> dict[str, Any]:
    """The act of a frame, whose `client_id` the frame around it has."""
    return {name: value for name, value in frame.items() if name != "client_id"}


async def acts(process: Socket, session: str, act: dict[str, Any]) -> None:
    """A process comes through the door and sends an act."""
    await process.send({"r": "Hello", "id": 1, "key": DASHBOARD_KEY})
    await process.send({"r": "Act", "id": 2, "session": session, "client_id": "x", "act": act})


async def _at_the_door(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        session = await comes_to_work(house, house.house.door, "ann")
        position, cases = house.house.core.position, filled_at("dashboard")
        assert len(cases) > 10
        for frame, field in cases:
            async with Socket(house.door_url, "") as process:
                await acts(process, session, with_field(bare(frame), field))
                assert await process.closed() == BAD_FRAME, (frame, field)
        assert house.house.core.position == position
        async with Socket(house.door_url, "") as process:
            await acts(process, session, bare(frame_of(SwitchLiveHelp, "dashboard")) | {"on": False})
            assert await process.next() == {"r": "Answer", "id": 1, "result": True}
            assert "reason" not in (await process.next())["result"]
        assert house.house.core.position > position


def test_no_act_through_the_door_brings_what_others_fill(tmp_path: Path) -> None:
    asyncio.run(_at_the_door(tmp_path))
