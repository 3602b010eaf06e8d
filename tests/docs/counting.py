"""Counting what a new thing costs: the files in which its words stand, and those that a page quotes for it."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.docs.test_pages import DOCS, HOUSE

ROOMS = ("engine", "dashboard", "widget", "parlour")
GENERATED = "// Made by `make docs`"
BUNDLES = HOUSE / "widget" / "built"  # made by `make bundle`
ROW = re.compile(r"^\| \[(?P<name>[^]]+)\]\(#[\w-]+\) \| (?P<files>\d+) \| (?P<most>\d+) \|$", re.M)
WORDS = re.compile(r"^```text\n(.+)\n```$", re.M)
COUNTED = re.compile(r"Counted\s+in\s+([^.]+)\.")
QUOTED = re.compile(r"^`([^`\n]+)`:\n```", re.M)


class Row(NamedTuple):
    """A line of the table: what it is, how many files it says, and how many there may be."""

    name: str
    files: int
    most: int


class Page:
    """A page with a table of what things cost, and a section for each."""

    def __init__(self, name: str) -> None:
        self.text = (DOCS / name).read_text(encoding="utf-8")
        self.rows = [Row(row["name"], int(row["files"]), int(row["most"])) for row in ROW.finditer(self.text)]

    def section(self, name: str) -> str:
        """What the page says of it."""
        sections = dict(part.split("\n", 1) for part in re.split(r"^## ", self.text, flags=re.M)[1:])
        return sections[name[0].upper() + name[1:]]

    def with_words(self, name: str) -> set[str]:
        """The source files in which the words of a thing stand."""
        said = self.section(name)
        counted = COUNTED.search(said)
        rooms = tuple(re.findall(r"`([\w/]+)`", counted[1])) if counted else ROOMS
        (words,) = WORDS.findall(said)
        return {path for path in sources(rooms) if re.search(words, text_of(path))}

    def quoted(self, name: str) -> set[str]:
        """The source files that the page quotes for it."""
        return {path for path in QUOTED.findall(self.section(name)) if not path.startswith(("tests/", "docs/"))}


def sources(rooms: tuple[str, ...]) -> list[str]:
    """All source files in some rooms that somebody has written by hand."""
    files = (path for room in rooms for path in (HOUSE / room).rglob("*") if path.is_file())
    kept = (path for path in files if "__pycache__" not in path.parts and BUNDLES not in path.parents)
    named = sorted(str(path.relative_to(HOUSE)) for path in kept)
    return [path for path in named if not text_of(path).startswith(GENERATED)]


def text_of(path: str) -> str:
    """A file's text; nothing of a picture's or a sound's."""
    try:
        return Path(HOUSE / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
