"""The golden files: journals as rows, and what was shown of them as lines of JSON.

It must not know any code of the house: what stands here outlasts it.
"""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from pysqlite3 import dbapi2 as sqlite3

HERE = Path(__file__).parent
Line = dict[str, Any]
FORMATS = {"busy": 2, "losses": 2, "oldest": 1}  # of each journal's file, as the program that wrote it made one
LARGE = 300 << 10  # bytes; beyond it a file is kept compressed
INSERT = (
    "INSERT INTO events (position, at, kind, version, subject, number, id, cause, payload, personal) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INDEX = "INSERT INTO text_index (rowid, body) SELECT position, body FROM texts WHERE body IS NOT NULL"


def rows(journal: str) -> list[Line]:
    """The rows of a journal as they stood on disk; ids as text."""
    return _read(HERE / "journals" / f"{journal}.jsonl.gz")


def make_journal(journal: str, path: Path) -> None:
    """Write a journal's file as the program of its time left it."""
    version = FORMATS[journal]
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript((HERE / "journals" / f"format_{version}.sql").read_text())
    database.execute("INSERT INTO meta VALUES ('epoch', 'golden00')")
    database.execute("BEGIN")
    database.executemany(INSERT, [_columns(row) for row in rows(journal)])
    if version > 1:
        database.execute(INDEX)
    database.execute("COMMIT")
    database.close()


def _columns(row: Line) -> tuple[Any, ...]:
    ids = {name: row[name] and UUID(row[name]).bytes for name in ("subject", "id", "cause")}
    texts = {name: row[name] and row[name].encode() for name in ("payload", "personal")}
    return tuple((row | ids | texts).values())


def expected(journal: str, part: str) -> list[Line]:
    """What a part of a journal has to show."""
    plain = HERE / "expected" / f"{journal}.{part}.jsonl"
    return _read(plain if plain.exists() else plain.with_name(f"{plain.name}.gz"))


def write_expected(journal: str, part: str, lines: Iterable[Line]) -> None:
    """Keep what a part shows, sorted, one line each. Raises `FileExistsError`: a golden file is written once."""
    plain = HERE / "expected" / f"{journal}.{part}.jsonl"
    packed = plain.with_name(f"{plain.name}.gz")
    if plain.exists() or packed.exists():
        raise FileExistsError(plain)
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in sorted(lines, key=canonical)).encode()
    plain.parent.mkdir(exist_ok=True)
    if len(text) > LARGE:
        packed.write_bytes(gzip.compress(text, 9, mtime=0))
    else:
        plain.write_bytes(text)


def canonical(line: Line) -> str:
    """A line as text that is the same whatever the order of its fields."""
    return json.dumps(line, ensure_ascii=False, sort_keys=True)


def _read(path: Path) -> list[Line]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return [json.loads(line) for line in text.decode().split("\n") if line]
