"""The process that looks a journal through: `python -m parlour.check_process FOLDER`; what is wrong comes as JSON.

It only reads. It ends with main, whose end closes its standard input.
"""

import sys

import msgspec

from engine.journal.check import faults
from parlour.beside import begin


def main() -> None:
    """Say what is wrong."""
    found = list(faults(begin() / "journal.db"))
    sys.stdout.buffer.write(msgspec.json.encode(found))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
