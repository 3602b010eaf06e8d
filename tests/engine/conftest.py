"""What the tests of streams and of talk share: a fresh story."""

import pytest

from tests.engine.story import Story


@pytest.fixture
def story() -> Story:
    """A story at nine o'clock, with a shop and two departments."""
    return Story()
