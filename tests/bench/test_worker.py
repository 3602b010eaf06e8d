"""A load process answers in its own time, which is no part of the patience with it."""

import asyncio

import pytest

from bench import worker
from bench.worker import Worker

pytestmark = pytest.mark.slow


class Actor:
    """Answers late, or not well."""

    async def wait(self, seconds: float) -> float:
        """Take so long."""
        await asyncio.sleep(seconds)
        return seconds

    async def fail(self) -> None:
        """Say why not."""
        raise ValueError("no such thing")


def test_a_question_may_take_its_time_beyond_which_there_is_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    with Worker(Actor) as actor:
        assert actor.ask("wait", 0.0) == 0.0
        monkeypatch.setattr(worker, "PATIENCE", 0.2)
        actor.begin("wait", 0.6)
        assert actor.result(takes=10.0) == 0.6
        actor.begin("wait", 5.0)
        with pytest.raises(RuntimeError, match="does not answer"):
            actor.result()


def test_what_goes_wrong_in_it_is_told() -> None:
    with Worker(Actor) as actor, pytest.raises(RuntimeError, match="no such thing"):
        actor.ask("fail")
