"""Which page a visitor looks at: told again, it is no other view."""

from engine.events import PageTurnedTo, PageViewed, VisitStarted
from tests.engine.desk.play import Play

TEA, CART = "http://shop.test/tea", "http://shop.test/cart"


def kinds(play: Play, since: int) -> list[str]:
    return [type(one).__name__ for one in play.history[since:]]


def test_a_tab_that_comes_to_the_front_is_turned_to_and_no_view(play: Play) -> None:
    play.views("vera", TEA)
    play.views("vera", CART)
    before = len(play.history)
    play.views("vera", TEA, again=True)
    (turned,) = play.history[before:]
    assert isinstance(turned, PageTurnedTo)
    assert (turned.address, turned.title) == (TEA, None)
    play.views("vera", TEA, again=True)
    assert kinds(play, before) == ["PageTurnedTo"]


def test_the_page_in_front_said_again_is_nothing_and_with_another_title_it_is_that(play: Play) -> None:
    play.views("vera", TEA, title="Loading…")
    before = len(play.history)
    play.views("vera", TEA, title="Loading…", again=True)
    assert kinds(play, before) == []
    play.views("vera", TEA, title="Tea", again=True)
    (turned,) = play.history[before:]
    assert isinstance(turned, PageTurnedTo)
    assert turned.title == "Tea"


def test_where_no_visit_goes_on_what_is_told_again_begins_one(play: Play) -> None:
    play.views("vera", TEA, again=True)
    assert [type(one) for one in play.history if isinstance(one, VisitStarted | PageViewed | PageTurnedTo)] == [
        VisitStarted,
        PageViewed,
    ]


def test_a_visit_that_began_by_asking_has_no_page_until_one_is_told(play: Play) -> None:
    play.views("vera", TEA)
    play.leaves_site("vera")
    play.passes(61)
    play.asks("vera")
    before = len(play.history)
    play.views("vera", TEA, again=True)
    assert kinds(play, before) == ["PageViewed"]
