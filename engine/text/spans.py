"""The spans of a text: what is a link in it, and what is not.

The patterns know the stops, quotes and brackets of all scripts, and where a host ends beside a script without spaces.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

import msgspec

from engine.text.addresses import valid_email, web_address
from engine.text.bidi import OVERRIDES


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of text; with `href` it is a link (http, https or mailto only)."""

    text: str
    href: str | None = None


# What ends a link in any script: brackets, quotes, stops, spaces, controls. Not the two dots within words of Catalan
# and Japanese, nor the joiners within words of Indic and Persian writing.
_WITHIN_WORDS = "\u00b7\u30fb\u200c\u200d"
_ENDING = {"Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Zl", "Zp", "Cc", "Cf"}
_DASHES = "\u2014\u2015"
_ENDS = "".join(
    char
    for char in map(chr, range(0x80, 0x10000))
    if char not in _WITHIN_WORDS and (char in _DASHES or unicodedata.category(char) in _ENDING)
)
_STOP = rf"\s\x00-\x20\x7f<>\"\\^`{{|}}{re.escape(_ENDS)}"
# Thai and Lao, Hangul, the Chinese and Japanese scripts: written with no space between an address and what follows.
_UNSPACED = "\u0e00-\u0eff\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
_LOCAL = r"[A-Za-z0-9_][A-Za-z0-9!#$%&'*+/=?^_{|}~.-]{0,63}"
_EMAIL = rf"{_LOCAL}@(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,8}}[A-Za-z]{{2,63}}"
# A name without a scheme is a link after "www." or in a common domain, because "Thanks.It works" is none.
_BARE = r"www\.(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}|(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:com|org|net|info|edu|gov|shop)"
_FOUND = re.compile(
    rf"(?P<web>(?<![A-Za-z0-9])https?://[^{_STOP}]+)"
    rf"|(?P<mail>(?<![A-Za-z0-9_@.%+-])(?:mailto:)?{_EMAIL})(?![A-Za-z0-9@-])"
    rf"|(?P<bare>(?<!//)(?<![A-Za-z0-9@._-])(?:{_BARE})(?![A-Za-z0-9_@-])(?::\d{{1,5}})?(?:[/?#][^{_STOP}]*)?)",
    re.IGNORECASE,
)
# A host's last name is of one script: where Latin letters go over into such a script, and no other name follows, the
# host ends there.
_GLUED = re.compile(rf"(?:https?://)?(?:[A-Za-z0-9_-]+\.)+[A-Za-z]{{2,63}}(?=[{_UNSPACED}])(?![\w-]*\.)", re.IGNORECASE)
_TRAILING = ".,;:!?'*~"
_PAIRS = {")": "(", "]": "["}


@lru_cache(maxsize=8)  # all who see a message get it one after the other
def spans(text: str) -> tuple[Span, ...]:
    """Cut `text` into plain runs and links; the texts of the spans joined are `text` again.

    Links are http and https addresses (without a scheme: https, where it begins with "www." or ends in a common
    domain) and e-mail addresses. A text under a bidi override has none: it would show another address than it opens.
    """
    cut: list[Span] = []
    done = 0
    for start, link, href in _found(text):
        if done < start:
            cut.append(Span(text[done:start]))
        cut.append(Span(link, href))
        done = start + len(link)
    if done < len(text):
        cut.append(Span(text[done:]))
    return tuple(cut)


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each link begins, how it is written, what it opens."""
    if any(char in text for char in OVERRIDES):
        return
    for match in _FOUND.finditer(text):
        link = match[0] if match["mail"] else _end(match[0])
        href = _to_mail(link) if match["mail"] else web_address(link if match["web"] else f"https://{link}")
        if href is not None:
            yield match.start(), link, href


def _end(link: str) -> str:
    """Leave out what follows a web address and belongs to the sentence around it."""
    if glued := _GLUED.match(link):
        link = glued[0]
    while link and (link[-1] in _TRAILING or _closes_too_many(link)):
        link = link[:-1]
    return link


def _closes_too_many(link: str) -> bool:
    opener = _PAIRS.get(link[-1])
    return opener is not None and link.count(link[-1]) > link.count(opener)


def _to_mail(link: str) -> str | None:
    address = link[len("mailto:") :] if link[:7].lower() == "mailto:" else link
    return f"mailto:{quote(address, safe='@+!$*=~.-_')}" if valid_email(address) else None
