"""Work that is too long for main's loop: a process of its own beside it, at low priority, that ends with main.

Main's half starts it and takes what it prints; the process's half is `begin`. It must not know what the work is.
"""

import asyncio
import logging
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

POLITE = 10  # how nice it is to main and to who else works on the machine


async def output_of(module: str, folder: Path) -> bytes | None:
    """What `python -m MODULE FOLDER` prints; None where it fails. Its errors are in main's log."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, str(folder), stdin=pipe, stdout=pipe)
    try:
        out = process.stdout
        made = await out.read() if out is not None else b""
        return made if await process.wait() == 0 else None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def begin() -> Path:
    """Be such a process; its folder."""
    threading.Thread(target=_end_with_main, name="main's watch", daemon=True).start()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    os.nice(POLITE)
    return Path(sys.argv[1])


def _end_with_main() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)
