from itertools import islice
from statistics import mean

import pytest

from parlour.demo.visitors.plan import MEAN_STAY, Itinerary, asking_share, gaps, plan
from parlour.demo.visitors.shop import Shop, ShopPage, parse_page
from parlour.demo.visitors.topics import TOPICS

SHOP: Shop = {
    "/": ShopPage(path="/", title="Shop", links=("/jackets", "/help")),
    "/jackets": ShopPage(path="/jackets", title="Jackets", links=("/", "/jackets/rain")),
    "/jackets/rain": ShopPage(path="/jackets/rain", title="Rain jacket", links=("/", "/cart")),
    "/cart": ShopPage(path="/cart", title="Cart", links=()),
    "/help": ShopPage(path="/help", title="Help", links=("/",)),
}


def plans(count: int, *, seed: int = 1, asking: float = 0.4, midway: bool = False) -> list[Itinerary]:
    return [plan(seed, number, SHOP, asking=asking, midway=midway) for number in range(count)]


def test_the_same_seed_plans_the_same_and_another_seed_something_else() -> None:
    assert plans(20) == plans(20)
    assert plans(20) != plans(20, seed=2)
    assert list(islice(gaps(1, 12), 50)) == list(islice(gaps(1, 12), 50))


def test_visitors_follow_links_and_stay_for_a_believable_time() -> None:
    visits = [visit for itinerary in plans(300) for visit in itinerary.visits]
    for visit in visits:
        for here, there in zip(visit.steps, visit.steps[1:], strict=False):
            assert there.page.path in here.page.links or not here.page.links or here.page.links == ("/",)
        assert 2 <= len(visit.steps) <= 12
        assert all(3 <= step.dwell <= 1.5 * MEAN_STAY for step in visit.steps)
    assert mean(visit.stay for visit in visits) == pytest.approx(MEAN_STAY, rel=0.1)


def test_some_come_back_after_a_while() -> None:
    itineraries = plans(300)
    again = [visit for itinerary in itineraries for visit in itinerary.visits[1:]]
    assert 60 < len(again) < 140
    assert all(90 <= visit.away <= 600 for visit in again)
    assert all(itinerary.visits[0].away == 0 for itinerary in itineraries)


def test_the_share_that_asks_is_what_it_is_said_to_be_and_each_asks_once_a_visit() -> None:
    visits = [visit for itinerary in plans(500) for visit in itinerary.visits]
    talks = [sum(step.talk is not None for step in visit.steps) for visit in visits]
    assert set(talks) == {0, 1}
    assert mean(talks) == pytest.approx(0.4, abs=0.06)
    assert not any(step.talk for i in plans(50, asking=0) for visit in i.visits for step in visit.steps)


def test_operators_are_asked_about_once_in_fifty_seconds_however_many_visitors_there_are() -> None:
    for visitors in (12, 50, 400):
        arrivals_a_second = visitors / MEAN_STAY
        assert 40 <= 1 / (arrivals_a_second * asking_share(visitors)) <= 60
    assert asking_share(1) == 0.4


def test_about_as_many_as_asked_for_are_there_from_the_first_minute_on() -> None:
    arrivals, leaving, now = gaps(3, 40), list[tuple[float, float]](), 0.0
    for number, gap in enumerate(islice(arrivals, 1000)):
        now += gap
        at = now
        for visit in plan(3, number, SHOP, asking=0, midway=number < 40).visits:
            at += visit.away
            leaving.append((at, at + visit.stay))
            at += visit.stay
    there = [sum(come <= at < gone for come, gone in leaving) for at in range(60, 3000, 60)]
    assert mean(there) == pytest.approx(40, rel=0.2)
    assert min(there) > 15
    assert max(there) < 70


def test_writing_takes_time_by_its_length() -> None:
    talks = [s.talk for i in plans(300) for v in i.visits for s in v.steps if s.talk]
    for talk in talks:
        for line in (*talk.opening, *talk.answers, talk.thanks):
            assert 1.5 + len(line.text) / 9 <= line.after <= 5 + len(line.text) / 4
        assert 45 <= talk.patience <= 180
    assert {talk.gives_up for talk in talks} == {"cancel", "leave-message", "go"}
    assert {talk.topic for talk in talks} == set(TOPICS)
    assert {bool(talk.name) for talk in talks} == {True, False}


def test_a_page_is_read_with_its_title_and_its_links_within_the_shop() -> None:
    page = parse_page(
        "/jackets/rain",
        """<html><head><title>Rain &amp; shine
        – Shop</title><link rel="stylesheet" href="/shop.css"></head><body><svg><title>x</title></svg>
        <a href="/">Home</a><a href="../cart?add=1">Cart</a><a href="#top">Top</a>
        <a href="https://else.example/">Else</a>
        <a href="mailto:a@b.c">Mail</a>
        <a href="/photo.jpg">Photo</a><a>Nothing</a><a href="/help.html">Help</a></body>""",
    )
    assert page == ShopPage(path="/jackets/rain", title="Rain & shine – Shop", links=("/", "/cart?add=1", "/help.html"))
