"""Whether the journal still has its end: it must not be behind what analytics has seen of it.

Who went on from a journal that lost acknowledged events would give their positions to others.
"""

from pathlib import Path

from pysqlite3.dbapi2 import DatabaseError

from engine.analytics import mark
from engine.disk import is_full
from engine.journal import NewerJournal
from engine.journal.reader import JournalReader, NoJournal
from engine.room import NoRoom
from parlour.data_dir import CannotStart

RESTORING = ".restoring"  # what a restore works in; it is there only until everything is in its place


def check(path: Path) -> None:
    """Raise `CannotStart` where the journal of the data folder lost its end, or `NoRoom`; nothing was changed then."""
    if (path / RESTORING).exists():
        raise CannotStart(f"A restore into {path} was broken off; do it again.")
    seen = mark.read(path)
    if seen is None:
        return
    try:
        reader = JournalReader(path / "journal.db")
    except NewerJournal:
        return  # whoever opens it to write says so
    except DatabaseError as error:
        raise damaged(path, error) from None
    except NoJournal:
        raise CannotStart(f"The journal of {path} is missing; restore it from a backup.") from None
    try:
        if reader.epoch == seen.epoch and reader.last_position() < seen.position:
            raise lost(path)
    except DatabaseError as error:
        raise damaged(path, error) from None
    finally:
        reader.close()


def lost(path: Path) -> CannotStart:
    """The sentence for people."""
    return CannotStart(f"The journal of {path} lost its last events; restore it from a backup.")


def damaged(path: Path, error: Exception) -> CannotStart | NoRoom:
    """The sentence for people, where a database cannot be read; unless that is only because the disk is full."""
    if is_full(error, path):
        return NoRoom()
    return CannotStart(f"A database in {path} is damaged ({error}); restore it from a backup.")
