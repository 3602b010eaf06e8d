"""A backup while everything runs, and a house made of it: complete, checked, an epoch of its own; or nothing at all."""

import asyncio
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics import mark
from engine.analytics.mark import Mark
from engine.commands import AcceptRequest, ChangeSetting, WriteMessage
from engine.door.answers import SignedIn
from engine.door.remote import RemoteDoor
from engine.door.requests import Administer, SignIn
from engine.events import ConversationId, SettingChanged
from engine.journal.reader import JournalReader
from parlour.backup import MANIFEST, Manifest, back_up, fingerprint
from parlour.cli import main
from parlour.data_dir import CannotStart, claim
from parlour.journal_end import RESTORING
from parlour.keys import door_key
from parlour.main_process import open_house
from parlour.reach import connected
from parlour.restore import restore
from tests.engine.analytics.days import random_day, write_journal
from tests.parlour.test_serve import PASSWORD, furnish, listed, parlour
from tests.parlour.whole import free_port, started, until
from tests.running import running
from tests.widget.test_gateway import available, hello_chat

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A data folder that a house was in."""
    folder = tmp_path / "house"

    async def live() -> None:
        async with running(folder) as one:
            await one.person("ann")

    folder.mkdir()
    asyncio.run(live())
    door_key(folder)
    (folder / "parlour.toml").write_text("port = 9000\n")
    return folder


@pytest.fixture
def copy(house: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    back_up(house, tmp_path / "copy")
    return tmp_path / "copy"


def everything(folder: Path) -> dict[str, bytes]:
    """All files in a folder, but for who has it and SQLite's own beside a database."""
    files = (one for one in folder.rglob("*") if one.is_file() and not one.name.endswith(("-shm", "-wal")))
    return {str(one.relative_to(folder)): one.read_bytes() for one in files if one.name != "lock"}


def epoch_and_end(folder: Path) -> tuple[str, int]:
    reader = JournalReader(folder / "journal.db")
    try:
        return reader.epoch, reader.last_position()
    finally:
        reader.close()


# --- the whole way, with real processes ------------------------------------------------------------------------------


def test_a_house_that_is_at_work_is_backed_up_and_comes_back_elsewhere(tmp_path: Path) -> None:
    first, second, copied = tmp_path / "first", tmp_path / "second", tmp_path / "copies" / "monday"
    copied.parent.mkdir()
    furnish(first)
    port = free_port()

    async def at_work() -> tuple[int, int]:
        """Change a setting as fast as it goes, and make the backup in the midst of it; how far both have come."""
        async with RemoteDoor(f"ws://127.0.0.1:{port}/door", door_key(first)) as door:
            await connected(door, 10)
            backing = None
            for value in range(1, 4_000):
                await door.ask(Administer(command=ChangeSetting(name="response_timeout", value=value % 3_000 + 1)))
                if value == 50:
                    before = epoch_and_end(first)[1]
                    backing = asyncio.ensure_future(asyncio.to_thread(parlour, first, "backup", str(copied)))
                if backing is not None and backing.done() and value > 100:
                    break
            assert backing is not None
            code, said = await backing
            assert code == 0
            assert said.startswith("Backed up ")
            return before, epoch_and_end(first)[1]

    with started(first, "serve", port):
        before, after = asyncio.run(at_work())
    made = msgspec.json.decode((copied / MANIFEST).read_bytes(), type=Manifest)
    assert before <= made.position < after
    assert [one.name for one in copied.parent.iterdir()] == ["monday"]

    code, said = parlour(second, "restore", str(copied))
    assert (code, said.startswith(f"Restored {made.position:,} events")) == (0, True)
    epoch, last = epoch_and_end(second)
    assert last == made.position
    assert epoch != epoch_and_end(first)[0]
    assert door_key(second) == door_key(first)

    with started(second, "serve", port):
        assert asyncio.run(signs_in(port, second))
        until(lambda: (seen := mark.read(second)) is not None and seen.epoch == epoch and seen.position >= last, 20)
    assert listed(second, "user") == ["anna   Anna B.  operator  Support             may"]


async def signs_in(port: int, folder: Path) -> bool:
    async with RemoteDoor(f"ws://127.0.0.1:{port}/door", door_key(folder)) as door:
        await connected(door, 10)
        return isinstance(await door.ask(SignIn(login="anna", password=PASSWORD, address="127.0.0.1")), SignedIn)


