"""A text around what was found in it."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from engine.found import Part
from engine.text.folding import UNSPACED, fold

BEFORE, AFTER = 60, 100  # characters that are shown before what is found first, and from it on
CUT = "…"


def parts_of(text: str, asked: Sequence[str]) -> tuple[Part, ...]:
    """What was found of the folded words, and what is around it; a long text is cut at spaces, where it has some."""
    text = unicodedata.normalize("NFC", text)
    found = _found(text, asked)
    begin, end = _window(text, found[0][0] if found else 0)
    parts, done, lead = list[Part](), begin, CUT if begin else ""
    for start, stop in found:
        if done <= start and stop <= end:
            parts += [Part(lead + text[done:start]), Part(text[start:stop], found=True)]
            done, lead = stop, ""
    parts.append(Part(lead + text[done:end] + (CUT if end < len(text) else "")))
    return tuple(part for part in parts if part.text)


def _found(text: str, asked: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order, none within another."""
    letters = [fold(char) for char in text]
    ends = list(accumulate(map(len, letters)))  # of each character in the folded text
    folded = "".join(letters)
    places = sorted({match.span() for word in asked for match in _pattern(word).finditer(folded)})
    return [(bisect_right(ends, start), bisect_right(ends, stop - 1) + 1) for start, stop in places]


def _pattern(word: str) -> re.Pattern[str]:
    """A word as the index understands it: what is no letter does not count, and it begins a word where these do."""
    pieces = re.findall(r"\w+", word)
    begins = "" if re.match(f"[{UNSPACED}]", pieces[0]) else r"(?<!\w)"
    return re.compile(begins + r"[^\w\s]*\s?[^\w\s]*".join(map(re.escape, pieces)))


def _window(text: str, first: int) -> tuple[int, int]:
    if len(text) <= BEFORE + AFTER:
        return 0, len(text)
    begin, end = max(0, first - BEFORE), min(len(text), first + AFTER)
    space = text.find(" ", begin, first)
    last = text.rfind(" ", first, end)
    return (space + 1 if begin and space >= 0 else begin), (last if end < len(text) and last > first else end)
