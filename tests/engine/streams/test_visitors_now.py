"""Visitors now: what a badge says."""

from engine.streams.views import visitors_now
from engine.streams.views.visitors_now import AWAY
from tests.engine.story import Guest, Story
from tests.engine.streams.folding import shown

GONE = int(AWAY.total_seconds())


def test_a_badge_says_where_a_visitor_is_and_where_from(story: Story) -> None:
    vera = story.visitor("vera", ordinal=3, referrer="https://search.test/?q=lamp")
    vera.views("https://shop.test/lamp", "A lamp")
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.name, badge.site, badge.visits, badge.here) == (None, "Shop", 3, True)
    assert (badge.address, badge.title, badge.pages) == ("https://shop.test/lamp", "A lamp", 2)
    assert (badge.referrer, badge.device, badge.browser) == ("https://search.test/?q=lamp", "phone", "Firefox")
    assert badge.origin == "192.0.2.1"
    assert badge.since < badge.page_since == story.now


def test_a_badge_says_which_of_several_tabs_is_looked_at(story: Story) -> None:
    vera = story.visitor("vera")
    vera.views("https://shop.test/lamp", "A lamp")
    vera.views("https://shop.test/tea", "Tea")
    vera.turns_to("https://shop.test/lamp", "A lamp")
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.address, badge.title, badge.pages) == ("https://shop.test/lamp", "A lamp", 3)
    assert badge.page_since == story.now
    vera.views("https://shop.test/cart", "Cart")
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.address, badge.pages) == ("https://shop.test/cart", 4)


def test_a_title_that_comes_late_is_that_of_the_view_that_was(story: Story) -> None:
    vera = story.visitor("vera")
    vera.views("https://shop.test/lamp", "Loading…")
    viewed = story.now
    vera.turns_to("https://shop.test/lamp", "A lamp")
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.title, badge.pages, badge.page_since) == ("A lamp", 2, viewed)


def test_a_badge_says_what_brought_the_visitor_by_their_first_page(story: Story) -> None:
    vera = Guest(story, "vera")
    vera.comes(ordinal=1, referrer=None)
    told = (("utm_source", "letter"), ("utm_medium", "email"), ("utm_campaign", "spring"), ("gclid", "1"))
    vera.views("https://shop.test/", campaign=told)
    vera.views("https://shop.test/tea", campaign=(("utm_source", "own banner"),))
    wim = story.visitor("wim")
    wim.views("https://shop.test/tea", campaign=told)
    badges = shown(visitors_now.PIPELINE, story)
    assert (badges[vera.id].campaign, badges[wim.id].campaign) == ("letter / spring", None)


def test_who_is_lost_has_left_after_a_while_until_they_return_or_are_gone(story: Story) -> None:
    vera = story.visitor("vera")
    vera.is_lost()
    lost_at = story.now
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.here, badge.left) == (True, None)  # a page view closes one connection before the next is open
    story.passes(GONE + 1)
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.here, badge.left) == (False, lost_at)
    vera.returns()
    assert shown(visitors_now.PIPELINE, story)[vera.id].here is True
    vera.is_lost()
    story.passes(1)
    vera.returns()
    story.passes(2 * GONE)
    assert shown(visitors_now.PIPELINE, story)[vera.id].here is True
    vera.is_lost()
    vera.views("https://shop.test/next")
    assert shown(visitors_now.PIPELINE, story)[vera.id].here is True
    vera.goes()
    assert len(shown(visitors_now.PIPELINE, story)) == 0


def test_after_a_start_everybody_is_lost_until_they_connect_again(story: Story) -> None:
    vera, wim = story.visitor("vera"), story.visitor("wim")
    story.restarts()
    wim.returns()
    story.passes(GONE + 1)
    badges = shown(visitors_now.PIPELINE, story)
    assert (badges[vera.id].here, badges[wim.id].here) == (False, True)


def test_who_waits_stands_first_then_the_newest_and_last_who_left(story: Story) -> None:
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    guests = {}
    for name in names:
        guests[name] = story.visitor(name)
        story.passes(1)
    guests["fourth"].asks()
    story.passes(1)
    guests["second"].asks()
    for name in ("sixth", "third"):
        guests[name].is_lost()
        story.passes(1)
    story.passes(GONE)
    badges = shown(visitors_now.PIPELINE, story)
    called = {guest.id: name for name, guest in guests.items()}
    order = [called[badge.id] for badge in sorted(badges.values(), key=lambda badge: badge.turn)]
    assert order == ["fourth", "second", "fifth", "first", "third", "sixth"]


def test_a_badge_shows_the_conversation_and_who_serves(story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera").asks(name="Vera")
    assert shown(visitors_now.PIPELINE, story)[vera.id].state == "routing"
    vera.is_queued()
    assert shown(visitors_now.PIPELINE, story)[vera.id].state == "queued"
    vera.is_accepted_by("Ann")
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.name, badge.state, badge.operator) == ("Vera", "active", "Ann")
    vera.ends()
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.name, badge.state, badge.operator) == ("Vera", None, None)


def test_a_badge_says_whether_the_visitor_may_be_invited(story: Story) -> None:
    vera = story.visitor("vera")
    assert shown(visitors_now.PIPELINE, story)[vera.id].may == ("engage",)
    vera.asks()
    assert "engage" not in shown(visitors_now.PIPELINE, story)[vera.id].may
    vera.cancels()
    wim = story.visitor("wim").is_invited_by("Ann")
    badges = shown(visitors_now.PIPELINE, story)
    assert (badges[vera.id].may, badges[wim.id].may) == (("engage",), ())


def test_a_badge_counts_left_messages_and_keeps_the_name_over_visits(story: Story) -> None:
    vera = story.visitor("vera").leaves_message(name="Vera")
    vera.goes()
    vera.comes(ordinal=2)
    badge = shown(visitors_now.PIPELINE, story)[vera.id]
    assert (badge.name, badge.messages, badge.address) == ("Vera", 1, "")


def test_a_message_makes_no_badge_anew(story: Story) -> None:
    vera = story.visitor("vera").asks().is_accepted_by("Ann")
    before = shown(visitors_now.PIPELINE, story)
    vera.writes("Hello")
    assert shown(visitors_now.PIPELINE, story)[vera.id] == before[vera.id]
