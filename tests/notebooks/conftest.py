import asyncio
import json
from collections.abc import Iterator

import pytest

from engine import history
from engine.history import History
from tests.notebooks.talk import Talk, talk_over
from tests.parlour.whole import free_port, started, until


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A demo without anybody but Vera and Otto, who have talked; their rows are there."""
    data_dir = tmp_path_factory.mktemp("analysts") / "demo"
    with started(data_dir, "demo", free_port(), "--visitors", "0", "--no-robot") as parent:
        talk = Talk(json.loads(parent.out), data_dir)
        asyncio.run(talk_over(talk))
        connected = history.connect(talk.url, talk.token)
        until(lambda: len(connected.query("FROM waits WHERE outcome IS NOT NULL")) == 2, 5)
        yield talk
        parent.end()


@pytest.fixture
def house(talk: Talk) -> History:
    """Its history."""
    return history.connect(talk.url, talk.token)
