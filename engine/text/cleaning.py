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


def whole_characters(json: str) -> str:
    """Return a JSON text without the lone surrogates in its texts, which no decoder takes: halves of cut emoji."""
    return _HALF.sub(lambda escape: "" if escape[1] else escape[0], json)


def is_blank(text: str) -> bool:
    """Whether nobody would see anything of it."""
    return all(char in _FILLERS or char.isspace() or unicodedata.category(char) == "Cf" for char in text)
