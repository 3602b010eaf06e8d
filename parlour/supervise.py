"""The parent's work: children are started, restarted with back-off when they die, and ended together.

A child ends by itself when its standard input ends, so it never outlives the parent, however that dies; a line there
says that its log was put aside. How far it is, and that it is ready, it says on a pipe: `parlour.starting`. This module
must not know what the children do.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from parlour import logs
from parlour.data_dir import CannotStart
from parlour.starting import Tell, hear

PAUSES = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds before the first, second, … restart; the last one stays
LONG_LIFE = 30.0  # seconds after which a death counts as the first again
KINDNESS = 3.0  # seconds between SIGTERM and SIGKILL
CANNOT_START = 2  # the exit code of a child whose sentence is for the people who started the parent

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A child: its name (also its log's) and the command that runs it, to which the pipe's number is added.

    `mortal`: what it is asked may end it, so that an end is no sign of something amiss where it was ready before.
    """

    name: str
    command: Sequence[str]
    mortal: bool = False


@dataclass
class Backoff:
    """How long to wait before starting a child again."""

    deaths: int = 0

    def pause(self, lived: float, *, expected: bool = False) -> float:
        """Seconds to wait after a child died that had lived for `lived` seconds; one that was `expected` is none."""
        self.deaths = 1 if lived >= LONG_LIFE or expected else self.deaths + 1
        return PAUSES[min(self.deaths, len(PAUSES)) - 1]


@dataclass
class _Child:
    program: Program
    keeper: asyncio.Task[None]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    was_ready: bool = False  # in its last life
    process: Process | None = None


class Supervisor:
    """Keeps children alive until `stop`; an async context.

    `tell` is given a line for people, `changed` the numbers of the processes, `starts` how far a child's start is.

    Attributes:
        failed: done with `CannotStart` when a child says that it can never start.

    """

    def __init__(
        self,
        folder: Path,
        *,
        share: Sequence[int] = (),
        tell: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
        changed: Callable[[dict[str, int]], None] = lambda processes: None,
        starts: Tell = lambda part, done, of: None,
    ) -> None:
        self._logs = folder
        self._share = tuple(share)
        self._tell = tell
        self._changed = changed
        self._starts = starts
        self._children: dict[str, _Child] = {}
        self._ending = asyncio.Event()
        self._turning = asyncio.create_task(self._turn_logs_over(), name="logs")
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> "Supervisor":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def start(self, program: Program) -> None:
        """Start a child and keep it."""
        task = asyncio.create_task(self._keep(program), name=f"keeper of {program.name}")
        task.add_done_callback(self._keeper_ended)
        self._children[program.name] = _Child(program, task)

    async def ready(self, *names: str) -> None:
        """Wait until these children have said that they are ready. Raises `CannotStart`."""
        await self.unless_failed(asyncio.gather(*(self._children[name].ready.wait() for name in names)))

    async def unless_failed(self, work: Awaitable[Result]) -> Result:
        """The result of `work`, or raise the `CannotStart` of a child that comes before it ends."""
        task = asyncio.ensure_future(work)
        try:
            either: set[asyncio.Future[Any]] = {task, self.failed}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self.failed.done():
                self.failed.result()
            return await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def stop(self) -> None:
        """End all children: asked, and after `KINDNESS` seconds killed."""
        self._ending.set()
        self._turning.cancel()
        self._signal(signal.SIGTERM)
        keepers = [child.keeper for child in self._children.values()]
        if keepers:
            _, alive = await asyncio.wait(keepers, timeout=KINDNESS)
            if alive:
                self._signal(signal.SIGKILL)
                await asyncio.wait(alive, timeout=1)
        if not self.failed.cancel() and not self.failed.cancelled():
            self.failed.exception()  # seen: whoever waited has raised it

    def _signal(self, number: signal.Signals) -> None:
        for child in self._children.values():
            if child.process is not None:
                with suppress(ProcessLookupError):
                    child.process.send_signal(number)

    async def _keep(self, program: Program) -> None:
        child, backoff, clock = self._children[program.name], Backoff(), asyncio.get_running_loop().time
        while not self._ending.is_set():
            began, child.was_ready = clock(), False
            try:
                code = await self._live(child)
            except OSError as error:
                self._tell(f"{program.name} cannot be started: {error}")
                code = 1
            if self._ending.is_set():
                return
            if code == CANNOT_START:
                self._fail(CannotStart(self._last_words(program)))
                return
            pause = backoff.pause(clock() - began, expected=program.mortal and child.was_ready)
            self._tell(f"{program.name} ended ({_how(code)}) and is started again; see {self._log(program)}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), pause)

    async def _live(self, child: _Child) -> int:
        """One life of a child, from its start to its end; its exit code."""
        listening, speaking = os.pipe()
        try:
            child.process = await self._spawn(child.program, speaking)
        except BaseException:
            os.close(listening)
            raise
        finally:
            os.close(speaking)
        self._tell_processes()
        hearing = asyncio.create_task(hear(listening, child.ready, self._starts))
        if self._ending.is_set():  # asked to stop while it was being started
            self._signal(signal.SIGTERM)
        try:
            return await child.process.wait()
        finally:
            hearing.cancel()
            child.was_ready = child.ready.is_set()
            child.ready.clear()
            child.process = None
            self._tell_processes()

    async def _spawn(self, program: Program, pipe: int) -> Process:
        with logs.open_log(self._log(program)) as log:
            return await asyncio.create_subprocess_exec(
                *program.command,
                f"--ready-fd={pipe}",
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(pipe, *self._share),
            )

    async def _turn_logs_over(self) -> None:
        """Have each child go on in a new log when the one it has is long."""
        while True:
            await asyncio.sleep(logs.LOOK)
            for child in self._children.values():
                if child.process is not None and logs.turn_over(self._log(child.program)):
                    _say_log_is_aside(child.process)

    def _tell_processes(self) -> None:
        self._changed({name: c.process.pid for name, c in self._children.items() if c.process is not None})

    def _keeper_ended(self, keeper: asyncio.Task[None]) -> None:
        if not keeper.cancelled() and (error := keeper.exception()) is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if not self.failed.done():
            self.failed.set_exception(error)

    def _log(self, program: Program) -> Path:
        return logs.log_of(self._logs, program.name)

    def _last_words(self, program: Program) -> str:
        with self._log(program).open(encoding="utf-8", errors="replace") as log:
            said = deque((line.strip() for line in log if line.strip()), maxlen=1)
        return said[0] if said else f"{program.name} cannot start."


def _say_log_is_aside(process: Process) -> None:
    if process.stdin is not None:
        process.stdin.write(b"\n")


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
