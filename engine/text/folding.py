"""What two texts have in common for somebody who searches: letters without their case, accents and width.

In scripts written without spaces a word has no beginning that could be looked up: there, each pair of letters is one.
"""

import re
import unicodedata
from functools import lru_cache

# Marks that a searcher leaves out: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic short vowels. Not the
# vowels and voicing marks of Indic, Thai or Japanese writing, without which a word is another one.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
# Letters with a stroke, and joined ones, that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
) | {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
# Thai and Lao, Burmese, Khmer; Chinese characters, the Japanese syllables.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3035\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"([{UNSPACED}]+)")


def folded(text: str) -> str:
    """Return `text` as it is compared: `José`, `Jose` with an accent of its own, and `JOSE` are `jose`."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", "".join(map(fold, unicodedata.normalize("NFC", text))))


@lru_cache(maxsize=4096)
def fold(char: str) -> str:
    """Return what a character is compared as: none, one, or several."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", char).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart).translate(_LETTERS))


def words(text: str, *, goes_on: bool = False) -> str:
    """Return the words of `text` for an index that parts at spaces: in scripts without spaces, its pairs of letters.

    `東京都` has the words `東京 京都 都`, so that each of its letters begins one. Where the text `goes_on`, as a
    question does that is the beginning of a word, its last letter alone is none.
    """
    if text.isascii():
        return text.lower()
    runs = [run for run in _RUNS.split(folded(text)) if run]
    cut = [
        _pairs(run, last=not goes_on or at < len(runs)) if _RUNS.match(run) else run for at, run in enumerate(runs, 1)
    ]
    return " ".join(cut)


def _pairs(run: str, *, last: bool) -> str:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return " ".join([*pairs, run[-1]] if last or not pairs else pairs)
