"""How the processes of a house are, by the lock file, /proc, their ports and their logs.

It must not know what is in the house.
"""

import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec

from parlour.data_dir import Holder
from parlour.doctor.report import Process
from parlour.options import HOST, DemoOptions, Options, decode

PATIENCE = 2.0  # seconds for a port to answer
TAIL = 256 * 1024  # bytes at the end of a log in which the last error is looked for
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


def started_with(had: Holder) -> DemoOptions | None:
    """The options a running child was started with, from its command line."""
    for pid in had.processes.values():
        arguments = _arguments(pid)
        try:
            return decode(arguments[arguments.index("parlour.child") + 2])
        except (ValueError, IndexError):  # msgspec's errors are ValueErrors
            continue
    return None


def processes(options: Options, had: Holder | None, *, running: bool) -> Iterator[Process]:
    """Every process that there must be, and those of a demo that there are."""
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
        ready = (health(host, port, role.health) or {}).get("ready") is True
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


def health(host: str, port: int, path: str) -> dict[str, object] | None:
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


def problems(found: tuple[Process, ...]) -> Iterator[str]:
    """What is wrong with the processes of a house whose server runs, in sentences."""
    for one in found:
        if one.pid is None:
            yield f"{one.name} does not run; see {one.log}."
        elif one.answers is False:
            yield f"{one.name} runs (process {one.pid}), but port {one.port} does not answer."
        elif not one.ready:
            yield f"{one.name} runs (process {one.pid}), but is not ready."
