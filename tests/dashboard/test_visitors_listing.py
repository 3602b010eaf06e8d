"""A page of the Visitors List: sorted by any column, searched, counted, both ways through, by the database."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, TypeVar

import msgspec
import pytest

from dashboard.components.visitors_table import Page
from engine.analytics.screens import visitors as listing
from engine.analytics.screens.past import Past, VisitorsPast
from engine.analytics.screens.screen import Screen, Told, answer_of
from engine.analytics.screens.visitors import COLUMNS, PAGE, Column, Found, VisitorsPage
from engine.text import folded
from tests.dashboard.fake_analytics import FakeAnalytics
from tests.dashboard.invented import asked, came, furnish, uuid

pytestmark = pytest.mark.slow

A = TypeVar("A")
START = datetime(2025, 3, 1, tzinfo=UTC)
NAMES = ["Vera", "vera 12", "Åsa", None, "100%", "a_b", "Tom", None]


class Direct:
    """A history without HTTP."""

    def __init__(self, fake: FakeAnalytics) -> None:
        self.fake = fake

    async def ask(self, screen: Screen[A]) -> Told[A]:
        """Ask the tables; the answer has been JSON, as over HTTP."""
        told = self.fake.answer(screen)
        answer: A = msgspec.json.decode(msgspec.json.encode(told.answer), type=answer_of(type(screen)))
        return Told(answer=answer, stale=told.stale)


@contextmanager
def furnished() -> Iterator[Direct]:
    """A past of sixty visitors."""
    fake = FakeAnalytics()
    with fake.at_once():
        furnish(fake)
        for number in range(60):
            email = f"user{number}@example.org" if number % 3 == 0 else None
            came(fake, number, START + timedelta(hours=number % 7, seconds=number), name=NAMES[number % 8], email=email)
    yield Direct(fake)
    fake.close()


@pytest.fixture
def history() -> Iterator[Direct]:
    """A past of the test's own, to add to."""
    with furnished() as past:
        yield past


@pytest.fixture(scope="module")
def kept() -> Iterator[Direct]:
    """The past of all tests that only look at it."""
    with furnished() as past:
        yield past


def page(history: Direct, wanted: VisitorsPage) -> Found:
    return asyncio.run(history.ask(wanted)).answer


def everybody(history: Direct, **how: Any) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    return [row for offset in (0, 25, 50) for row in page(history, VisitorsPage(offset=offset, **how)).rows]


def _order(value: Any) -> Any:
    """Addresses are in the order of their numbers, other texts in that of their letters, without their accents."""
    if isinstance(value, str):
        return int(ip_address(value)) if value.startswith("192.0.2.") else folded(value)
    return value


@pytest.mark.parametrize("desc", [True, False])
@pytest.mark.parametrize("sort", COLUMNS)
def test_each_column_sorts_both_ways_and_the_pages_have_everybody_once(kept: Direct, sort: Column, desc: bool) -> None:
    rows = everybody(kept, sort=sort, desc=desc)
    assert len({row["visitor"] for row in rows}) == len(rows) == 60
    key = "browser" if sort == "device" else sort
    known = [_order(row[key]) for row in rows if row[key] is not None]
    assert known == sorted(known, reverse=desc)
    assert all(row[key] is None for row in rows[len(known) :])


@pytest.mark.parametrize("desc", [True, False])
@pytest.mark.parametrize("sort", listing.CUT_OUT)
def test_a_page_cut_out_by_its_keys_is_the_sorted_one(
    history: Direct, monkeypatch: pytest.MonkeyPatch, sort: Column, desc: bool
) -> None:
    for number in range(60, 200):  # fourteen of each address
        came(history.fake, number, START, address=f"10.0.0.{number % 10}")
    offsets = range(0, 200, 25)
    pages = [page(history, VisitorsPage(sort=sort, desc=desc, offset=offset)) for offset in offsets]
    asked: list[str] = []
    monkeypatch.setattr(listing, "FAR", 25)
    for offset, sorted_ in zip(offsets, pages, strict=True):
        history.fake.asked.clear()
        assert page(history, VisitorsPage(sort=sort, desc=desc, offset=offset)) == sorted_
        asked += [sql for sql, _ in history.fake.asked if "quantile_disc" in sql]
    assert len(asked) == 6


def test_the_pages_of_those_without_a_name_follow_in_one_order_with_nobody_twice(history: Direct) -> None:
    for number in range(60, 200):
        came(history.fake, number, START)
    rows = [row for offset in range(0, 200, 25) for row in page(history, VisitorsPage(sort="name", offset=offset)).rows]
    assert len({row["visitor"] for row in rows}) == len(rows) == 200
    assert [row["name"] is None for row in rows] == [False] * 45 + [True] * 155


def test_a_page_says_of_how_many_it_is_and_one_past_the_end_is_the_last(kept: Direct) -> None:
    first, beyond = page(kept, VisitorsPage()), page(kept, VisitorsPage(offset=10_000))
    assert (first.offset, first.total, len(first.rows)) == (0, 60, PAGE)
    assert (beyond.offset, beyond.total, len(beyond.rows)) == (50, 60, 10)
    assert page(kept, VisitorsPage(text="user", offset=10_000)).rows == page(kept, VisitorsPage(text="user")).rows


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("VERA", {"Vera", "vera 12"}),
        ("v*12", {"vera 12"}),
        ("åsa", {"Åsa"}),
        ("asa", {"Åsa"}),
        ("A\u030aS", {"Åsa"}),
        ("100%", {"100%"}),
        ("%", {"100%"}),
        ("a_b", {"a_b"}),
        ("a*b", {"a_b"}),
        ("*_*", {"a_b"}),
        ("' OR 1=1 --", set()),
    ],
)
def test_a_search_is_a_part_of_the_text_with_a_star_for_anything(kept: Direct, text: str, names: set[str]) -> None:
    for sort in COLUMNS:
        found = page(kept, VisitorsPage(text=text, sort=sort))
        assert {row["name"] for row in found.rows} - {None} == names
        assert found.total == len(found.rows)


