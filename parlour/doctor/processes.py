"""How the processes of a house are, by the lock file, /proc, their ports and their logs.

It must not know what is in the house.
"""

import os
import re
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec

from parlour.data_dir import Holder
from parlour.doctor.report import Process
from parlour.logs import all_of, log_of
from parlour.options import DemoOptions, Options, decode
from parlour.processes import DEMO, HOUSE, PROCESSES

PATIENCE = 2.0  # seconds for a port to answer
FULL = 0.8  # of all descriptors; beyond it a process is near its limit
TAIL = 256 * 1024  # bytes at the end of a log in which the last error is looked for
ERROR = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+Z? (ERROR|CRITICAL) ")


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
    must = DEMO if (options.data_dir / "demo.json").exists() else HOUSE
    for name in (name for name in PROCESSES if name in must or name in pids):
        yield _process(name, pids.get(name), options, running=running)


def _process(name: str, pid: int | None, options: Options, *, running: bool) -> Process:
    row, log = PROCESSES[name], log_of(options.data_dir / "logs", name)
    arguments = _arguments(pid) if pid else []
    port = None if row.offset is None else options.port_of(name)
    host = row.host or options.address.strip("[]")
    answers = None if port is None else running and _answers(host, port)
    ready = bool(arguments) and answers is not False
    if ready and row.health and port is not None:
        ready = (health(host, port, row.health) or {}).get("ready") is True
    return Process(
        name=name,
        pid=pid if arguments else None,
        command=" ".join(arguments) or None,
        sign=row.sign,
        ready=ready,
        port=port,
        answers=answers,
        log=str(log),
        log_bytes=sum(file.stat().st_size for file in all_of(log)),
        last_error=next((error for file in all_of(log) if (error := _last_error(file))), None),
        without=row.without,
        descriptors=_descriptors(pid) if pid and arguments else None,
    )


def _arguments(pid: int) -> list[str]:
    """The command line of one of our processes; nothing where it is dead, or somebody else has the number now."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    arguments = [part.decode(errors="replace") for part in raw.split(b"\0") if part]
    return arguments if "parlour.child" in arguments else []


def _descriptors(pid: int) -> tuple[int, int] | None:
    """How many files and connections a process has open, of how many at most; None where we may not see it."""
    try:
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
        soft = next(line for line in limits if line.startswith("Max open files")).split()[3]
        return len(os.listdir(f"/proc/{pid}/fd")), int(soft)
    except (OSError, ValueError, StopIteration):  # gone, another user's, or without a limit
        return None


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def health(host: str, port: int, path: str, *, key: str | None = None) -> dict[str, object] | None:
    """What a process says of itself, or None; more to who brings a key."""
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"} if key else {})
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
        if one.descriptors is not None and one.descriptors[0] > FULL * one.descriptors[1]:
            number, most = one.descriptors
            yield (
                f"{one.name} has {number:,} of at most {most:,} files and connections open: soon it takes no new ones. "
                "Let it have more (LimitNOFILE=), or see who holds so many."
            )
