"""The pages on security: every requirement of the standard stands there once, and what they name is there.

`asvs.txt` has the ids of OWASP ASVS 5.0.0 of levels 1 and 2, each with its level.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).parents[2]
PAGES = ("security.md", "asvs.md")
VERDICTS = {"holds", "partly", "open", "not ours", "none"}
REQUIRED = dict(line.split() for line in (Path(__file__).parent / "asvs.txt").read_text("ascii").splitlines())
ROW = re.compile(
    r"^\| (?P<id>V[\d.]+) \| (?P<level>\d) \| (?P<asked>[^|]+) \| `(?P<verdict>[^`|]+)` \|(?P<where>[^|]*)\|$", re.M
)
ID = re.compile(r"\bV\d+\.\d+\.\d+\b")
NAMED = re.compile(r"`([\w./-]+\.(?:py|js|html|sql|css|toml|json|lock)|Makefile)(?:::(\w+))?`")


class Row(NamedTuple):
    """A requirement, and how the house stands to it."""

    id: str
    level: str
    asked: str
    verdict: str
    where: str


def text_of(page: str) -> str:
    return (HOUSE / "docs" / page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    (found,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text_of(page), re.M | re.S)
    return str(found)


ROWS = [Row(**found.groupdict()) for found in ROW.finditer(text_of("asvs.md"))]


def wrong_names(text: str) -> Iterator[str]:
    """What is named in a text and is not there: files, and tests in them."""
    for path, name in NAMED.findall(text):
        file = HOUSE / path
        if "/" not in path and not file.exists():
            continue  # a file of a data folder, by its name
        if not file.is_file():
            yield path
        elif name and not re.search(rf"^(?:async )?def {name}\(", file.read_text("utf-8"), re.M):
            yield f"{path}::{name}"


def test_the_standard_has_so_many_requirements() -> None:
    assert Counter(REQUIRED.values()) == {"1": 70, "2": 183}


def test_each_requirement_stands_there_once_with_its_level() -> None:
    assert len(ROWS) == text_of("asvs.md").count("\n| V"), "a row that is none"
    assert Counter(row.id for row in ROWS).most_common(1)[0][1] == 1
    assert {row.id: row.level for row in ROWS} == REQUIRED


def test_each_verdict_is_one_of_five_words() -> None:
    assert {row.verdict for row in ROWS} == VERDICTS


def test_what_holds_names_where_and_what_does_not_says_why() -> None:
    assert not [row.id for row in ROWS if row.verdict == "holds" and not NAMED.search(row.where + row.asked)]
    assert not [row.id for row in ROWS if row.verdict in {"partly", "open", "not ours"} and not row.where.strip()]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_named_is_there(page: str) -> None:
    assert list(wrong_names(text_of(page))) == []


def test_what_is_not_there_is_found() -> None:
    said = "`tests/docs/test_nothing.py`, `tests/docs/test_security.py::test_nothing`, `docs/hooks.py`, `secrets.toml`"
    assert list(wrong_names(said)) == ["tests/docs/test_nothing.py", "tests/docs/test_security.py::test_nothing"]


def test_each_promise_names_its_test() -> None:
    promises = re.findall(r"^- .*(?:\n  .*)*", section("security.md", "What is promised"), re.M)
    assert len(promises) > 40
    assert not [one for one in promises if not any(path.startswith("tests/") for path, _ in NAMED.findall(one))]


def test_all_that_does_not_hold_stands_together_once_more() -> None:
    listed = Counter(ID.findall(section("security.md", "What is open")))
    assert set(listed) == {row.id for row in ROWS if row.verdict in {"open", "partly"}}
    assert set(listed.values()) == {1}
