"""What a child says on its pipe while it starts: how far it is, line by line, and in the end that it is ready.

Both ends of it: the child's, who speaks, and the parent's, who listens. It must not know what is done meanwhile.
"""

import asyncio
import os
from collections.abc import Callable

READY = b"ready"
Tell = Callable[[str, int, int], None]  # a part of the start, how much of it is done, and of how much


class Starting:
    """The child's end."""

    def __init__(self, pipe: int, is_ready: Callable[[], None]) -> None:
        self._pipe, self._is_ready = pipe, is_ready

    def tell(self, part: str, done: int, of: int) -> None:
        """So much of a part is done."""
        os.write(self._pipe, f"{done} {of} {part}\n".encode())

    def __call__(self) -> None:
        """It is ready: the last that is said."""
        self._is_ready()
        os.write(self._pipe, READY + b"\n")
        os.close(self._pipe)


async def hear(pipe: int, ready: asyncio.Event, tell: Tell) -> None:
    """The parent's end: pass on what is said, and set `ready`. Its end without that word is the child's death."""
    loop, heard, rest = asyncio.get_running_loop(), asyncio.Event(), b""
    os.set_blocking(pipe, False)  # the loop may say twice that there is something
    loop.add_reader(pipe, heard.set)
    try:
        while not ready.is_set():
            await heard.wait()
            heard.clear()
            try:
                said = os.read(pipe, 4096)
            except BlockingIOError:
                continue
            if not said:
                return
            *lines, rest = (rest + said).split(b"\n")
            for line in lines:
                if line == READY:
                    ready.set()
                else:
                    done, of, part = line.decode().split(" ", 2)
                    tell(part, int(done), int(of))
    finally:
        loop.remove_reader(pipe)
        os.close(pipe)
