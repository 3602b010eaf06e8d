"""A desk to play at."""

import pytest

from tests.engine.desk.play import Play


@pytest.fixture
def play() -> Play:
    return Play()
