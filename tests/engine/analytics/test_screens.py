"""What a screen asks at once: as JSON, at one moment of the tables, within the bounds of a question."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.analytics.query import Limits
from engine.analytics.screens.past import Past, VisitorsPast
from engine.analytics.screens.screen import Screen
from engine.analytics.screens.several import Asked, Several
from engine.analytics.screens.visitors import Found, VisitorsPage
from tests.engine.analytics.analyst import Analyst, Told, serving
from tests.engine.analytics.days import id_of, write_journal
from tests.engine.story import Story

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = Story()
    story.visitor("vera").asks(name="Vera").is_accepted_by("Otto").ends()
    write_journal(tmp_path / "journal.db", story.events)
    return tmp_path


def run(folder: Path, test: Callable[[Analyst], Awaitable[None]], **limits: Any) -> None:
    async def main() -> None:
        async with serving(folder, limits=Limits(**limits)) as (analyst, _):
            await test(analyst)

    asyncio.run(main())


ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"


def test_no_question_of_an_analyst_keeps_a_screen_waiting_however_many_there_are(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        async with AsyncExitStack() as asking:
            for _ in range(10):
                await asking.enter_async_context(analyst.asking(ENDLESS))
            async with asyncio.timeout(10):
                while (await analyst.asks("SELECT 1")).error != (429, "busy"):  # all slots and places are taken
                    pass
            began = time.monotonic()
            for _ in range(3):
                assert (await shown(analyst, VisitorsPage(text="vera"))).status == 200
            assert time.monotonic() - began < 3
            assert (await analyst.asks("SELECT 1")).error == (429, "busy")

    run(folder, test, seconds=30, patience=30)


def test_no_screen_keeps_a_question_waiting(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        slow = [asyncio.create_task(shown(analyst, several((ENDLESS, {})))) for _ in range(9)]
        async with asyncio.timeout(10):
            while not any(one.done() for one in slow):  # which finds no place
                await asyncio.sleep(0.01)
        assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]
        assert {(await one).status for one in slow} == {408, 429}

    run(folder, test, seconds=3)


async def shown(analyst: Analyst, screen: Screen[Any]) -> Told:
    return await analyst.posts(msgspec.json.encode(screen), "/screen")


def several(*questions: tuple[str, dict[str, Any]]) -> Several:
    return Several(questions=tuple(Asked(sql, params) for sql, params in questions))


def test_each_screen_is_answered_whole_and_says_how_fresh_it_is(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        page = json.loads((await shown(analyst, VisitorsPage(text="vera"))).body)
        assert page["stale"] is False
        found = msgspec.convert(page["answer"], Found)
        assert [(row["name"], row["visitor"]) for row in found.rows] == [("Vera", id_of("vera"))]
        past = json.loads((await shown(analyst, VisitorsPast(visitor=id_of("vera")))).body)["answer"]
        assert [chat["outcome"] for chat in msgspec.convert(past, Past).chats] == ["answered"]
        both = await shown(analyst, several(("SELECT $n AS n", {"n": 2}), ("SELECT DATE '2026-03-01' AS d", {})))
        assert json.loads(both.body)["answer"] == [[{"n": 2}], [{"d": "2026-03-01"}]]

    run(folder, test)


def test_all_of_a_screen_is_one_moment_of_the_tables(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        both = await shown(analyst, several(("SELECT now() AS n", {}), ("SELECT now() AS n", {})))
        ((one,), (other,)) = json.loads(both.body)["answer"]
        assert one == other

    run(folder, test)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"screen": "Salaries"}', "bad-request"),
        (b'{"screen": "VisitorsPage", "sort": "visits; DROP TABLE visitors"}', "bad-request"),
        (b'{"screen": "VisitorsPage", "offset": -1}', "bad-request"),
        (msgspec.json.encode(several(("DELETE FROM visitors", {}))), "not-one-select"),
        (msgspec.json.encode(several(("SELECT $a AS a", {}))), "bad-params"),
        (msgspec.json.encode(several(("SELECT $a AS a", {"a": 1, "b": 2}))), "bad-params"),
    ],
)
def test_what_is_no_screen_is_refused(folder: Path, body: bytes, error: str) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await analyst.posts(body, "/screen")).error == (400, error)

    run(folder, test)


def test_a_screen_has_an_end(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await shown(analyst, several(("FROM range(50)", {})))).status == 200
        assert (await shown(analyst, several(("FROM range(51)", {})))).error == (413, "too-large")

    run(folder, test, shown=50)


def test_a_stranger_is_shown_nothing(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await shown(Analyst(analyst.url, key="guess"), VisitorsPage())).error == (401, "unauthorized")

    run(folder, test)


def test_an_analyst_may_give_parameters_by_name(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        told = await analyst.asks("SELECT $a || $b || $a AS t", {"a": "x", "b": "y"})
        assert told.rows == [{"t": "xyx"}]
        assert (await analyst.asks("SELECT $a AS t", {"b": 1})).error == (400, "bad-params")
        assert (await analyst.asks("SELECT $a AS t", [1])).error == (400, "bad-params")

    run(folder, test)
