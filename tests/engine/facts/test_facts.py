"""The facts: which rows a story makes."""

from engine.facts import page_views, visits, waits
from tests.engine.facts.folding import rows_of
from tests.engine.story import NINE, Story


def test_a_finished_visit_is_one_row() -> None:
    story = Story()
    vera = story.visitor("vera", referrer="https://search.test/")
    story.passes(60)
    vera.views("https://shop.test/cart")
    story.passes(30)
    vera.is_lost()
    story.passes(60)
    assert rows_of(visits, story) == []
    vera.goes()
    (row,) = rows_of(visits, story)
    assert (row.visitor, row.visit, row.site, row.ordinal, row.pages) == ("vera", "vera-1", "shop", 1, 2)
    assert (row.entry_page, row.exit_page) == ("https://shop.test/", "https://shop.test/cart")
    assert (row.referrer, row.device, row.browser) == ("https://search.test/", "phone", "Firefox")
    assert round(row.seconds) == 90  # until the connection was lost, without the grace
    assert row.started_at < row.left_at < row.ended_at


def test_who_comes_back_within_the_grace_makes_one_visit() -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.is_lost()
    story.passes(10)
    vera.returns()
    story.passes(10)
    vera.is_lost()
    vera.goes()
    (row,) = rows_of(visits, story)
    assert round(row.seconds) == 20


def test_a_restart_says_when_a_visitor_was_there_last() -> None:
    story = Story()
    vera = story.visitor("vera")
    story.passes(20)
    story.restarts()
    story.passes(60)
    vera.goes()
    (row,) = rows_of(visits, story)
    assert round(row.seconds) == 20


def test_an_end_without_a_start_makes_no_visit() -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.goes()
    vera.goes()
    assert len(rows_of(visits, story)) == 1


def test_page_views_are_numbered_within_their_visit() -> None:
    story = Story()
    vera = story.visitor("vera")
    wim = story.visitor("wim")
    vera.views("https://shop.test/a", "A")
    wim.goes()
    vera.goes()
    vera.comes(ordinal=2)
    vera.views("https://shop.test/b")
    rows = rows_of(page_views, story)
    assert [(row.visit, row.number, row.site) for row in rows] == [
        ("vera-1", 1, "shop"),
        ("wim-1", 1, "shop"),
        ("vera-1", 2, "shop"),
        ("vera-2", 1, "shop"),
    ]
    assert (rows[2].address, rows[2].title) == ("https://shop.test/a", "A")


def test_a_wait_ends_with_an_answer_a_message_or_by_leaving() -> None:
    story = Story()
    guests = [story.visitor(name).asks() for name in ("ann", "bea", "cil", "dora")]
    story.passes(30)
    guests[0].is_accepted_by("Otto")
    story.passes(30)
    guests[1].is_queued().leaves_message()
    guests[2].cancels()
    assert [(row.conversation, row.outcome, round(row.seconds)) for row in rows_of(waits, story)] == [
        ("c-ann", "answered", 30),
        ("c-bea", "left-message", 60),
        ("c-cil", "abandoned", 60),
    ]


def test_asking_again_does_not_begin_the_wait_anew() -> None:
    story = Story()
    vera = story.visitor("vera").asks()
    story.passes(10)
    vera.asks_again()
    story.passes(10)
    vera.is_accepted_by("Otto")
    (row,) = rows_of(waits, story)
    assert round(row.seconds) == 20
    assert row.asked_at >= NINE


def test_a_message_left_without_asking_is_no_wait() -> None:
    story = Story()
    story.visitor("vera").leaves_message()
    assert rows_of(waits, story) == []
