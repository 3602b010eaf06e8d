"""When objects are looked through: by what is new, and all of them seldom."""

import gc
from collections.abc import Iterator

import pytest

from parlour import collector
from parlour.collector import ALL, FEW, SOME, Collector


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    before = gc.get_threshold()
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.set_threshold(*before)


def some(count: int) -> list[list[None]]:
    return [[] for _ in range(count)]


def test_little_that_is_new_is_not_worth_a_look() -> None:
    kept = some(FEW // 2)
    assert Collector().look() is None
    assert len(kept) == FEW // 2


def test_what_is_new_is_looked_through_and_dead_cycles_are_gone() -> None:
    circle: list[object] = []
    circle.append(circle)
    mark = id(circle)
    del circle
    kept = some(FEW + 100)
    assert Collector().look() == 0
    assert kept
    assert not any(id(one) == mark and isinstance(one, list) and one and one[0] is one for one in gc.get_objects())


def test_what_the_looks_left_is_looked_through_with_every_so_many() -> None:
    looks = Collector()
    kept = []
    seen = []
    for _ in range(8):
        kept.append(some(SOME // 4 + 100))
        seen.append(looks.look())
    assert seen == [0, 0, 0, 1] * 2


def test_all_are_looked_through_after_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "ALL", 3 * FEW)
    looks, kept, seen = Collector(), [], []
    for _ in range(6):
        kept.append(some(FEW + 100))
        seen.append(looks.look())
    assert seen == [0, 0, 2, 0, 0, 2]
    assert ALL > 100 * FEW