def test_who_saw_more_than_was_restored_gets_all_of_it_anew_and_misses_nothing(tmp_path: Path) -> None:
    """A window's token points past the restored end: what is said after that must not wait for the old numbers."""
    folder = tmp_path / "house"
    folder.mkdir()

    async def first() -> tuple[dict[str, Any], str, str]:
        async with running(folder) as house, house.chat() as chat:
            session = await available(house)
            welcome = await hello_chat(chat)
            await chat.send({"t": "ask", "client_id": "a"})
            talk = ConversationId((await chat.until("ack"))["conversation"])
            await house.house.door.act(AcceptRequest(conversation=talk), session=session, client_id="b")
            await chat.until("entry", lambda one: one["what"] == "accepted")
            await asyncio.to_thread(back_up, folder, tmp_path / "copy")
            for number in range(5):
                say = WriteMessage(conversation=talk, text=f"lost {number}")
                await house.house.door.act(say, session=session, client_id=f"lost-{number}")
            token = (await chat.until("entry", lambda one: "lost 4" in str(one.get("spans"))))["token"]
            return welcome, token, session

    async def again(welcome: dict[str, Any], token: str, session: str) -> None:
        async with running(folder) as house, house.chat() as chat:
            known = await hello_chat(chat, visitor=welcome["visitor"], secret=welcome["secret"], after=token)
            assert known["conversation"]["state"] == "active"
            entries = [await chat.until("entry")]
            say = WriteMessage(conversation=ConversationId(known["conversation"]["id"]), text="anew")
            await house.house.door.act(say, session=session, client_id="anew")
            await chat.until("entry", lambda one: "anew" in str(one.get("spans")))
            entries = [frame for frame in chat.seen if frame["t"] == "entry"]
            assert [one["number"] for one in entries] == list(range(1, len(entries) + 1))
            assert not any("lost" in str(one) for one in entries)
            assert entries[0]["token"].partition(".")[0] != token.partition(".")[0]

    seen = asyncio.run(first())
    restore(tmp_path / "copy", folder, force=True)
    asyncio.run(again(*seen))


# --- what a backup is ------------------------------------------------------------------------------------------------


def test_a_backup_has_what_cannot_be_made_again_for_its_owner_alone(house: Path, copy: Path) -> None:
    names = {"journal.db", "secrets.db", "door.key", "parlour.toml", MANIFEST}
    assert {one.name for one in copy.iterdir()} == names
    assert stat.S_IMODE(copy.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in copy.iterdir()} == {0o600}
    made = msgspec.json.decode((copy / MANIFEST).read_bytes(), type=Manifest)
    assert (made.epoch, made.position) == epoch_and_end(house)


@pytest.mark.parametrize("there", ["a folder", "a file", "a dangling link"])
def test_nothing_is_written_over(house: Path, tmp_path: Path, there: str) -> None:
    target = tmp_path / "copy"
    match there:
        case "a folder":
            target.mkdir()
        case "a file":
            target.write_text("mine")
        case _:
            target.symlink_to("nowhere")
    with pytest.raises(CannotStart, match="is there already"):
        back_up(house, target)


