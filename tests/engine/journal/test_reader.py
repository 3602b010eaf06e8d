"""The journal as another process reads it."""

from collections import Counter
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.events import ConversationEvent
from engine.journal import NewerJournal
from engine.journal.journal import make
from engine.journal.reader import JournalReader, NoJournal
from tests.engine.analytics.days import random_day, records, write_journal

DAY = random_day(4, steps=40)


def test_what_is_kept_is_read_by_position_while_more_is_written(tmp_path: Path) -> None:
    path, kept = tmp_path / "journal.db", records(DAY)
    write_journal(path, DAY[:10])
    reader = JournalReader(path)
    assert reader.last_position() == 10
    assert reader.read(0, 4) == kept[:4]
    assert reader.read(8, 100) == kept[8:10]
    write_journal(path, DAY[10:])
    assert reader.read(10, 10_000) == kept[10:]
    assert reader.events(3, 5) == [(record.position, record.event) for record in kept[3:8]]
    assert reader.last_position() == len(DAY)
    assert reader.read(len(DAY), 10) == []
    reader.close()


def test_an_empty_journal_has_no_last_event_but_an_epoch(tmp_path: Path) -> None:
    make(tmp_path / "journal.db")
    reader = JournalReader(tmp_path / "journal.db")
    assert (reader.last_position(), reader.read(0, 10)) == (0, [])
    assert len(reader.epoch) == 8
    reader.close()


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    write_journal(tmp_path / "journal.db", DAY)
    reader = JournalReader(tmp_path / "journal.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._database.execute("DELETE FROM events")
    reader.close()


@pytest.mark.parametrize("there", ["nothing", "an empty file"])
def test_a_journal_that_main_has_not_made_is_not_there(tmp_path: Path, there: str) -> None:
    if there == "an empty file":
        (tmp_path / "journal.db").touch()
    with pytest.raises(NoJournal):
        JournalReader(tmp_path / "journal.db")


def test_a_journal_of_a_newer_program_is_not_read(tmp_path: Path) -> None:
    make(tmp_path / "journal.db")
    database = sqlite3.connect(tmp_path / "journal.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(NewerJournal, match="format 99"):
        JournalReader(tmp_path / "journal.db")


def test_a_gap_in_a_conversation_is_read_by_an_index(tmp_path: Path) -> None:
    write_journal(tmp_path / "journal.db", DAY)
    reader = JournalReader(tmp_path / "journal.db")
    spoken = Counter(
        record.event.conversation for record in records(DAY) if isinstance(record.event, ConversationEvent)
    )
    ((talk, _),) = spoken.most_common(1)
    told: list[str] = []
    reader._database.set_trace_callback(told.append)
    whole, gap = reader.of_conversation(talk), reader.of_conversation(talk, 2)
    reader._database.set_trace_callback(None)
    assert gap == whole[2:]
    assert len(whole) > 3
    for statement in told:
        plan = reader._database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        assert [line[3] for line in plan] == ["SEARCH events USING INDEX events_subject (subject=?)"]
    reader.close()
