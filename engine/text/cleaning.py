"""How foreign text is taken: what it must not hold is refused where somebody typed it, and dropped where nobody did."""

import re
import unicodedata
from typing import Literal

from engine.text.bidi import BIDI, isolate

Fault = Literal["too-long", "bad-text", "empty"]


class TextRefused(Exception):
    """Foreign text that is not taken. `reason` is one of `Fault`; `limit` is in characters, for `too-long`."""

    def __init__(self, reason: Fault, limit: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


# Lone surrogates and control characters. A line feed and a tab are among the latter, and allowed where there are lines.
_BAD_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BAD_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DROPPED = re.compile(rf"[\ud800-\udfff{BIDI}]")
# A lone surrogate as JSON escapes it; the pairs, and whatever else is escaped, are passed over.
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
_JOINER = "\u200d"
# Letters by their category that show nothing, so that a text of them alone is blank.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean(text: str, limit: int, *, lines: bool) -> str:
    """Return `text` trimmed, with plain line feeds and isolated bidi controls; "" where it is blank.

    `lines` allows line feeds and tabs. Raises `TextRefused`: `too-long` beyond `limit` characters, `bad-text` for
    lone surrogates and control characters. The limit counts what was written, not the isolates added here.
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise TextRefused("too-long", limit)
    if (_BAD_IN_LINES if lines else _BAD_IN_A_LINE).search(text):
        raise TextRefused("bad-text")
    return "" if is_blank(text) else isolate(text)


def required(text: str, limit: int, *, lines: bool) -> str:
    """Return `clean(text)`; blank text raises `TextRefused("empty")`."""
    cleaned = clean(text, limit, lines=lines)
    if not cleaned:
        raise TextRefused("empty")
    return cleaned


def fit(text: str, limit: int) -> str:
    """Return as much of `text` as will do, on one line: for addresses, titles, referrers, which nobody typed.

    Control characters become spaces, lone surrogates and bidi controls are dropped, what is beyond `limit` is cut.
    """
    text = _DROPPED.sub("", text[: limit * 2])
    return _BAD_IN_A_LINE.sub(" ", text).strip()[:limit].rstrip()


def gist(text: str, limit: int) -> str:
    """Return the first line of `text` that says something, as `fit` has it; "…" stands for what is left out.

    It is cut between words, or, within a very long one, never within what is seen as one character.
    """
    lines = [line for line in (fit(line, limit + 1) for line in text.splitlines()) if not is_blank(line)]
    if not lines:
        return ""
    first = lines[0]
    if len(first) > limit:
        whole = first[: _seam(first, limit)]
        between = whole.rpartition(" ")[0] if first[len(whole)] != " " else whole
        return f"{(between if len(between) > limit // 2 else whole).rstrip()}…"
    return f"{first} …" if len(lines) > 1 else first


def _seam(line: str, at: int) -> int:
    """The last place up to `at` between two characters as they are seen: accents and joined emoji stay whole."""
    while at > 1 and (unicodedata.category(line[at])[0] == "M" or _JOINER in line[at - 1 : at + 1]):
        at -= 1
    return at


def whole_characters(json: str) -> str:
    """Return a JSON text without the lone surrogates in its texts, which no decoder takes: halves of cut emoji."""
    return _HALF.sub(lambda escape: "" if escape[1] else escape[0], json)


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of it."""
    return all(char in _FILLERS or char.isspace() or unicodedata.category(char) == "Cf" for char in text)
