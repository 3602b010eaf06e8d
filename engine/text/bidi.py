"""Controls that turn the direction of writing: balanced and closed in, so that they reach nothing beside their line."""

import re
from collections.abc import Iterator

_MARKS = "\u061c\u200e\u200f"
_PDF, _FSI, _PDI = "\u202c", "\u2068", "\u2069"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"  # LRE RLE LRO RLO, closed by PDF
_ISOLATES = f"\u2066\u2067{_FSI}"  # LRI RLI FSI, closed by PDI
OVERRIDES = "\u202d\u202e"
BIDI = f"{_MARKS}{_EMBEDDINGS}{_PDF}{_ISOLATES}{_PDI}"  # all of them; fit for a character class of a pattern
_ANY = re.compile(f"[{BIDI}]")
# What ends a paragraph of the bidi algorithm ends every isolate, so each such line is isolated by itself.
_PARAGRAPH = re.compile("([\n\u2029])")


def isolate(text: str) -> str:
    """Wrap each line that holds bidi controls in FSI … PDI, balanced, so that it cannot turn around what follows it."""
    if not _ANY.search(text):
        return text
    return "".join(_isolate_line(line) if _ANY.search(line) else line for line in _PARAGRAPH.split(text))


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
