"""Passwords that are common everywhere, by a list that ships (`common.txt`, which says whence it comes).

It must not know what is obvious here alone.
"""

import unicodedata
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("common.txt")


def is_common(password: str) -> bool:
    """Whether it is one of them, in letters of whatever size."""
    return unicodedata.normalize("NFC", password).casefold() in _common()


@cache
def _common() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
