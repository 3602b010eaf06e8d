"""Fixtures of the dashboard's tests."""

from collections.abc import Iterator

import pytest

from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.running import Running


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def running(door: FakeDoor) -> Iterator[Running]:
    with Running(door) as dashboard:
        yield dashboard
