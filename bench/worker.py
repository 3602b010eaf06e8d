"""A load process of its own and the pipe to it: its parent asks for an actor's methods by name, one at a time."""

import asyncio
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

PATIENCE = 180.0  # seconds for an answer beyond the time that the question itself takes


class Worker:
    """A process with the actor that `make(*args)` makes inside it; ended with the context."""

    def __init__(self, make: Callable[..., Any], *args: Any) -> None:
        spawning = get_context("spawn")
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_live, args=(theirs, make, args), daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid or 0

    def begin(self, method: str, *args: Any) -> None:
        """Ask for something without waiting; `result` is to be called for it."""
        self._pipe.send((method, args))

    def result(self, takes: float = 0.0) -> Any:
        """The answer to the oldest question, which `takes` seconds; `RuntimeError` with the actor's traceback."""
        if not self._pipe.poll(takes + PATIENCE):
            raise RuntimeError("a load process does not answer")
        good, value = self._pipe.recv()
        if not good:
            raise RuntimeError(value)
        return value

    def ask(self, method: str, *args: Any) -> Any:
        """The answer to a question."""
        self.begin(method, *args)
        return self.result()


def _live(pipe: Connection, make: Callable[..., Any], args: tuple[Any, ...]) -> None:
    asyncio.run(_serve(pipe, make, args))


async def _serve(pipe: Connection, make: Callable[..., Any], args: tuple[Any, ...]) -> None:
    actor = make(*args)
    while True:
        try:
            method, given = await asyncio.to_thread(pipe.recv)
        except EOFError:
            return
        try:
            answer = (True, await getattr(actor, method)(*given))
        except Exception:
            answer = (False, traceback.format_exc())
        pipe.send(answer)
