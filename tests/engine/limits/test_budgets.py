"""Several limits at once: all are kept or none is counted, and what was refused stands under the limit's name."""

from engine.limits import Bound, Budgets, Open, Rate
from engine.limits.table import OFFICE

EACH = Rate(name="each", of="things", most=2, within=10, by="visitor", beyond="refused")
ALL = Rate(name="all", of="things", most=3, within=30, by="address", beyond="refused")
ROOM = Bound(name="room", of="places", most=2, unit="at once", beyond="refused")


class Clock:
    now = 5.0

    def __call__(self) -> float:
        return self.now


def test_what_one_limit_refuses_costs_nothing_of_the_others() -> None:
    clock = Clock()
    budgets = Budgets((EACH, ALL), clock=clock)
    assert [budgets.take((EACH, "vera"), (ALL, "office")) for _ in range(5)] == [0, 0, 5, 5, 5]
    assert budgets.take((EACH, "wim"), (ALL, "office")) == 0  # the third of the office
    assert budgets.take((EACH, "xan"), (ALL, "office")) == 10
    assert budgets.take((EACH, "xan"), (ALL, "home")) == 0
    clock.now += 10
    assert budgets.take((EACH, "vera"), (ALL, "office")) == 0
    assert budgets.refused == {"each": 3, "all": 1}


def test_so_many_are_open_at_once_and_one_that_goes_makes_room() -> None:
    budgets = Budgets((ROOM,), clock=Clock())
    places = Open(budgets, ROOM)
    assert [places.enter("vera") for _ in range(3)] == [True, True, False]
    assert places.enter("wim")
    places.leave("vera")
    assert places.enter("vera")
    for whose in ("vera", "vera", "wim"):
        places.leave(whose)
    assert (len(places), budgets.refused) == (0, {"room": 1})


def test_limits_of_an_address_have_room_for_as_many_people_as_the_house_says() -> None:
    people = [OFFICE]
    budgets = Budgets((EACH, ALL, ROOM), clock=Clock(), people=lambda: people[0])
    places = Open(budgets, ROOM)

    def let_in(whose: str) -> tuple[int, int]:
        """Of fifty that come at once from one address, each another's, and that stay open."""
        at_once = sum(not budgets.take((EACH, f"{whose} {number}"), (ALL, whose)) for number in range(50))
        return at_once, sum(places.enter(whose) for _ in range(50))

    assert let_in("an office") == (3, 2)
    people[0] = 10 * OFFICE
    assert let_in("a town") == (30, 20)
    people[0] = 1
    assert let_in("a person") == (1, 1)
