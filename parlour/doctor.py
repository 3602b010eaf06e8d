"""`parlour doctor`: looks at a house from outside and says how it is; it changes nothing, and needs no running server.

What it finds is a `Report`; `parlour.doctor_words` puts it into words. It reads files, /proc and the processes' ports.
"""

import os
import re
import shutil
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics import mark
from engine.journal import NewerJournal
from engine.journal.reader import JournalReader, NoJournal
from parlour.data_dir import LEAST_ROOM, Holder, holder
from parlour.options import HOST, DemoOptions, Options, decode

PATIENCE = 2.0  # seconds for a port to answer
TAIL = 256 * 1024  # bytes at the end of a log in which the last error is looked for
SECRETS = ("secrets.db", "door.key", "analyst.key", "demo.json")  # whoever reads these can come in
PACKAGES = ("tornado", "panel", "bokeh", "msgspec", "reactivex", "duckdb", "pyarrow", "pysqlite3")
ERROR = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ (ERROR|CRITICAL) ")


@dataclass(frozen=True, kw_only=True)
class Role:
    """What there is to know of a process beforehand.

    Attributes:
        offset: its port is P plus this; None: it listens on none.
        health: the path that says whether it is ready; None: an open port is enough.
        sign: how one sees that it is ready.
        without: what goes on without it.

    """

    offset: int | None
    health: str | None
    sign: str
    without: str


ROLES = {
    "main": Role(
        offset=0,
        health=None,
        sign="its port takes connections",
        without="nothing is lost: widgets and dashboards wait, keep what is written, and come back by themselves",
    ),
    "dashboard": Role(
        offset=1,
        health="/app/health",
        sign="/app/health says ready",
        without="visitors write on and all is kept; operators see “Reconnecting…” and come back by themselves",
    ),
    "analytics": Role(
        offset=2,
        health="/health",
        sign="/health says ready",
        without="chats and live boards go on; reports are stale, and analysts are told to try again",
    ),
    "demo-site": Role(
        offset=3, health=None, sign="its port takes connections", without="the house goes on; the demo's shop is closed"
    ),
    "robot": Role(offset=None, health=None, sign="it runs", without="the house goes on; only people take requests"),
    "visitors": Role(
        offset=None, health=None, sign="it runs", without="the house goes on; the demo's visitors are gone"
    ),
}
ALWAYS, IN_A_DEMO = ("main", "dashboard", "analytics"), ("demo-site",)


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """A process of the house.

    Attributes:
        command: as it was started; None where it does not run.
        answers: whether its port takes connections; None where it has no port.
        ready: whether its sign of readiness is there.
        last_error: the last error in its log, with its time.

    """

    name: str
    pid: int | None
    command: str | None
    sign: str
    ready: bool
    port: int | None
    answers: bool | None
    log: str
    last_error: str | None
    without: str


class JournalState(msgspec.Struct, frozen=True, kw_only=True):
    """How much the journal holds; `bytes` with its write-ahead log."""

    bytes: int
    last_position: int


class AnalyticsState(msgspec.Struct, frozen=True, kw_only=True):
    """How far the tables are: `mark` as the file says, `behind` in events, `health` as the process says."""

    mark: int | None
    behind: int | None
    health: dict[str, object] | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How a house is; `problems` are sentences, none where all is well."""

    data_dir: str
    server: int | None
    port: int
    problems: tuple[str, ...]
    processes: tuple[Process, ...]
    free_bytes: int | None
    journal: JournalState | None
    analytics: AnalyticsState | None
    versions: dict[str, str]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def examine(options: Options) -> Report:
    """Look at the house in the options' folder; ports and host are those of the server that runs there, if one does."""
    folder = options.data_dir
    had = holder(folder)
    running = had is not None and had.port is not None
    told = _told(had) if had else None
    at = told or msgspec.structs.replace(options, port=(had.port if had else None) or options.port)
    processes = tuple(_processes(at, had, running=running)) if folder.is_dir() else ()
    journal, trouble = _journal(folder)
    analytics = _analytics(at, journal, running=running)
    free = shutil.disk_usage(folder).free if folder.is_dir() else None
    problems = [
        *_folder_problems(folder),
        *([f"The disk has {free // 2**20} MB left."] if free is not None and free < LEAST_ROOM else []),
        *([trouble] if trouble else []),
        *(_process_problems(processes) if running else []),
        *_analytics_problems(folder, analytics, journal),
    ]
    return Report(
        data_dir=str(folder),
        server=had.pid if had and running else None,
        port=at.port,
        problems=tuple(problems),
        processes=processes,
        free_bytes=free,
        journal=journal,
        analytics=analytics,
        versions=dict(_versions()),
    )


