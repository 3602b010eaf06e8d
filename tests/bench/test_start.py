"""`parlour bench start`: a long journal is one that happened, and a start is measured on it."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from bench.start import course as start
from bench.start import journal as long_journal
from bench.start.day import Day
from engine.desk import Desk
from engine.events import HelpAsked, MessageLeft, MessageWritten, PageViewed, VisitEnded, VisitStarted
from engine.journal.reader import JournalReader
from engine.saved import recover

pytestmark = pytest.mark.slow


def test_a_day_is_lived_by_the_rules_and_ends_with_nobody_there() -> None:
    day = Day(1, 200)
    desk = Desk()
    for event in (*day.house, *day.events):
        desk.apply(event)
    desk.validate()
    assert not any(visitor.visit for visitor in desk.state.visitors.values())
    assert not desk.state.conversations
    assert {PageViewed, VisitEnded, HelpAsked, MessageWritten, MessageLeft} <= {type(event) for event in day.events}


def test_days_follow_each_other_with_other_ids_and_visitors_come_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_journal, "VISITS", 40)
    long_journal.write(tmp_path / "journal.db", 3_000, tell=lambda line: None)
    reader = JournalReader(tmp_path / "journal.db")
    events = [event for _, event in reader.events(0, 10_000)]
    assert len(events) == reader.last_position() == 3_000
    assert all(before.at <= after.at for before, after in pairwise(events))
    known, _ = recover(reader, last=3_000)
    Desk(known.desk).validate()
    assert {event.ordinal for event in events if isinstance(event, VisitStarted)} == {1, 2}
    visits = [event.visit for event in events if isinstance(event, VisitStarted)]
    assert len(set(visits)) == len(visits) > 100
    assert reader.search("tent")
    reader.close()


def test_a_start_is_measured_from_the_process_until_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_journal, "VISITS", 40)
    monkeypatch.setattr(start, "TAIL", 500)
    run = start.measure(2_000, tell=lambda line: None)
    assert list(msgspec.structs.asdict(run.figures)) == ["events", "start_s"]
    assert run.figures.events == 2_000
    assert 0.1 < run.figures.start_s < 15
    assert "500 events after it" in run.notes["snapshot"]
    assert (start.QUICK, start.FULL) == (1_000_000, 10_000_000)


@pytest.mark.long
def test_a_quick_run_is_within_the_limit_and_prints_one_line() -> None:
    command = [sys.executable, "-m", "parlour", "bench", "start", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.count("\n") == 1
    said = msgspec.json.decode(done.stdout, type=start.Figures)
    assert said.events == 1_000_000
    assert said.start_s <= 3
