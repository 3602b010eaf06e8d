"""Foreign text: its limits, how it is cleaned, and the spans both clients render and never parse.

Everything a visitor, a page or a browser says of itself is hostile. It is cleaned here once, on its way in, and cut
into spans here once, on its way out. This module knows nothing of the engine, and never makes markup.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal
from urllib.parse import quote, urlsplit

import msgspec
from linkify_it import LinkifyIt
from linkify_it.tlds import TLDS

# Limits, in characters (Unicode code points) of what was written, after trimming.
MESSAGE_LIMIT = 10_000
NAME_LIMIT = 80
EMAIL_LIMIT = 254
SUBJECT_LIMIT = VALUE_LIMIT = 200
ADDRESS_LIMIT = 2_048
TITLE_LIMIT = 300


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long what people type may be, in characters, as both clients are told."""

    message: int = MESSAGE_LIMIT
    name: int = NAME_LIMIT
    email: int = EMAIL_LIMIT
    subject: int = SUBJECT_LIMIT


Fault = Literal["too-long", "bad-text", "empty"]


class TextRefused(Exception):
    """Foreign text that is not taken. `reason` is one of `Fault`; `limit` is in characters, for `too-long`."""

    def __init__(self, reason: Fault, limit: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of text; with `href` it is a link (http, https or mailto only)."""

    text: str
    href: str | None = None


# --- in: cleaning ----------------------------------------------------------------------------------------------------

# Lone surrogates and control characters. A line feed and a tab are among the latter, and allowed where there are lines.
_BAD_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BAD_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
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
    return "" if _is_blank(text) else _isolate(text)


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


def _is_blank(text: str) -> bool:
    return all(char in _FILLERS or char.isspace() or unicodedata.category(char) == "Cf" for char in text)


# --- bidi controls ---------------------------------------------------------------------------------------------------

_MARKS = "\u061c\u200e\u200f"
_PDF, _FSI, _PDI = "\u202c", "\u2068", "\u2069"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"  # LRE RLE LRO RLO, closed by PDF
_ISOLATES = f"\u2066\u2067{_FSI}"  # LRI RLI FSI, closed by PDI
_OVERRIDES = "\u202d\u202e"
_BIDI = re.compile(f"[{_MARKS}{_EMBEDDINGS}{_PDF}{_ISOLATES}{_PDI}]")
_DROPPED = re.compile(rf"[\ud800-\udfff{_BIDI.pattern[1:-1]}]")
# What ends a paragraph of the bidi algorithm ends every isolate, so each such line is isolated by itself.
_PARAGRAPH = re.compile("([\n\u2029])")


def _isolate(text: str) -> str:
    """Wrap each line that holds bidi controls in FSI … PDI, balanced, so that it cannot turn around what follows it."""
    if not _BIDI.search(text):
        return text
    return "".join(_isolate_line(line) if _BIDI.search(line) else line for line in _PARAGRAPH.split(text))


def _isolate_line(line: str) -> str:
    balanced = _balance(line)
    return balanced if _is_one_isolate(balanced) else f"{_FSI}{balanced}{_PDI}"


def _balance(line: str) -> str:
    """Drop closers that close nothing, and close what stays open, innermost first."""
    kept: list[str] = []
    awaited: list[str] = []  # the closers of what is open
    for char in line:
        if char in _EMBEDDINGS or char in _ISOLATES:
            awaited.append(_PDF if char in _EMBEDDINGS else _PDI)
            kept.append(char)
        elif char == _PDF:
            if awaited and awaited[-1] == _PDF:
                kept.append(awaited.pop())
        elif char == _PDI:
            if _PDI in awaited:
                kept.extend(_close_isolate(awaited))
        else:
            kept.append(char)
    return "".join(kept + awaited[::-1])


def _close_isolate(awaited: list[str]) -> Iterator[str]:
    """Close the innermost open isolate, and before it the embeddings begun within it."""
    while (closer := awaited.pop()) != _PDI:
        yield closer
    yield _PDI


def _is_one_isolate(line: str) -> bool:
    if not (line.startswith(_FSI) and line.endswith(_PDI)):
        return False
    depth = 0
    for place, char in enumerate(line):
        depth += (char in _ISOLATES) - (char == _PDI)
        if depth == 0:
            return place == len(line) - 1
    return False


# --- addresses -------------------------------------------------------------------------------------------------------

_LABEL = r"[^\s\x00-\x1f\x7f-\x9f@<>()\[\],;:\\\"./?#%]"
_EMAIL = re.compile(rf"[^\s\x00-\x1f\x7f-\x9f@<>()\[\],;:\\\"]{{1,64}}@(?:{_LABEL}{{1,63}}\.)+{_LABEL}{{2,63}}")
_UNFIT_IN_ADDRESS = re.compile(rf'[\s\x00-\x20\x7f-\x9f\\<>"\ud800-\udfff{_BIDI.pattern[1:-1]}]')


def valid_email(text: str) -> bool:
    """Whether `text` looks like one e-mail address (no display name, no list, nothing that ends a mail's header)."""
    return len(text) <= EMAIL_LIMIT and not _DROPPED.search(text) and _EMAIL.fullmatch(text) is not None


@lru_cache(maxsize=512)  # a page is viewed by many
def web_address(text: str) -> str | None:
    """Return `text` where it is a whole http or https address that may be a link, else None."""
    if len(text) > ADDRESS_LIMIT or _UNFIT_IN_ADDRESS.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


# --- out: spans ------------------------------------------------------------------------------------------------------

# Names of one's own network and of examples (RFC 2606, 6762, 9476), which no public list has.
_OWN_NETWORK = ["alt", "corp", "example", "home", "internal", "invalid", "lan", "local", "localhost", "test"]
_links = LinkifyIt({"ftp:": None, "//": None}, {"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": False}).tlds(
    [*TLDS, *_OWN_NETWORK]
)

# A link stands within one run of characters without a space or a bidi control. The gate and the bounds keep the costly
# search away from runs that hold none; without them 10,000 characters like "a.a.a.…" take a tenth of a second.
_MOST_DOTS = 20
_MOST_RUNS = 50
_RUN = re.compile(rf"[^\s{_BIDI.pattern[1:-1]}]+")
_GATE = re.compile(r"://|www\.|@|\.(?:com|org|net|info|edu|gov|shop)(?![\w-])", re.IGNORECASE)
# A bare name is a link only under these, because "Thanks.It works" is none.
_BARE = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|shop)(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=8)  # all who see a message get it one after the other
def spans(text: str) -> tuple[Span, ...]:
    """Cut `text` into plain runs and links; the texts of the spans joined are `text` again.

    Links are http and https addresses (without a scheme: https, where it begins with "www." or ends in a common
    domain) and e-mail addresses. A line under a bidi override has none: it would show another address than it opens.
    """
    cut: list[Span] = []
    done = 0
    for start, stop, href in _found(text):
        if done < start:
            cut.append(Span(text[done:start]))
        cut.append(Span(text[start:stop], href))
        done = stop
    if done < len(text):
        cut.append(Span(text[done:]))
    return tuple(cut)


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    if any(char in text for char in _OVERRIDES):
        return
    for run in islice(filter(_may_hold_link, _RUN.finditer(text)), _MOST_RUNS):
        for match in _links.match(run[0]) or ():
            href = _href(match.schema, match.raw)
            if href is not None:
                yield run.start() + match.index, run.start() + match.last_index, href


def _may_hold_link(run: re.Match[str]) -> bool:
    return len(run[0]) <= ADDRESS_LIMIT and run[0].count(".") <= _MOST_DOTS and _GATE.search(run[0]) is not None


def _href(schema: str, raw: str) -> str | None:
    match schema.lower():
        case "http:" | "https:":
            return web_address(raw)
        case "mailto:":
            address = raw[len("mailto:") :] if raw.lower().startswith("mailto:") else raw
            return f"mailto:{quote(address, safe='@+!$*=~.-_')}" if valid_email(address) else None
        case "":
            bare = raw.lower().startswith("www.") or _BARE.match(raw)
            return web_address(f"https://{raw}") if bare else None
    return None