def as_json(report: Report) -> str:
    """The report as one object on one line."""
    return msgspec.json.encode({"well": report.well, **msgspec.to_builtins(report)}).decode()


# --- the processes ---------------------------------------------------------------------------------------------------


def _told(had: Holder) -> DemoOptions | None:
    """The options a running child was started with, from its command line."""
    for pid in had.processes.values():
        arguments = _arguments(pid)
        try:
            return decode(arguments[arguments.index("parlour.child") + 2])
        except (ValueError, IndexError):  # msgspec's errors are ValueErrors
            continue
    return None


def _processes(options: Options, had: Holder | None, *, running: bool) -> Iterator[Process]:
    pids = had.processes if had else {}
    demo = IN_A_DEMO if (options.data_dir / "demo.json").exists() else ()
    optional = tuple(name for name in ROLES if name in pids)
    for name in dict.fromkeys((*ALWAYS, *demo, *optional)):
        yield _process(name, pids.get(name), options, running=running)


def _process(name: str, pid: int | None, options: Options, *, running: bool) -> Process:
    role, log = ROLES[name], options.data_dir / "logs" / f"{name}.log"
    arguments = _arguments(pid) if pid else []
    port = None if role.offset is None else options.port + role.offset
    host = HOST if name == "main" else options.address.strip("[]")  # main listens for this machine too
    answers = None if port is None else running and _answers("localhost" if name == "demo-site" else host, port)
    ready = bool(arguments) and answers is not False
    if ready and role.health and port is not None:
        ready = (_health(host, port, role.health) or {}).get("ready") is True
    return Process(
        name=name,
        pid=pid if arguments else None,
        command=" ".join(arguments) or None,
        sign=role.sign,
        ready=ready,
        port=port,
        answers=answers,
        log=str(log),
        last_error=_last_error(log),
        without=role.without,
    )


def _arguments(pid: int) -> list[str]:
    """The command line of one of our processes; nothing where it is dead, or somebody else has the number now."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    arguments = [part.decode(errors="replace") for part in raw.split(b"\0") if part]
    return arguments if "parlour.child" in arguments else []


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def _health(host: str, port: int, path: str) -> dict[str, object] | None:
    """What a process says of itself, or None."""
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        said: dict[str, object] = msgspec.json.decode(connection.getresponse().read(), type=dict[str, object])
    except (OSError, HTTPException, msgspec.MsgspecError):
        return None
    finally:
        connection.close()
    return said


def _last_error(log: Path) -> str | None:
    """The last line of a log that tells of an error."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return None
    return next((line for line in reversed(lines) if ERROR.match(line)), None)


def _process_problems(processes: tuple[Process, ...]) -> Iterator[str]:
    for one in processes:
        if one.pid is None:
            yield f"{one.name} does not run; see {one.log}."
        elif one.answers is False:
            yield f"{one.name} runs (process {one.pid}), but port {one.port} does not answer."
        elif not one.ready:
            yield f"{one.name} runs (process {one.pid}), but is not ready."


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
        state = JournalState(bytes=size, last_position=last)
        return state, f"The journal of {folder} lost its last events; restore it from a backup." if lost else None
    finally:
        reader.close()


# --- analytics -------------------------------------------------------------------------------------------------------


def _analytics(options: Options, journal: JournalState | None, *, running: bool) -> AnalyticsState | None:
    seen = mark.read(options.data_dir)
    health = _health(HOST, options.port + 2, "/health") if running else None
    if seen is None and health is None:
        return None
    position = seen.position if seen else None
    behind = max(0, journal.last_position - position) if journal and position is not None else None
    return AnalyticsState(mark=position, behind=behind, health=health)


def _analytics_problems(folder: Path, state: AnalyticsState | None, journal: JournalState | None) -> Iterator[str]:
    if state is None or state.health is None or journal is None:
        return
    if state.health.get("failed"):
        yield f"Analytics cannot go on: {state.health['failed']}; see {folder / 'logs' / 'analytics.log'}."
    elif state.health.get("stale"):
        yield f"The reports are stale: analytics is {state.health.get('behind')} events behind."


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", python_version()
    for name in ("parlour", *PACKAGES):
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"