@pytest.mark.parametrize(
    ("data_dir", "target", "says"),
    [
        ("house", "nowhere/copy", "There is no folder"),
        ("empty", "copy", "There is no house in the data folder"),
        ("missing", "copy", "There is no house in the data folder"),
        ("broken", "copy", "cannot be read"),
        ("holed", "copy", "is damaged: 1 events are missing"),
    ],
)
def test_what_cannot_be_backed_up_is_said_in_a_sentence_and_leaves_nothing(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, data_dir: str, target: str, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journal.db").write_bytes(b"no database at all" * 500)
    (tmp_path / "holed").mkdir()
    write_journal(tmp_path / "holed" / "journal.db", random_day(1, steps=20))
    database = sqlite3.connect(tmp_path / "holed" / "journal.db", isolation_level=None)
    database.execute("DELETE FROM events WHERE position = 3")
    database.close()
    before = {one.name for one in tmp_path.iterdir()}
    with pytest.raises(SystemExit) as end:
        main(["backup", str(tmp_path / target), "--data-dir", str(tmp_path / data_dir)])
    out, err = capsys.readouterr()
    assert (end.value.code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert {one.name for one in tmp_path.iterdir()} == before
    assert house.exists()


def test_a_full_disk_is_said_before_anything_is_written(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.backup.SPARE", 1 << 60)
    with pytest.raises(CannotStart, match="has less than"):
        back_up(house, tmp_path / "copy")
    assert [one.name for one in tmp_path.iterdir()] == ["house"]


# --- what a restore is -----------------------------------------------------------------------------------------------


def test_a_house_comes_back_with_an_epoch_of_its_own(house: Path, copy: Path, tmp_path: Path) -> None:
    made, aside = restore(copy, tmp_path / "new", force=False)
    assert aside is None
    epoch, last = epoch_and_end(tmp_path / "new")
    assert (epoch != made.epoch, last) == (True, made.position)
    assert fingerprint(tmp_path / "new" / "secrets.db") == made.files["secrets.db"]
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    names = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "new").iterdir() if one.is_file()}
    assert names.keys() >= {"journal.db", "secrets.db", "door.key", "parlour.toml"}
    assert set(names.values()) == {0o600}
    assert not (tmp_path / "new" / RESTORING).exists()


def test_a_house_that_is_there_is_only_put_aside_when_that_is_asked_for(house: Path, copy: Path) -> None:
    mark.write(house, Mark(epoch=epoch_and_end(house)[0], position=10_000))  # later than the backup
    (house / "parlour.toml").write_text("port = 9001\n")
    before = everything(house)
    with pytest.raises(CannotStart, match="--force puts it aside"):
        restore(copy, house, force=False)
    assert everything(house) == before
    _, aside = restore(copy, house, force=True)
    assert aside is not None
    assert (aside / "journal.db").read_bytes() == before["journal.db"]
    assert (aside / "secrets.db").exists()
    assert mark.read(house) is None
    assert (house / "parlour.toml").read_text() == "port = 9001\n"

    async def start() -> None:
        async with open_house(house):
            pass

    asyncio.run(start())


def test_a_folder_in_use_is_left_alone(house: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parlour.data_dir.PATIENCE", 0.1)
    with claim(house):
        before = everything(house)
        with pytest.raises(CannotStart, match="is in use by another Parlour"):
            restore(copy, house, force=True)
        assert everything(house) == before


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _in_manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def damage(copy: Path) -> None:
        said = json.loads((copy / MANIFEST).read_text())
        change(said)
        (copy / MANIFEST).write_text(json.dumps(said))

    return damage


def _link(copy: Path) -> None:
    (copy / "door.key").rename(copy / "key")
    (copy / "door.key").symlink_to("key")


def _newer(copy: Path) -> None:
    database = sqlite3.connect(copy / "journal.db", isolation_level=None)
    database.execute("PRAGMA user_version = 99")
    database.close()
    _in_manifest(
        lambda said: said["files"].update({"journal.db": msgspec.to_builtins(fingerprint(copy / "journal.db"))})
    )(copy)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a flipped bit in the journal": (lambda copy: _flip(copy / "journal.db"), "journal.db is not what was backed up"),
    "a flipped bit in the logins": (lambda copy: _flip(copy / "secrets.db"), "secrets.db is not what was backed up"),
    "a cut journal": (lambda copy: (copy / "journal.db").write_bytes(b""), "journal.db is not what was backed up"),
    "a missing file": (lambda copy: (copy / "door.key").unlink(), "door.key is not what was backed up"),
    "a link": (_link, "door.key is not what was backed up"),
    "no manifest": (lambda copy: (copy / MANIFEST).unlink(), "is no backup of Parlour"),
    "a broken manifest": (lambda copy: (copy / MANIFEST).write_text("{"), "is no backup of Parlour"),
    "no journal": (_in_manifest(lambda said: said["files"].pop("journal.db")), "backup.json is not what"),
    "a way out": (
        _in_manifest(lambda said: said["files"].update({"../../x": said["files"]["door.key"]})),
        "backup.json is not what",
    ),
    "another end": (_in_manifest(lambda said: said.update(position=3)), "its journal has another end"),
    "a newer manifest": (_in_manifest(lambda said: said.update(format=2)), "was made by a newer Parlour"),
    "a newer journal": (_newer, "was made by a newer Parlour"),
    "no folder": (lambda copy: copy.rename(copy.with_name("elsewhere")), "is no backup of Parlour"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_backup_that_is_not_what_it_was_changes_nothing(
    house: Path, copy: Path, tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    do, says = DAMAGES[damage]
    do(copy)
    before = everything(house)
    for more in ([str(tmp_path / "new")], [str(house), "--force"]):
        with pytest.raises(SystemExit) as end:
            main(["restore", str(copy), "--data-dir", *more])
        out, err = capsys.readouterr()
        assert (end.value.code, out, err.count("\n")) == (2, "", 1)
        assert says in err
    assert not (tmp_path / "new").exists()
    assert everything(house) == before


def test_a_restore_that_was_broken_off_is_not_served_but_done_again(
    house: Path, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    rename = Path.rename

    def die(path: Path, target: Path) -> Path:
        if path.parent.name == RESTORING and len(moved) == 1:
            raise KeyboardInterrupt
        moved.extend([path.name] if path.parent.name == RESTORING else [])
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        restore(copy, house, force=True)
    monkeypatch.undo()

    async def start() -> None:
        async with open_house(house):
            pass

    with pytest.raises(CannotStart, match="was broken off; do it again"):
        asyncio.run(start())
    left = everything(house)
    for command in ("serve", "demo"):
        code, said = parlour(house, command, "--port", str(free_port()))
        assert (code, said) == (2, f"A restore into {house} was broken off; do it again.")
    assert everything(house) == left
    restore(copy, house, force=True)
    asyncio.run(start())
    first, *_ = sorted(house.glob("before-restore-*"))  # the house; what the broken-off one had begun was put aside too
    assert (first / "journal.db").exists()


def test_what_is_kept_after_a_restore_goes_on_from_its_end(house: Path, copy: Path) -> None:
    end = epoch_and_end(copy)[1]
    restore(copy, house, force=True)

    async def live() -> None:
        async with running(house) as one:
            await one.set("max_chats", 9)

    asyncio.run(live())
    reader = JournalReader(house / "journal.db")
    new = reader.events(end, 100)
    reader.close()
    assert [position for position, _ in new] == list(range(end + 1, end + 1 + len(new)))
    assert isinstance(new[-1][1], SettingChanged)
