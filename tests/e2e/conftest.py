"""A real demo and a real Chromium: what people do on the screen, by the labels of the product."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.demo import Demo, start_demo
from tests.e2e.inside import AtTheDoor, Guest, Inside, inside
from tests.e2e.people import Operator
from tests.parlour.whole import free_port


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests that break nothing."""
    running = start_demo(tmp_path_factory.mktemp("demo"), free_port())
    running.set("max_chats", 50)  # a test that fails in mid-chat fills nobody up for the next one
    yield running
    running.end()


@pytest.fixture(scope="session")
def signed_in(demo: Demo, chromium: Browser) -> Iterator[tuple[Operator, Operator]]:
    """Two operators of that demo's first department, signed in once for all tests, as for a working day."""
    ann, bob = (Operator(chromium, demo, number).signs_in() for number in (0, 1))
    yield ann, bob
    for one in (ann, bob):
        one.leaves()


@pytest.fixture
def staff(
    signed_in: tuple[Operator, Operator], demo: Demo, request: pytest.FixtureRequest
) -> Iterator[tuple[Operator, Operator]]:
    """Both at tidy desks, Live Help off; nothing may have been wrong on their screens."""
    if request.session.testsfailed:  # it may have left anything there
        for one in signed_in:
            one.begins_anew()
    yield signed_in
    for one in signed_in:
        one.tidies_up()
        assert not one.problems
        assert one.hosts == {f"127.0.0.1:{demo.port + 1}"}


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    """Demos of a test's own, on one folder and port, to be killed and started again."""
    started: list[Demo] = []
    port = free_port()

    def start(*, visitors: int = 0) -> Demo:
        started.append(start_demo(tmp_path / "demo", port, visitors=visitors))
        return started[-1]

    yield start
    for running in started:
        running.end()


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    """One house for all tests of a file: opening one takes as long as many a step in it."""
    with inside(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
def house(open_house: Inside) -> Iterator[Inside]:
    """A house inside the test, with a site of its own, and nobody in it."""
    yield open_house
    open_house.tidies_up()


@pytest.fixture
def ann(house: Inside) -> AtTheDoor:
    """An operator at the door of that house."""
    return house.operator("ann")


@pytest.fixture
def vera(house: Inside, chromium: Browser) -> Iterator[Guest]:
    """A visitor of that house's site, whose pages must have no problem."""
    visitor = Guest(chromium, house)
    yield visitor
    visitor.leaves()
    assert not visitor.problems
