from collections.abc import Iterator

import pytest

from engine import history
from engine.history import History
from tests.engine.history.scripted import TOKEN, Script, scripted


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """A server that answers by a script, and comes back at once after it went."""
    monkeypatch.setattr("engine.history.wire.ENDING", 0.0)
    monkeypatch.setattr("engine.history.wire.RETURNING", 0.5)
    with scripted() as script:
        yield script


@pytest.fixture
def house(server: Script) -> History:
    """Connected to it; nothing is asked yet."""
    connected = history.connect(server.url, TOKEN)
    server.queries.clear()
    return connected
