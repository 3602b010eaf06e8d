"""What people wrote is found by its words, whatever they type, and comes back as plain text."""

import asyncio
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.events import (
    ByVisitor,
    ConversationId,
    DepartmentId,
    Event,
    EventId,
    LeftMessage,
    MessageId,
    MessageLeft,
    MessageText,
    MessageWritten,
    Record,
    SiteId,
    VisitorId,
)
from engine.found import Part
from engine.journal import Unit, search
from engine.journal.excerpt import parts_of
from engine.journal.journal import make
from engine.journal.reader import JournalReader
from engine.journal.rows import text_of, with_words, words_of
from engine.journal.schema import UNINDEX_TEXT
from engine.journal.search import SearchTooSlow, question_of, words_asked
from tests.engine.analytics.days import records, write_journal
from tests.engine.journal.test_journal import NOW, Keeper, new_id

TALK = ConversationId(new_id())


def wrote(number: int, text: str) -> MessageWritten:
    return MessageWritten(
        at=NOW + timedelta(seconds=number),
        conversation=TALK,
        number=number,
        message=MessageId(new_id()),
        client_id=new_id(),
        author=ByVisitor(visitor=VisitorId(new_id())),
        personal=MessageText(text=text),
    )


def left(subject: str | None, text: str) -> MessageLeft:
    return MessageLeft(
        at=NOW,
        conversation=ConversationId(new_id()),
        number=1,
        visitor=VisitorId(new_id()),
        site=SiteId(new_id()),
        department=DepartmentId(new_id()),
        personal=LeftMessage(email="v@example.org", subject=subject, text=text),
    )


def kept(path: Path, *events: Event) -> JournalReader:
    """The journal of a writer that was given the events, one unit each."""

    async def keep() -> None:
        keeper = Keeper(path)
        each = [
            Unit((Record(position=n, id=EventId(new_id()), cause=new_id(), event=event),))
            for n, event in enumerate(events, 1)
        ]
        await keeper.keep(*each)
        await keeper.journal.close()

    asyncio.run(keep())
    return JournalReader(path)


def texts(reader: JournalReader, question: str, **more: Any) -> list[str]:
    return ["".join(part.text for part in one.parts) for one in reader.search(question, **more)]


def test_a_message_is_found_by_its_words_and_their_beginnings_the_latest_first(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, "Where is my tent?"), wrote(2, "The TENTS are out"), wrote(3, "Oh"))
    assert texts(reader, "tent") == ["The TENTS are out", "Where is my tent?"]
    assert texts(reader, "my tent") == ["Where is my tent?"]
    assert texts(reader, "ent") == []
    (found,) = reader.search("where")
    assert (found.position, found.conversation, found.number, found.kind) == (1, TALK, 1, "MessageWritten")
    assert found.at == NOW + timedelta(seconds=1)
    assert found.parts == (Part("Where", found=True), Part(" is my tent?"))
    reader.close()


def test_a_left_message_is_found_by_its_subject_and_its_text(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", left("An invoice", "Please call"), left(None, "Nothing else"))
    assert texts(reader, "invoice") == texts(reader, "call") == ["An invoice\nPlease call"]
    assert texts(reader, "nothing") == ["Nothing else"]
    reader.close()


def test_accents_and_case_do_not_hide_anything(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, "Café in Österreich"))
    assert texts(reader, "cafe osterreich") == texts(reader, "CAFÉ") == ["Café in Österreich"]
    reader.close()


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        '"',
        "tent OR cat",
        "tent AND",
        "NOT",
        "tent*",
        "*",
        "body:tent",
        "tent NEAR(cat",
        "^tent",
        "tent - cat",
        "(",
        "{a b}: c",
        "'; DROP TABLE events; --",
        "!?",
        "\x00tent",
        "a" * 10_000,
        "word " * 2_000,
        "\ud800",
    ],
)
def test_nothing_that_is_typed_is_taken_for_the_language_of_the_index(tmp_path: Path, question: str) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, "My tent"), wrote(2, "A cat"))
    assert isinstance(reader.search(question), list)
    assert texts(reader, "tent OR cat") == []
    assert texts(reader, "body:tent") == []
    reader.close()


def test_quotes_and_marks_between_words_do_not_count(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, 'She said "no way" - twice'))
    assert len(texts(reader, '"no way"')) == len(texts(reader, "said, no; twice!")) == 1
    reader.close()


