"""The process that makes one snapshot: `python -m parlour.snapshot_process FOLDER`; the bytes come on standard output.

It only reads the journal. It ends with main, whose end closes its standard input.
"""

import logging
import os
import sys
import threading
from pathlib import Path

import msgspec

from engine.journal.reader import JournalReader
from engine.saved import recover
from parlour.snapshots import snapshot_of

POLITE = 10  # how nice it is to main and to who else works on the machine


def main() -> None:
    """Read the journal to its present end, and say what is known then."""
    threading.Thread(target=_end_with_main, name="main's watch", daemon=True).start()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    os.nice(POLITE)
    reader = JournalReader(Path(sys.argv[1]) / "journal.db")
    known, _ = recover(reader, last=reader.last_position(), dead=lambda *_: None)  # main has told of it
    out = sys.stdout.buffer
    out.write(msgspec.msgpack.encode(snapshot_of(known)))
    out.flush()


def _end_with_main() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