def test_names_of_all_scripts_are_found_and_stand_in_order_however_they_are_written(history: Direct) -> None:
    written = ["Zoe", "Jose\u0301", "josé", "JOSE", "Łukasz", "Emil", "Émile", "Ｖｅｒａ", "カナ", "東京 太郎"]
    for number, name in enumerate(written, 60):
        came(history.fake, number, START, name=name)

    def found(text: str) -> set[str]:
        return {row["name"] for row in page(history, VisitorsPage(text=text, sort="name", desc=False)).rows} & {
            *written
        }

    for text in ("jose", "José", "JOSE\u0301", "osé"):
        assert found(text) == {"Jose\u0301", "josé", "JOSE"}
    assert (found("lukasz"), found("emil"), found("vera")) == ({"Łukasz"}, {"Emil", "Émile"}, {"Ｖｅｒａ"})
    assert (found("かな"), found("太郎"), found("京 太")) == ({"カナ"}, {"東京 太郎"}, {"東京 太郎"})
    names = [row["name"] for row in everybody(history, sort="name", desc=False)]
    order = [name for name in names if name in written]
    assert [folded(name) for name in order] == sorted(map(folded, written))
    assert order.index("Émile") == order.index("Emil") + 1


def test_a_search_finds_e_mail_place_and_id(kept: Direct) -> None:
    assert page(kept, VisitorsPage(text="user33@")).rows[0]["email"] == "user33@example.org"
    assert {row["address"] for row in page(kept, VisitorsPage(text="192.0.2.17")).rows} == {"192.0.2.17"}
    assert page(kept, VisitorsPage(text=uuid(7, kind=1))).rows[0]["visitor"] == uuid(7, kind=1)
    assert page(kept, VisitorsPage(text="* *")).total == 60


def test_who_has_no_name_is_found_by_what_tells_them_from_others(kept: Direct) -> None:
    """Their handle, the end of their ID in capitals: "Site visitor 84F2"."""
    for row in everybody(kept)[:20]:
        handle = row["visitor"][-4:].upper()
        assert row["visitor"] in {one["visitor"] for one in page(kept, VisitorsPage(text=handle)).rows}


def test_an_e_mail_address_is_found_as_it_is_written_accents_and_all(history: Direct) -> None:
    came(history.fake, 60, START, name="Ülkü", email="Ülkü@bücher.example")
    for text in ("ülkü@bücher", "BÜCHER.example", "ülkü@*.example"):
        assert [row["email"] for row in page(history, VisitorsPage(text=text)).rows] == ["Ülkü@bücher.example"]


def test_who_has_no_row_in_persons_is_listed_and_found(history: Direct) -> None:
    stranger = uuid(99, kind=1)
    history.fake.put("visitors", visitor=stranger, first_seen=START, last_seen=START, visits=1)
    for sort in COLUMNS:
        rows = [row for offset in (0, 25, 50) for row in page(history, VisitorsPage(sort=sort, offset=offset)).rows]
        assert len({row["visitor"] for row in rows}) == 61
    (row,) = page(history, VisitorsPage(text=stranger, sort="name")).rows
    assert (row["name"], row["email"], row["address"]) == (None, None, None)


@pytest.mark.parametrize("sort", ["visits; DROP TABLE visitors", "v.visits", "", "rowid", None])
def test_a_column_that_there_is_not_is_no_message(sort: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"t": "page", "seq": 1, "sort": sort, "desc": True, "text": "", "offset": 0}, Page)


def test_a_visitors_past_has_the_visits_that_are_over_and_the_chats(history: Direct) -> None:
    conversation = asked(history.fake, 7, START + timedelta(hours=1))
    past = asyncio.run(history.ask(VisitorsPast(visitor=uuid(7, kind=1)))).answer
    (visit,), (chat,) = past.visits, past.chats
    assert (visit["count"], visit["seconds"]) == (2, 300.0)
    assert [one["title"] for one in visit["pages"]] == ["Home", "Cart"]
    assert chat["conversation"] == conversation
    assert (chat["department"], chat["operator"], chat["outcome"]) == ("Support", "Ann", "answered")
    assert asyncio.run(history.ask(VisitorsPast(visitor="v1"))).answer == Past()


def test_the_chats_of_a_past_have_a_time_also_where_an_invited_one_goes_on(history: Direct) -> None:
    invited = {"conversation": uuid(1, kind=4), "visitor": uuid(7, kind=1), "mode": "text", "state": "active"}
    history.fake.put("conversations", **invited, invited_at=START + timedelta(hours=1))
    (chat,) = asyncio.run(history.ask(VisitorsPast(visitor=uuid(7, kind=1)))).answer.chats
    assert datetime.fromisoformat(chat["at"]) == START + timedelta(hours=1)