def test_hostile_text_comes_back_as_the_text_it_is(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> look & see"
    reader = kept(tmp_path / "journal.db", wrote(1, hostile))
    (found,) = reader.search("look")
    assert "".join(part.text for part in found.parts) == hostile
    assert [part.text for part in found.parts if part.found] == ["look"]
    reader.close()


def test_a_long_text_is_shown_around_what_was_found(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, f"{'before ' * 400}needle{' after' * 400}"))
    (found,) = reader.search("needle")
    assert len("".join(part.text for part in found.parts)) < 200
    assert Part("needle", found=True) in found.parts
    reader.close()


def test_one_goes_on_from_the_last_that_was_found(tmp_path: Path) -> None:
    reader = kept(tmp_path / "journal.db", *(wrote(n, f"tent {n}") for n in range(1, 8)))
    assert texts(reader, "tent", limit=3) == ["tent 7", "tent 6", "tent 5"]
    assert texts(reader, "tent", limit=3, before=5) == ["tent 4", "tent 3", "tent 2"]
    reader.close()


def test_what_takes_too_long_is_broken_off_and_the_reader_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = kept(tmp_path / "journal.db", *(wrote(n, f"tent {n}") for n in range(1, 300)))
    monkeypatch.setattr(search, "LONGEST", -1.0)
    monkeypatch.setattr(search, "STEPS", 10)
    with pytest.raises(SearchTooSlow):
        reader.search("tent")
    monkeypatch.undo()
    assert len(reader.search("tent", limit=5)) == 5
    reader.close()


