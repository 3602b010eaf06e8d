"""The process that makes one snapshot: `python -m parlour.snapshot_process FOLDER`; the bytes come on standard output.

It only reads the journal. It ends with main, whose end closes its standard input.
"""

import sys

import msgspec

from engine.journal.reader import JournalReader
from engine.saved import recover
from parlour.beside import begin
from parlour.snapshots import snapshot_of


def main() -> None:
    """Read the journal to its present end, and say what is known then."""
    reader = JournalReader(begin() / "journal.db")
    known, _ = recover(reader, last=reader.last_position(), dead=lambda *_: None)  # main has told of it
    out = sys.stdout.buffer
    out.write(msgspec.msgpack.encode(snapshot_of(known)))
    out.flush()


if __name__ == "__main__":
    main()
