"""Write what a journal shows today as its golden files, once: `python -m tests.golden.write_once NAME`.

A part that has its file already is left alone: what differs from it belongs into `renames.py`, or is an error.
"""

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.golden.files import FORMATS, make_journal, write_expected
from tests.golden.today import parts_of


def write(journal: str) -> None:
    """Write the parts of a journal that have no file yet."""
    with tempfile.TemporaryDirectory() as folder:
        make_journal(journal, Path(folder) / "journal.db")
        for part, lines in parts_of(Path(folder)).items():
            with suppress(FileExistsError):
                write_expected(journal, part, lines)


if __name__ == "__main__":
    for name in sys.argv[1:] or FORMATS:
        write(name)
