"""The projector: whatever the batches and the breaks, the tables are those of a rebuild."""

import logging
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engine.analytics import projector as projecting
from engine.analytics.projector import Projector
from engine.facts import waits
from engine.facts.catalogue import FACTS, TAKERS
from tests.engine.analytics.days import Told, id_of, random_day
from tests.engine.analytics.tables import ask, everything, opened, project, tables_of
from tests.engine.story import Story

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 8))])
def test_random_batches_with_restarts_make_the_tables_of_a_rebuild(tmp_path: Path, seed: int) -> None:
    dice, day = random.Random(seed), random_day(seed, steps=200)
    for name in ("pieces", "whole"):
        (tmp_path / name).mkdir()
    done = 0
    while done < len(day):
        with opened(tmp_path / "pieces") as store:
            projector = Projector(Told(day), store)
            assert projector.mark == done
            for _ in range(dice.randint(1, 5)):
                done += projector.go_on(dice.choice([1, 2, 7, 40]))
    with tables_of(tmp_path / "whole", day) as whole, opened(tmp_path / "pieces") as pieces:
        assert everything(pieces) == everything(whole)
        assert ask(whole, "SELECT count(*) AS n FROM conversations")[0]["n"] > 0


def test_every_fact_has_its_rows_in_its_table(tmp_path: Path) -> None:
    story = Story()
    story.operator("Otto", on=True)
    vera = story.visitor("vera").asks(name="Vera").rings_at("Otto").is_accepted_by("Otto")
    vera.writes("Hello").is_told("Hi", by="Otto")
    story.visitor("wim").leaves_message("Call me")
    story.visitor("xenia").is_invited_by("Otto").refuses()
    vera.does("cart", sku="7")
    with tables_of(tmp_path, story.events) as store:
        kept = everything(store)
        found = {fact.name: len(kept[fact.name]) for fact in FACTS}
        (chat,) = ask(store, "FROM conversations WHERE state = 'active'")
        (visitor,) = ask(store, "FROM visitors WHERE visitor = ?", id_of("vera"))
        (person,) = ask(store, "FROM persons WHERE person = ?", id_of("vera"))
    assert 0 not in found.values()
    assert (found["visitors"], found["persons"], found["messages"], found["message_texts"]) == (3, 4, 2, 2)
    assert (chat["visitor"], chat["operator"]) == (id_of("vera"), id_of("Otto"))
    assert (visitor["visits"], visitor["last_visit"]) == (1, id_of("vera-1"))
    assert (person["name"], person["address"], person["address_number"]) == ("Vera", "192.0.2.1", 0xC0000201)


def test_what_an_event_leaves_unsaid_stays_as_it_was_told_before(tmp_path: Path) -> None:
    story = Story()
    vera = story.visitor("vera").asks(name="Vera")
    vera.cancels()
    vera.goes()
    vera.comes(ordinal=2)
    for batch in (1, 100):
        folder = tmp_path / str(batch)
        folder.mkdir()
        with tables_of(folder, story.events, batch=batch) as store:
            (person,) = ask(store, "FROM persons")
            (visitor,) = ask(store, "FROM visitors")
        assert (person["name"], person["email"], person["address"]) == ("Vera", None, "192.0.2.1")
        assert (visitor["visits"], visitor["last_visit"]) == (2, id_of("vera-2"))
        assert visitor["first_seen"] < visitor["last_seen"]


def test_a_batch_that_cannot_be_written_changes_nothing_and_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = random_day(3)
    with tables_of(tmp_path, day[:50]) as store:
        before = everything(store)
        projector = Projector(Told(day), store)
        with monkeypatch.context() as patched:
            patched.setattr("engine.analytics.store.schema.merges", lambda: {"visitors": "SELECT error('no')"})
            with pytest.raises(duckdb.Error):
                projector.go_on(1_000)
        assert everything(store) == before
        assert projector.mark == 50
        assert projector.go_on(1_000) == len(day) - 50
        after = everything(store)
    (tmp_path / "whole").mkdir()
    with tables_of(tmp_path / "whole", day) as whole:
        assert everything(whole) == after


def test_a_step_that_fails_costs_its_own_row_and_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def step(state: Any, event: Any) -> Any:
        if getattr(event, "conversation", None) == id_of("c-vera"):
            raise ValueError("no")
        return waits.step(state, event)

    broken = {
        kind: tuple(
            fact
            if fact.name != "waits"
            else type(fact)(**{n: getattr(fact, n) for n in fact.__slots__} | {"step": step})
            for fact in facts
        )
        for kind, facts in TAKERS.items()
    }
    monkeypatch.setattr(projecting, "TAKERS", broken)
    story = Story()
    for name in ("vera", "wim"):
        story.visitor(name).asks().cancels()
    with opened(tmp_path) as store, caplog.at_level(logging.ERROR):
        assert project(store, story.events).failed == 2
        assert len(ask(store, "FROM waits")) == 1
        assert len(ask(store, "FROM conversations")) == 2
    assert "the fact waits could not take a HelpAsked" in caplog.text
