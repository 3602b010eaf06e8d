"""The door, by both its implementations."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.door.doors import Scenario, the_door
from tests.running import running


@pytest.fixture(params=["in-process", "socket"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Scenario], None]:
    async def run(scenario: Scenario) -> None:
        async with running(tmp_path) as house, the_door(house, request.param) as door:
            await scenario(house, door)

    return lambda scenario: asyncio.run(run(scenario))