def test_a_journal_from_before_the_index_is_indexed_once_at_its_next_start(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write_journal(path, [wrote(1, "An old tent"), left("Old invoice", "Hm"), wrote(2, "x")])  # past the writer
    older(path)
    make(path)
    reader = JournalReader(path)
    assert texts(reader, "old") == ["Old invoice\nHm", "An old tent"]
    reader.close()
    make(path)
    database = with_words(sqlite3.connect(path))
    assert database.execute("SELECT count(*) FROM text_index WHERE text_index MATCH 'old'").fetchone() == (2,)
    database.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    database.close()


def older(path: Path) -> None:
    """Make the file as the first program left it."""
    database = sqlite3.connect(path)
    database.executescript(
        "DROP TABLE text_index; DROP VIEW indexed; DROP VIEW texts; DROP TABLE snapshot; DROP TABLE snapshot_part;"
        "PRAGMA user_version = 1;"
    )
    database.close()


def test_an_upgrade_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write_journal(path, [wrote(1, "An old tent")])
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("INSERT INTO text_index (rowid, body) VALUES (1, 'An old tent')")
    database.execute("PRAGMA user_version = 1")
    database.close()
    make(path)
    reader = JournalReader(path)
    assert texts(reader, "tent") == ["An old tent"]
    reader.close()


def test_the_index_agrees_with_the_texts_and_forgets_without_a_trace(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    reader = kept(path, wrote(1, "My password is swordfish"), left("Hm", "Really"), wrote(2, "Thanks"))
    reader.close()
    database = with_words(sqlite3.connect(path, isolation_level=None))
    database.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    database.execute("PRAGMA secure_delete = ON")
    database.execute("BEGIN")
    database.execute(UNINDEX_TEXT, (1,))
    database.execute("UPDATE events SET personal = NULL WHERE position = 1")
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert b"swordfish" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    reader = JournalReader(path)
    assert texts(reader, "swordfish") == []
    assert texts(reader, "thanks") == ["Thanks"]
    reader.close()


def test_the_text_that_is_indexed_is_the_one_in_the_view(tmp_path: Path) -> None:
    events = [wrote(1, "ä\n“b”"), left("s", "t"), left(None, "t"), left("", "t")]
    path = tmp_path / "journal.db"
    write_journal(path, events)
    database = with_words(sqlite3.connect(path))
    shown = [body for (body,) in database.execute("SELECT body FROM texts ORDER BY position").fetchall()]
    indexed = [body for (body,) in database.execute("SELECT body FROM indexed ORDER BY position").fetchall()]
    database.close()
    assert shown == [text_of(record) for record in records(events)]
    assert indexed == [words_of(record) for record in records(events)]


def test_words_become_a_question() -> None:
    assert question_of(words_asked('it\'s "so" - ÉTÉ')) == '"it\'s"* AND "so"* AND "ete"*'
    assert question_of(words_asked("東京タワーのA")) == '"東京 京た たわ わー ーの の a"*'
    assert words_asked('- "" \ud800 \x00') == []


def test_what_was_found_is_shown_in_the_text_as_it_was_written() -> None:
    assert parts_of("a bee, Bée", ["bee"]) == (Part("a "), Part("bee", found=True), Part(", "), Part("Bée", found=True))
    assert parts_of("Straße", ["strasse"]) == (Part("Straße", found=True),)
    assert parts_of("ab", ["b"]) == (Part("ab"),)  # it begins no word
    assert parts_of("", ["b"]) == ()
    long = parts_of("x" * 500 + "日本語です" + "y" * 500, ["本語"])
    assert Part("本語", found=True) in long and long[0].text.startswith("…") and long[-1].text.endswith("…")


# What is written, and what somebody who looks for it types.
FOUND = [
    ("José García", ["jose", "JOSE", "josé", "jose\u0301", "garcia", "gar", "José  garcía"]),
    ("Jose\u0301 Garci\u0301a", ["jose", "josé", "jose\u0301", "garcía"]),
    ("Łukasz Ørsted Straße", ["lukasz", "orsted", "strasse", "STRASSE", "łuk"]),
    ("İstanbul ve Diyarbakır", ["istanbul", "diyarbakir"]),
    ("Ἀθήνα και Θεσσαλονίκη", ["αθηνα", "θεσσαλονικη"]),
    ("Ёлка стоит", ["елка", "ёлка", "СТОИТ"]),
    ("שָׁלוֹם לכולם", ["שלום"]),
    ("مُحَمَّد علي", ["محمد", "علي"]),
    ("हिन्दी भाषा में", ["हिन्दी", "हिन्", "भाषा"]),
    ("東京都に行きたいです", ["東京", "京都", "行き", "です", "都", "東京都に行きたいです"]),
    ("我想退货，谢谢", ["退货", "想退", "谢谢", "我", "我想退货"]),
    ("ฉันต้องการคืนเงินค่ะ", ["คืนเงิน", "ต้องการ", "เงิน"]),
    ("iPhone用ケースください", ["iphone", "ケース", "用ケ", "iPhone用", "ケースく"]),
    ("ﾊﾝｶｸの文字 ＡＢＣ", ["ハンカク", "abc", "文字"]),
    ("환불해 주세요", ["환불", "주세"]),
    ("ສະບາຍດີ ພາສາລາວ", ["ພາສາ", "ລາວ"]),
    ("d'Artagnan's e-mail: a.b@example.com", ["d'artagnan", "artagnan", "e-mail", "a.b@example.com", "example"]),
]
NOT_FOUND = [
    ("José García", ["ose", "josep", "jose lopez"]),
    ("東京都に行きたい", ["京東", "東都", "大阪"]),
    ("コップ", ["ゴップ", "コプ"]),  # another mark of voicing is another word
    ("हिन्दी", ["हन्दी"]),
    ("환불해", ["불해"]),
]


@pytest.mark.parametrize(("text", "asked"), FOUND)
def test_words_of_all_scripts_are_found_however_they_are_typed(tmp_path: Path, text: str, asked: list[str]) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, text), wrote(2, "Nothing of it"))
    for question in asked:
        (found,) = reader.search(question)
        assert found.position == 1, question
        assert any(part.found for part in found.parts), question
        assert unicodedata.normalize("NFC", text) == "".join(part.text for part in found.parts)
    reader.close()


@pytest.mark.parametrize(("text", "asked"), NOT_FOUND)
def test_what_is_another_word_is_not_found(tmp_path: Path, text: str, asked: list[str]) -> None:
    reader = kept(tmp_path / "journal.db", wrote(1, text))
    assert [reader.search(question) for question in asked] == [[] for _ in asked]
    reader.close()


def test_a_journal_whose_index_knew_no_pairs_is_indexed_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    write_journal(path, [wrote(1, "東京タワー")])
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(
        """
        DROP TABLE text_index; DROP VIEW indexed;
        CREATE VIRTUAL TABLE text_index
        USING fts5(body, content = 'texts', content_rowid = 'position', tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO text_index (rowid, body) SELECT position, body FROM texts;
        PRAGMA user_version = 3;
        """
    )
    database.close()
    make(path)
    reader = JournalReader(path)
    assert texts(reader, "タワー") == ["東京タワー"]
    reader.close()
