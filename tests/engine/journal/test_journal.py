"""The journal keeps whole units in order, reads by position and by subject, and stops loudly when it cannot write."""

import asyncio
import stat
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3
from uuid_utils import uuid7

from engine.events import (
    Asking,
    ByVisitor,
    ConversationId,
    DepartmentId,
    Event,
    EventId,
    HelpAsked,
    MessageId,
    MessageText,
    MessageWritten,
    Record,
    SiteId,
    VisitorId,
)
from engine.journal import Answer, Journal, NewerJournal, Unit
from engine.journal.rows import with_words

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def new_id() -> str:
    return str(uuid7())


def asked(conversation: str, name: str | None = "Vera") -> HelpAsked:
    return HelpAsked(
        at=NOW,
        conversation=ConversationId(conversation),
        number=1,
        visitor=VisitorId(new_id()),
        site=SiteId(new_id()),
        department=DepartmentId(new_id()),
        personal=Asking(name=name) if name else None,
    )


def written(conversation: str, number: int, text: str) -> MessageWritten:
    return MessageWritten(
        at=NOW,
        conversation=ConversationId(conversation),
        number=number,
        message=MessageId(new_id()),
        client_id=new_id(),
        author=ByVisitor(visitor=VisitorId(new_id())),
        personal=MessageText(text=text),
    )


def record(position: int, event: Event) -> Record:
    return Record(position=position, id=EventId(new_id()), cause=new_id(), event=event)


class Keeper:
    """A started journal and what it told."""

    def __init__(self, path: Path) -> None:
        self.journal = Journal(path)
        self.committed: list[Unit] = []
        self.dead: list[BaseException] = []
        self.told = asyncio.Event()
        self.journal.start(on_commit=self._commit, on_dead=self._die)

    def _commit(self, units: Sequence[Unit]) -> None:
        self.committed += units
        self.told.set()

    def _die(self, error: BaseException) -> None:
        self.dead.append(error)
        self.told.set()

    async def keep(self, *units: Unit) -> None:
        """Append, and wait until all were told of."""
        want = len(self.committed) + len(units)
        for unit in units:
            self.journal.append(unit)
        while len(self.committed) < want and not self.dead:
            self.told.clear()
            await asyncio.wait_for(self.told.wait(), 5)


def test_what_is_kept_is_read_again_in_order_and_by_subject(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        one, other = new_id(), new_id()
        events = [asked(one), asked(other, None), written(one, 2, "Hello"), written(one, 3, "??")]
        records = [record(position, event) for position, event in enumerate(events, 1)]
        await keeper.keep(*(Unit((each,)) for each in records))
        assert list(keeper.journal.read()) == records
        assert list(keeper.journal.read(after=2)) == records[2:]
        assert keeper.journal.of_conversation(ConversationId(one)) == [records[0], records[2], records[3]]
        assert keeper.journal.of_conversation(ConversationId(one), after_number=2) == [records[3]]
        assert keeper.journal.of_conversation(ConversationId("nothing like an id")) == []
        assert keeper.journal.last_position() == 4
        await keeper.journal.close()

    asyncio.run(scenario())


def test_an_answer_is_kept_with_its_unit(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        assert keeper.journal.answer("vera", "m1") is None
        await keeper.keep(Unit((record(1, asked(new_id())),), Answer("vera", "m1", b"{}")))
        assert keeper.journal.answer("vera", "m1") == b"{}"
        assert keeper.journal.answer("tom", "m1") is None
        await keeper.journal.close()

    asyncio.run(scenario())


def test_a_unit_that_cannot_be_kept_keeps_nothing_and_stops_the_journal(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        await keeper.keep(Unit((record(1, asked(new_id())),)))
        twice = (record(2, asked(new_id())), record(1, asked(new_id())))
        await keeper.keep(Unit(twice))
        assert isinstance(keeper.dead[0], sqlite3.IntegrityError)
        assert keeper.journal.last_position() == 1
        assert not keeper.journal.has_room()
        await keeper.journal.close()

    asyncio.run(scenario())


def test_units_without_records_keep_their_place_in_the_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        units = [Unit((record(1, asked(new_id())),)), Unit(()), Unit((record(2, asked(new_id())),)), Unit(())]
        await keeper.keep(*units)
        assert keeper.committed == units
        await keeper.journal.close()

    asyncio.run(scenario())


def test_a_thousand_units_at_once_are_kept_in_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        talk = new_id()
        units = [
            Unit(
                (record(number, written(talk, number, f"word{number:04}")),),
                Answer("vera", f"m{number}", b"%d" % number),
            )
            for number in range(1, 1_001)
        ]
        await keeper.keep(*units)
        await keeper.journal.close()
        again = Journal(tmp_path / "journal.db")
        assert [each.position for each in again.read()] == list(range(1, 1_001))
        assert [again.answer("vera", f"m{number}") for number in range(1, 1_001)] == [
            b"%d" % n for n in range(1, 1_001)
        ]
        for number in (1, 200, 201, 1_000):
            assert [found.position for found in await again.search(f"word{number:04}", before=None, limit=5)] == [
                number
            ]
        await again.close()
        with closing(with_words(sqlite3.connect(tmp_path / "journal.db"))) as database:
            database.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")

    asyncio.run(scenario())


def test_what_is_personal_stands_apart_and_may_be_gone(tmp_path: Path) -> None:
    async def scenario() -> None:
        keeper = Keeper(tmp_path / "journal.db")
        conversation = new_id()
        await keeper.keep(Unit((record(1, asked(conversation, "Wanda Example")),)))
        await keeper.journal.close()
        database = sqlite3.connect(tmp_path / "journal.db")
        payload, personal = database.execute("SELECT payload, personal FROM events").fetchone()
        assert b"Wanda" not in payload
        assert b"Wanda" in personal
        database.execute("UPDATE events SET personal = NULL")
        database.commit()
        database.close()
        again = Journal(tmp_path / "journal.db")
        (erased,) = again.read()
        assert isinstance(erased.event, HelpAsked)
        assert erased.event.personal is None
        await again.close()

    asyncio.run(scenario())


def test_the_file_is_the_owners_alone_and_keeps_its_epoch(tmp_path: Path) -> None:
    async def scenario() -> None:
        first = Journal(tmp_path / "journal.db")
        epoch = first.epoch
        await first.close()
        assert stat.S_IMODE((tmp_path / "journal.db").stat().st_mode) == 0o600
        again = Journal(tmp_path / "journal.db")
        assert again.epoch == epoch
        await again.close()

    asyncio.run(scenario())


def test_a_journal_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "journal.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(NewerJournal, match="format 99"):
        Journal(tmp_path / "journal.db")
