"""The service over HTTP: who may ask, what is answered, what is refused and how it is said."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from engine.analytics import serve
from engine.analytics.query import Limits, Question
from engine.analytics.service import Service
from tests.engine.analytics.analyst import Analyst, serving
from tests.engine.analytics.days import id_of, random_day, write_journal
from tests.engine.story import Story
from tests.running import eventually

QUESTION = Question(sql="")
pytestmark = pytest.mark.slow

ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"


def run(
    folder: Path, test: Callable[[Analyst], Awaitable[None]], *, limits: Limits | None = None, follow: bool = True
) -> None:
    async def main() -> None:
        async with serving(folder, limits=limits, follow=follow) as (analyst, _):
            await test(analyst)

    asyncio.run(main())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    story = Story()
    vera = story.visitor("vera").asks(name="Vera").is_accepted_by("Otto")
    vera.writes("Hello <b>").ends()
    write_journal(tmp_path / "journal.db", story.events)
    return tmp_path


def test_a_question_is_answered_as_arrow_with_its_parameters(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        told = await analyst.asks("SELECT outcome, asked_at FROM conversations WHERE visitor = ?", [id_of("vera")])
        (row,) = told.rows
        assert row["outcome"] == "answered"
        assert row["asked_at"].utcoffset().total_seconds() == 0
        assert (await analyst.asks("SELECT text FROM message_texts")).rows == [{"text": "Hello <b>"}]
        assert (await analyst.asks("SELECT ? + ? AS n, ? AS t", [1, 2.5, "x"])).rows == [{"n": 3.5, "t": "x"}]
        assert (await analyst.asks("SELECT ? IS NULL AS yes, ? AS no", [None, False])).rows == [
            {"yes": True, "no": False}
        ]
        listed = await analyst.asks("FROM conversations WHERE conversation = ANY(?::UUID[])", [[id_of("c-vera")]])
        assert len(listed.rows) == 1
        assert (await analyst.asks("FROM conversations WHERE asked_at < ?", ["2026-01-01T00:00:00Z"])).rows == []
        assert (await analyst.asks("SELECT 'ä' AS a;")).rows == [{"a": "ä"}]

    run(folder, test)


def test_a_large_answer_comes_whole(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        told = await analyst.asks("SELECT i, 'row ' || i AS t FROM range(500000) AS r(i)")
        assert len(told.body) > 5_000_000
        assert told.rows[-1] == {"i": 499_999, "t": "row 499999"}

    run(folder, test)


@pytest.mark.parametrize("key", ["", "wrong"])
def test_without_the_key_nothing_is_told(folder: Path, key: str) -> None:
    async def test(analyst: Analyst) -> None:
        stranger = Analyst(analyst.url, key=key)
        assert (await stranger.asks("SELECT 1")).error == (401, "unauthorized")
        assert (await stranger.gets("/events")).error == (401, "unauthorized")
        assert set(await stranger.health()) == {"ready", "mark", "behind", "stale", "failed"}

    run(folder, test)


@pytest.mark.parametrize(
    ("sql", "offset", "line", "column"),
    [
        ("SELEC 1", 0, 1, 1),
        ("SELECT 1,\n  foo(2)", 12, 2, 3),
        ("SELECT 'äöü' || nope FROM visits", 16, 1, 17),
        ("SELECT * FROM nothing", 14, 1, 15),
        ("SELECT CAST('a' AS INT)", 7, 1, 8),
    ],
)
def test_an_error_in_the_sql_is_said_with_its_place(
    folder: Path, sql: str, offset: int, line: int, column: int
) -> None:
    async def test(analyst: Analyst) -> None:
        told = await analyst.asks(sql)
        assert told.error == (400, "bad-sql")
        assert told.refusal["position"] == {"offset": offset, "line": line, "column": column}
        assert "{" not in told.refusal["message"]

    run(folder, test)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("nonsense", (400, "bad-request")),
        ("{}", (400, "bad-request")),
        ('{"sql": 1}', (400, "bad-request")),
        ('{"sql": "SELECT 1", "more": 1}', (400, "bad-request")),
        ('{"sql": "SELECT ?", "params": [{}]}', (400, "bad-request")),
        (b'{"sql": "\xff"}', (400, "bad-request")),
        (json.dumps({"sql": "SELECT ?"}), (400, "bad-params")),
        (json.dumps({"sql": "SELECT ?", "params": [1, 2]}), (400, "bad-params")),
        (json.dumps({"sql": "SELECT $name", "params": [1]}), (400, "bad-params")),
        (json.dumps({"sql": "SELECT ?::INT", "params": ["x"]}), (400, "bad-sql")),
        (json.dumps({"sql": "SELECT " + "1" * 70_000}), (413, "too-large")),
    ],
)
def test_what_is_no_question_is_refused(folder: Path, body: str | bytes, error: tuple[int, str]) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await analyst.posts(body)).error == error

    run(folder, test)


def test_there_are_no_other_addresses(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await analyst.gets("/")).error == (404, "unknown")
        assert (await analyst.gets("/query")).status == 405
        assert (await analyst.gets("/events?after=-1")).error == (400, "bad-request")

    run(folder, test)


def test_until_the_tables_have_caught_up_one_is_told_to_ask_again(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        refused = await analyst.asks("SELECT 1")
        assert refused.error == (503, "retry")
        assert refused.refusal["made"] == [0, 9]
        assert "(0 of 9 events)" in refused.refusal["message"]
        health = await analyst.health()
        assert health.pop("counted") == {"refused": {"retry": 1}, "too_slow": 0, "ports": {"pauses": 0}}
        assert health == {"ready": False, "mark": 0, "behind": 9, "stale": True, "failed": 0}

    run(folder, test, follow=False)


def test_what_is_kept_is_soon_in_the_tables_by_itself(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        loop = asyncio.get_running_loop()
        for seed in range(5):
            last, deadline = write_journal(folder / "journal.db", random_day(seed)), loop.time() + 10
            while (await analyst.health())["mark"] < last:
                assert loop.time() < deadline  # how soon is measured by `parlour bench ingest`
                await asyncio.sleep(0.005)
        assert (await analyst.asks("SELECT position FROM store.mark")).rows == [{"position": last}]
        assert (await analyst.health())["stale"] is False

    run(folder, test)


@pytest.mark.parametrize(
    "sql",
    [
        ENDLESS,
        "SELECT count(*) FROM range(10000000) AS a(i), range(10000000) AS b(i) WHERE a.i * b.i = 3",
        "SELECT sum(i) FROM range(1000000000000) AS r(i)",
        "SELECT sleep_ms(100000)",
    ],
)
def test_a_query_beyond_its_time_is_ended_alone(folder: Path, sql: str) -> None:
    async def test(analyst: Analyst) -> None:
        slow, quick = await asyncio.gather(analyst.asks(sql), analyst.asks("SELECT 1 AS n"))
        assert slow.error == (408, "timeout")
        assert quick.rows == [{"n": 1}]
        assert analyst.ended == []

    run(folder, test, limits=Limits(seconds=0.3))


def test_more_than_can_be_answered_at_once_are_told_to_come_again(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        answers = await asyncio.gather(*(analyst.asks(ENDLESS) for _ in range(6)))
        assert sorted(told.error for told in answers) == [(408, "timeout")] * 2 + [(429, "busy")] * 4
        assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]

    run(folder, test, limits=Limits(seconds=0.5, waiting=2, patience=0.2))


@pytest.mark.parametrize(
    ("sql", "limits"),
    [
        ("SELECT * FROM range(100001)", Limits(rows=100_000)),
        ("SELECT repeat('x', 1000) FROM range(10000)", Limits(size=1 << 20)),
    ],
)
def test_a_result_that_is_too_large_is_refused_whole(folder: Path, sql: str, limits: Limits) -> None:
    async def test(analyst: Analyst) -> None:
        assert (await analyst.asks(sql)).error == (413, "too-large")
        assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]

    run(folder, test, limits=limits)


def test_a_query_that_does_not_heed_its_interrupt_ends_the_process(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        # One value that is long in the making; the other query only has to wait.
        hang = "SELECT levenshtein(repeat('a', 30000), repeat('b', 30000))"
        guilty, other = await asyncio.gather(analyst.asks(hang), analyst.asks(ENDLESS))
        assert guilty.error == (408, "timeout")
        assert other.status in {408, 503}
        await eventually(lambda: analyst.ended)
        assert (await analyst.asks("SELECT 1")).error == (503, "retry")

    run(folder, test, limits=Limits(seconds=0.2, grace=0.2))


def test_a_query_ends_with_its_client_and_its_slot_is_free_at_once(folder: Path) -> None:
    async def main() -> None:
        async with serving(folder, limits=Limits(seconds=30, slots=1)) as (analyst, service):
            async with analyst.asking(ENDLESS):
                await eventually(lambda: service._running)
            left = asyncio.get_running_loop().time()
            assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]
            assert asyncio.get_running_loop().time() - left < 1
            assert analyst.ended == []
            assert service.way(QUESTION).sending.free == service.limits.sending

    asyncio.run(main())


def test_who_leaves_while_waiting_for_a_slot_waits_no_longer(folder: Path) -> None:
    async def main() -> None:
        async with serving(folder, limits=Limits(seconds=30, slots=1, patience=30)) as (analyst, service):
            async with analyst.asking(ENDLESS):
                await eventually(lambda: service._running)
                async with analyst.asking("SELECT 1"):
                    await eventually(lambda: service.way(QUESTION).slots.waiting == 1)
                await eventually(lambda: service.way(QUESTION).slots.waiting == 0)
                assert len(service._running) == 1
            await eventually(lambda: not service._running)
            assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]

    asyncio.run(main())


def test_events_come_from_history_and_then_live_without_a_hole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(analyst: Analyst) -> None:
        last = 9
        async with analyst.events("?after=3") as lines:
            for seed in range(6):
                last = await asyncio.to_thread(write_journal, folder / "journal.db", random_day(seed))
            await eventually(lambda: lines.positions[-1:] == [last])
            assert lines.positions == list(range(4, last + 1))
            (asked,) = [line["event"] for line in lines.events if line["event"].get("visitor") == id_of("vera")][-1:]
            assert asked["kind"]
            message = next(line["event"] for line in lines.events if line["event"]["kind"] == "MessageWritten")
            assert message["personal"] == {"text": "Hello <b>"}
            assert all(line["id"] and line["cause"] for line in lines.events)

    monkeypatch.setattr("engine.analytics.events.PAGE", 7)
    run(folder, test)


def test_without_live_events_end_with_the_last_that_is_kept(folder: Path) -> None:
    async def test(analyst: Analyst) -> None:
        async with analyst.events("?live=no") as lines:
            await eventually(lambda: lines.ended)
        assert lines.positions == list(range(1, 10))

    run(folder, test)


def test_a_quiet_stream_beats_and_ends_with_its_reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        async with serving(folder, limits=Limits(streams=1)) as (analyst, service):
            async with analyst.events("?after=9") as lines:
                await eventually(lambda: lines.beats >= 2)
                assert (await analyst.gets("/events")).error == (429, "busy")
            await eventually(lambda: free(service))

    monkeypatch.setattr(serve, "HEARTBEAT", 0.05)
    asyncio.run(main())


def free(service: Service) -> bool:
    return service.streams.free == 1
