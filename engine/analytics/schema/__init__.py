"""The tables: SQL files that make them, in the order of their names.

`merge_…` ones merge rows into them, `roll_…` ones add days up. Other SQL, or another version of a fact, is another
version of the tables: they are made again.
"""

import hashlib
from functools import cache
from pathlib import Path

from engine.facts.catalogue import FACTS

HERE = Path(__file__).parent


@cache
def tables() -> tuple[str, ...]:
    """The SQL that makes the tables."""
    return tuple(file.read_text(encoding="utf-8") for file in sorted(HERE.glob("[0-9]*.sql")))


@cache
def merges() -> dict[str, str]:
    """The SQL that merges the rows `batch` into a table, by the table's name; other tables only grow."""
    files = sorted(HERE.glob("merge_*.sql"))
    return {file.stem.removeprefix("merge_"): file.read_text(encoding="utf-8") for file in files}


@cache
def rolls() -> dict[str, str]:
    """The SQL that adds the days [$1, $2) up in a roll-up, by its name."""
    return {
        file.stem.removeprefix("roll_"): file.read_text(encoding="utf-8") for file in sorted(HERE.glob("roll_*.sql"))
    }


@cache
def version() -> str:
    """What the tables are made of, as one text."""
    digest = hashlib.sha256("\0".join((*tables(), *merges().values(), *rolls().values())).encode())
    for fact in FACTS:
        digest.update(f"\0{fact.name} {fact.version}".encode())
    return digest.hexdigest()
