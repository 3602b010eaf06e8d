"""Looking at a house: its folder, its processes, its journal, and how far analytics is."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics import mark
from engine.counters import Counters, Queries
from engine.disk import free_on
from engine.journal import NewerJournal
from engine.journal.reader import JournalReader, NoJournal
from parlour import journal_check, keys
from parlour.data_dir import holder
from parlour.doctor import limits
from parlour.doctor.processes import health, problems, processes, started_with
from parlour.doctor.report import AnalyticsState, JournalState, Report
from parlour.logs import log_of
from parlour.options import HOST, Options

SECRETS = ("secrets.db", *keys.FILES, "demo.json")  # whoever reads these can come in
PACKAGES = ("tornado", "panel", "bokeh", "msgspec", "reactivex", "duckdb", "pyarrow", "pysqlite3")


def nobody_tells(_options: Options) -> Counters | None:
    """Where main cannot be asked."""
    return None


def examine(options: Options, *, counters: Callable[[Options], Counters | None] = nobody_tells) -> Report:
    """Look at the house in the options' folder; ports and host are those of the server that runs there, if one does.

    `counters` asks main, if it runs, what it has counted; None where it does not answer.
    """
    folder = options.data_dir
    had = holder(folder)
    running = had is not None and had.port is not None
    told = started_with(had) if had else None
    at = told or msgspec.structs.replace(options, port=(had.port if had else None) or options.port)
    found = tuple(processes(at, had, running=running)) if folder.is_dir() else ()
    journal, trouble = _journal(folder)
    analytics = _analytics(at, journal, running=running)
    counted = counters(at) if running else None
    checked = journal_check.read(folder)
    free = free_on(folder) if folder.is_dir() else None
    wrong = [
        *_folder_problems(folder),
        *limits.damage(checked),
        *limits.disk(free, at.least_room),
        *([trouble] if trouble else []),
        *(problems(found) if running else []),
        *_analytics_problems(folder, analytics, journal),
        *limits.snapshot(journal),
        *limits.clock(journal, datetime.now(UTC)),
        *_dead_letters(folder, counted),
        *_unnamed_proxies(counted),
    ]
    return Report(
        data_dir=str(folder),
        server=had.pid if had and running else None,
        port=at.port,
        problems=tuple(wrong),
        processes=found,
        free_bytes=free,
        checked=checked.at if checked else None,
        journal=journal,
        analytics=analytics,
        counters=counted,
        versions=dict(_versions()),
    )


# --- the folder ------------------------------------------------------------------------------------------------------


def _folder_problems(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"There is no data folder {folder}."
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield f"The data folder {folder} cannot be read and written by this user."
        return
    for name in SECRETS:
        file = folder / name
        if file.exists() and (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
            yield f"{file} can be read by others (mode {mode:04o}, must be 0600)."


def _journal(folder: Path) -> tuple[JournalState | None, str | None]:
    """The journal's state, and what is wrong with it. A folder that was never served has none."""
    file = folder / "journal.db"
    if not file.exists():
        return None, f"The journal of {folder} is missing; restore it from a backup." if mark.read(folder) else None
    try:
        return _read_journal(folder, file)
    except NewerJournal as error:
        return None, f"The journal was written by a newer Parlour: {error}."
    except (NoJournal, sqlite3.DatabaseError) as error:
        return None, f"The journal cannot be read: {error}."


def _read_journal(folder: Path, file: Path) -> tuple[JournalState, str | None]:
    reader = JournalReader(file)
    try:
        files = (file, file.with_name("journal.db-wal"))
        size = sum(one.stat().st_size for one in files if one.exists())
        seen, last = mark.read(folder), reader.last_position()
        lost = seen is not None and seen.epoch == reader.epoch and last < seen.position
        state = JournalState(bytes=size, last_position=last, last_at=reader.last_at(), snapshot=reader.last_snapshot())
        return state, f"The journal of {folder} lost its last events; restore it from a backup." if lost else None
    finally:
        reader.close()


# --- analytics -------------------------------------------------------------------------------------------------------


def _analytics(options: Options, journal: JournalState | None, *, running: bool) -> AnalyticsState | None:
    seen = mark.read(options.data_dir)
    key = keys.analyst_key(options.data_dir) if running else None
    said = health(HOST, options.analytics_port, "/health", key=key) if running else None
    if seen is None and said is None:
        return None
    position = seen.position if seen else None
    behind = max(0, journal.last_position - position) if journal and position is not None else None
    counted = _dropped((said or {}).pop("counted", None))
    return AnalyticsState(mark=position, behind=behind, health=said, counted=counted)


def _dropped(said: object) -> Queries | None:
    """What analytics has counted; None where it does not say so."""
    try:
        return msgspec.convert(said, Queries)
    except msgspec.ValidationError:
        return None


def _analytics_problems(folder: Path, state: AnalyticsState | None, journal: JournalState | None) -> Iterator[str]:
    if state is None or state.health is None or journal is None:
        return
    if state.health.get("failed"):
        yield f"Analytics cannot go on: {state.health['failed']}; see {folder / 'logs' / 'analytics.log'}."
    elif state.health.get("stale"):
        yield f"The reports are stale: analytics is {state.health.get('behind')} events behind."


def _dead_letters(folder: Path, counted: Counters | None) -> Iterator[str]:
    for name, count in (counted.dead_letters if counted else {}).items():
        yield f"The view {name} failed {count} times; see {log_of(folder / 'logs', 'main')}."


def _unnamed_proxies(counted: Counters | None) -> Iterator[str]:
    if counted is not None and counted.visitors.unnamed_proxies:
        yield (
            f"{counted.visitors.unnamed_proxies} requests came through a proxy that --proxy does not name: "
            "all who come through it count as one address, and share its limits."
        )


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", python_version()
    for name in ("parlour", *PACKAGES):
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"
