"""Tables of a day's work: what events of different batches tell of one thing is one row."""

from pathlib import Path

import pytest

from tests.engine.analytics.days import id_of
from tests.engine.analytics.tables import ask, tables_of
from tests.engine.story import Story


@pytest.mark.parametrize("batch", [1, 2, 1_000])
def test_a_left_message_is_one_row_with_the_latest_of_each(tmp_path: Path, batch: int) -> None:
    story = Story()
    vera = story.visitor("vera").leaves_message()
    vera.message_is_answered_by("Ann")
    answered = story.now
    vera.message_is_closed_by("Bob").message_is_reopened_by("Ann").message_is_closed_by("Cid")
    with tables_of(tmp_path, story.events, batch=batch) as store:
        (row,) = ask(store, "FROM left_messages")
    assert (row["visitor"], row["state"], row["waited"]) == (id_of("vera"), "closed", False)
    assert (row["answered_at"], row["answered_by"]) == (answered, id_of("Ann"))
    assert (row["closed_at"], row["closed_by"]) == (story.now, id_of("Cid"))


@pytest.mark.parametrize("batch", [1, 3, 1_000])
def test_a_message_moves_from_the_open_ones_to_the_seen_ones_once(tmp_path: Path, batch: int) -> None:
    story = Story()
    vera = story.visitor("vera").asks().is_accepted_by("Ann").writes("one").writes("two")
    vera.is_seen_by("Ann", 3)
    with tables_of(tmp_path, story.events, batch=batch) as store:
        rows = ask(store, "SELECT number, seen_at FROM messages ORDER BY number")
    assert [(row["number"], row["seen_at"]) for row in rows] == [(3, story.now), (4, None)]


def test_parameters_of_an_action_are_asked_by_name(tmp_path: Path) -> None:
    story = Story()
    story.visitor("vera").does("cart", sku="7")
    with tables_of(tmp_path, story.events) as store:
        (row,) = ask(store, "SELECT \"name\", parameters->>'sku' AS sku FROM actions")
    assert row == {"name": "cart", "sku": "7"}


def test_a_person_is_who_the_site_says_and_keeps_what_is_not_said_again(tmp_path: Path) -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.is_identified("Vera", verified=True)
    vera.asks(name="V.")
    with tables_of(tmp_path, story.events, batch=2) as store:
        (row,) = ask(store, "FROM persons WHERE person = ?", id_of("vera"))
    assert (row["name"], row["site_user"], row["verified"]) == ("V.", "u-vera", True)
