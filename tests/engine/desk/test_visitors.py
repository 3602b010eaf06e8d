"""What pages tell of their visitor: asleep, somebody, doing something."""

from engine.events import ActionTracked, PageViewed, VisitorIdentified, VisitorSlept, VisitorWoke
from tests.engine.desk.play import Play, refusal


def test_a_visitor_sleeps_and_wakes_once_however_often_it_is_said(play: Play) -> None:
    play.views("vera")
    play.sleeps("vera")
    assert play.sleeps("vera") == []
    play.wakes("vera")
    assert play.wakes("vera") == []
    assert [len(play.said(kind)) for kind in (VisitorSlept, VisitorWoke)] == [1, 1]


def test_another_page_wakes_who_slept_before_it_is_viewed(play: Play) -> None:
    play.views("vera")
    play.sleeps("vera")
    said = play.views("vera")
    assert isinstance(said, list)
    assert [type(event) for event in said] == [VisitorWoke, PageViewed]


def test_who_is_not_on_the_site_neither_sleeps_nor_wakes(play: Play) -> None:
    assert play.sleeps("nobody") == play.wakes("nobody") == []


def test_a_visit_ends_asleep_and_the_next_begins_awake(play: Play) -> None:
    play.views("vera")
    play.sleeps("vera")
    play.leaves_site("vera")
    play.passes(61)
    play.views("vera")
    assert play.wakes("vera") == []


def test_who_a_visitor_is_is_kept_once_a_visit_until_it_changes(play: Play) -> None:
    assert refusal(play.identifies("vera", name="Vera")) == "not-here"
    play.views("vera")
    play.identifies("vera", name="Vera")
    assert play.identifies("vera", name="Vera") == []
    play.identifies("vera", name="Vera", verified=True)
    play.identifies("vera", name="Vera B.", verified=True)
    assert len(play.said(VisitorIdentified)) == 3
    play.leaves_site("vera")
    play.passes(61)
    play.views("vera")
    play.identifies("vera", name="Vera B.", verified=True)
    assert len(play.said(VisitorIdentified)) == 4


def test_an_action_needs_a_visit_and_a_name(play: Play) -> None:
    assert refusal(play.tracks("vera", "basket filled")) == "not-here"
    play.views("vera")
    assert refusal(play.tracks("vera", " ")) == "empty"
    play.tracks("vera", "basket filled")
    (tracked,) = play.said(ActionTracked)
    assert isinstance(tracked, ActionTracked)
    assert (tracked.name, tracked.parameters) == ("basket filled", (("page", "cart"),))
