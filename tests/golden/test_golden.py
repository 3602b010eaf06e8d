"""Three journals of 2ad0367 show what they showed then: every view, entry and story, all rows of all tables.

See README.md. A difference that is meant is named in `renames.py`; the golden files themselves stay as they are.
"""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.golden.comparing import Allowed, differences
from tests.golden.files import FORMATS, Line, expected, make_journal, rows
from tests.golden.renames import Differs
from tests.golden.today import parts_of, start

PARTS = ("views_third", "views_two_thirds", "views_end", "views_hour_later", "entries", "stories", "tables")
Shown = Callable[[str], dict[str, list[Line]]]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What a journal shows today, by part."""

    @cache
    def parts(journal: str) -> dict[str, list[Line]]:
        folder = tmp_path_factory.mktemp(journal)
        make_journal(journal, folder / "journal.db")
        return parts_of(folder)

    return parts


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("journal", FORMATS)
def test_a_journal_shows_what_it_showed(shown: Shown, journal: str, part: str) -> None:
    found = differences(journal, part, golden=expected(journal, part), today=shown(journal)[part])
    if found:
        pytest.fail("\n".join([f"{part} of {journal} is not what it was:", *found]), pytrace=False)


@pytest.mark.parametrize("journal", FORMATS)
def test_the_house_starts_on_it(tmp_path: Path, journal: str) -> None:
    make_journal(journal, tmp_path / "journal.db")
    assert asyncio.run(start(tmp_path)) > len(rows(journal))


@pytest.mark.parametrize("journal", FORMATS)
def test_what_is_compared_is_not_nothing(shown: Shown, journal: str) -> None:
    assert set(shown(journal)) == set(PARTS)
    end = {line["view"] for line in expected(journal, "views_end")}
    assert end > {
        "visitors",
        "rings",
        "mine",
        "queue",
        "messages",
        "operators",
        "visit",
        "overview",
        "place",
        "service",
    }
    tables = {line["table"] for line in expected(journal, "tables")}
    assert tables > {
        "conversations",
        "messages",
        "offers",
        "waits",
        "visits",
        "persons",
        "left_messages",
        "invitations",
    }


def test_every_kind_of_event_stands_in_one_of_them() -> None:
    assert len({row["kind"] for journal in FORMATS for row in rows(journal)}) == 47  # all that 2ad0367 knew


# --- the comparison itself -------------------------------------------------------------------------------------------

RING: Line = {"view": "rings", "for": "ann", "id": "c1", "name": "Vera", "pages": [{"at": 1}]}
NOTHING = Allowed(names={}, fields={}, added={}, new=frozenset(), gone=frozenset(), values=())


def compared(today: list[Line], allowed: Allowed, golden: Line = RING) -> list[str]:
    return differences("busy", "views_end", golden=[golden], today=today, allowed=allowed)


def test_a_value_a_field_or_a_line_that_is_another_is_told() -> None:
    assert compared([RING], NOTHING) == []
    (told,) = compared([RING | {"name": "Wim"}], NOTHING)
    assert told == "view=rings for=ann id=c1\n    name: 'Vera' is now 'Wim'"
    assert "more: 'nothing' is now 1" in compared([RING | {"more": 1}], NOTHING)[0]
    assert compared([], NOTHING)[0].startswith("- {")
    assert compared([RING, RING], NOTHING)[0].startswith("+ {")
    assert compared([RING | {"pages": [{"at": 1.0}]}], NOTHING) != []  # exact: neither a float for a whole number


def test_what_is_named_may_be_and_nothing_beside_it() -> None:
    today = {"view": "ringing", "for": "ann", "id": "c1", "called": "Vera", "pages": [{"when": 1, "zone": 2}], "new": 3}
    names, added = {"rings": "ringing"}, {"rings": frozenset({"new", "pages.zone"})}
    fields = {("rings", "name"): "called", ("rings", "pages.at"): "when"}
    allowed = NOTHING._replace(names=names, fields=fields, added=added)
    assert compared([today], allowed) == []
    assert compared([today | {"newer": 4}], allowed) != []
    other = {"view": "alerts", "for": "ann"}
    assert compared([RING, other], NOTHING) != []
    assert compared([RING, other], NOTHING._replace(new=frozenset({"alerts"}))) == []


def test_what_is_gone_is_neither_missed_nor_there() -> None:
    allowed = NOTHING._replace(gone=frozenset({("view", "rings")}))
    assert compared([], allowed) == []
    assert compared([RING], allowed) != []
    assert compared([], NOTHING._replace(gone=frozenset({("table", "rings")}))) != []


def test_a_value_may_differ_as_it_is_listed_and_only_so() -> None:
    listed = Differs("busy", "views_end", {"id": "c1"}, "name", "Vera", None, "names are forgotten")
    allowed = NOTHING._replace(values=(listed,))
    assert compared([RING | {"name": None}], allowed) == []
    assert compared([RING], allowed) != []
    assert "was not 'Vera'" in compared([RING], allowed, golden=RING | {"name": "Wim"})[0]
    assert "0 golden lines" in compared([RING], NOTHING._replace(values=(listed._replace(where={"id": "c2"}),)))[0]
    assert compared([], NOTHING._replace(values=(listed._replace(field=None),))) == []
