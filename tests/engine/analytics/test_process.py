"""The real analytics process: killed at any moment, attacked, and told to end."""

import asyncio
import os
import random
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import pytest
from tornado.httpclient import HTTPError

from engine.analytics import mark
from engine.journal.reader import JournalReader
from parlour import child
from parlour.data_dir import CannotStart
from parlour.keys import analyst_key
from parlour.options import Options
from parlour.serve import program
from parlour.supervise import Supervisor
from tests.engine.analytics.analyst import Analyst, Told
from tests.engine.analytics.days import on_day, random_day, write_journal
from tests.engine.analytics.tables import ask, everything, opened, tables_of
from tests.parlour.whole import free_port

pytestmark = pytest.mark.slow

BACK = 3.0  # seconds in which the service answers again

# Each with how it ends.
ATTACKS = [
    ("COMMIT; DROP TABLE visitors", (400, "not-one-select")),
    ("SELECT 1; SELECT 2", (400, "not-one-select")),
    ("", (400, "not-one-select")),
    ("DROP TABLE visitors", (400, "not-one-select")),
    ("INSERT INTO store.mark VALUES (1)", (400, "not-one-select")),
    ("WITH gone AS (DELETE FROM visitors RETURNING *) FROM gone", (400, "bad-sql")),
    ("CREATE TEMP TABLE t AS SELECT 1", (400, "not-one-select")),
    ("COPY visitors TO '/tmp/parlour-attack.csv'", (400, "not-one-select")),
    ("EXPORT DATABASE '/tmp/parlour-attack'", (400, "not-one-select")),
    ("ATTACH ':memory:' AS other", (400, "not-one-select")),
    ("ATTACH '/tmp/parlour-attack.db'", (400, "not-one-select")),
    ("INSTALL httpfs", (400, "not-one-select")),
    ("LOAD '/tmp/parlour-attack.so'", (400, "not-one-select")),
    ("SET memory_limit = '64GB'", (400, "not-one-select")),
    ("PRAGMA memory_limit = '64GB'", (400, "not-one-select")),
    ("PRAGMA enable_profiling", (400, "not-one-select")),
    ("RESET memory_limit", (400, "not-one-select")),
    ("SET VARIABLE a = 1", (400, "not-one-select")),
    ("PREPARE a AS SELECT 1", (400, "not-one-select")),
    ("CALL enable_logging()", (400, "not-one-select")),
    ("CHECKPOINT", (400, "not-one-select")),
    ("VACUUM", (400, "not-one-select")),
    ("EXPLAIN ANALYZE SELECT 1", (400, "not-one-select")),
    ("FROM read_csv('/etc/passwd')", (400, "not-allowed")),
    ("FROM read_text('/etc/passwd')", (400, "not-allowed")),
    ("FROM read_blob('/etc/passwd')", (400, "not-allowed")),
    ("FROM read_json('https://localhost/x')", (400, "not-allowed")),
    ("FROM read_parquet('/etc/passwd')", (400, "not-allowed")),
    ("FROM sniff_csv('/etc/passwd')", (400, "not-allowed")),
    ("FROM glob('/*')", (400, "not-allowed")),
    ("FROM '/etc/passwd'", (400, "bad-sql")),
    ("SELECT getenv('HOME')", (400, "bad-sql")),
    ("SELECT repeat('x', 2000000000)", (413, "too-large")),
    ("SELECT len(range(1000000000))", (413, "too-large")),
    ("SELECT list(repeat(i::VARCHAR, 1000)) FROM range(10000000) AS r(i)", (413, "too-large")),
    ("SELECT string_agg(repeat(i::VARCHAR, 1000)) FROM range(10000000) AS r(i)", (413, "too-large")),
    ("SELECT count(DISTINCT repeat(i::VARCHAR, 100)) FROM range(10000000) AS r(i)", (413, "too-large")),
    ("SELECT repeat(i::VARCHAR, 100) AS t FROM range(10000000) AS r(i) ORDER BY t", (413, "too-large")),
    ("FROM range(10000000)", (413, "too-large")),
]
ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"
ONE_HUGE_VALUE = "SELECT lpad('', 2000000000, 'x')"
ONE_LONG_VALUE = "SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))"


@contextmanager
def alone(options: Options) -> Iterator[Popen[bytes]]:
    """The process without a supervisor, ready."""
    listening, speaking = os.pipe()
    command = [*child.command("analytics", options), f"--ready-fd={speaking}"]
    with Popen(command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, pass_fds=[speaking]) as process:
        os.close(speaking)
        with os.fdopen(listening) as pipe:
            try:
                assert pipe.readline() == "ready\n"
                yield process
            finally:
                process.kill()


@asynccontextmanager
async def supervised(options: Options) -> AsyncIterator[tuple[Analyst, dict[str, int]]]:
    """The process as `parlour serve` keeps it, an analyst, and the processes' ids by name."""
    processes: dict[str, int] = {}

    def changed(now: dict[str, int]) -> None:
        processes.clear()
        processes.update(now)

    (options.data_dir / "logs").mkdir(exist_ok=True)
    async with Supervisor(options.data_dir / "logs", changed=changed, tell=lambda line: None) as supervisor:
        supervisor.start(program("analytics", options))
        await supervisor.ready("analytics")
        yield Analyst(f"http://127.0.0.1:{options.analytics_port}", key=analyst_key(options.data_dir)), processes


async def answers_within(analyst: Analyst, seconds: float) -> float:
    """Ask until there is an answer; how long that took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while True:
            try:
                if (await analyst.asks("SELECT 1 AS n")).status == 200:
                    return time.monotonic() - began
            except (OSError, HTTPError):  # it is not there
                pass
            await asyncio.sleep(0.02)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    write_journal(tmp_path / "journal.db", random_day(1))
    return Options(data_dir=tmp_path, port=free_port())


class Load(threading.Thread):
    """Events that come all the time."""

    def __init__(self, path: Path, seed: int) -> None:
        super().__init__()
        self._path, self._seed, self._ending = path, seed, threading.Event()
        self.days = [random_day(1)]

    def run(self) -> None:
        while not self._ending.is_set():
            self._seed += 1
            day = on_day(len(self.days), random_day(self._seed, steps=40))
            for first in range(0, len(day), 10):
                write_journal(self._path, day[first : first + 10])
                self._ending.wait(0.02)
            self.days.append(day)

    def end(self) -> None:
        self._ending.set()
        self.join()


@pytest.mark.parametrize("kills", [4, pytest.param(10, marks=pytest.mark.long)])
def test_killed_at_random_moments_of_a_load_the_tables_are_those_of_a_rebuild(options: Options, kills: int) -> None:
    dice = random.Random(4)
    load = Load(options.data_dir / "journal.db", seed=100)
    load.start()
    marks = []
    try:
        for _ in range(kills):
            with alone(options) as process:
                time.sleep(dice.random() * 0.7)  # the moment is what is random, nothing is waited for
                process.send_signal(signal.SIGKILL)
            marks.append(told.position if (told := mark.read(options.data_dir)) else 0)
    finally:
        load.end()
    events = [event for day in load.days for event in day]
    with alone(options) as process:
        deadline = time.monotonic() + 10
        while (told := mark.read(options.data_dir)) is None or told.position < len(events):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.terminate()
        assert process.wait(5) == 0
    assert marks == sorted(marks)
    assert len(set(marks)) >= kills / 2
    (options.data_dir / "rebuilt").mkdir()
    epoch = JournalReader(options.data_dir / "journal.db").epoch
    with opened(options.data_dir, epoch=epoch) as kept, tables_of(options.data_dir / "rebuilt", events) as rebuilt:
        assert everything(kept) == everything(rebuilt)
        assert ask(kept, "SELECT count(*) - count(DISTINCT page_view) AS twice FROM page_views") == [{"twice": 0}]


def test_every_attack_is_refused_with_its_error_and_the_process_goes_on(options: Options) -> None:
    async def test() -> None:
        async with supervised(options) as (analyst, processes):
            before = dict(processes)
            for sql, error in ATTACKS:
                assert (sql, (await analyst.asks(sql)).error) == (sql, error)
                assert await answers_within(analyst, BACK) < 1
            assert processes == before
            assert (await analyst.asks("SELECT count(*) > 0 AS there FROM visitors")).rows == [{"there": True}]

    asyncio.run(test())


@pytest.mark.long  # twelve seconds by the real limits; test_service.py ends a process by shorter ones
def test_one_long_value_ends_the_process_which_comes_back(options: Options) -> None:
    async def test() -> None:
        async with supervised(options) as (analyst, processes):
            before = dict(processes)
            long, huge = await asyncio.gather(analyst.asks(ONE_LONG_VALUE), analyst.asks(ONE_HUGE_VALUE))
            assert long.error == (408, "timeout")
            assert huge.error in {(408, "timeout"), (413, "too-large")}  # as quick as the machine is
            await answers_within(analyst, BACK)
            assert processes != before
            last = await asyncio.to_thread(write_journal, options.data_dir / "journal.db", random_day(2))
            async with asyncio.timeout(2):
                while (await analyst.health())["mark"] < last:
                    await asyncio.sleep(0.02)

    asyncio.run(test())


def spoken_for(pid: int) -> int:
    """How many who wait for an answer another process would answer, were this one killed now."""
    (beside,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sockets = [fd for fd in Path(f"/proc/{beside}/fd").iterdir() if str(fd.readlink()).startswith("socket:")]
    return len(sockets) - 1  # its line


@asynccontextmanager
async def asked(analyst: Analyst, pid: int, sql: str) -> AsyncIterator[list[asyncio.Task[Told]]]:
    """Four who ask this: two are being answered, two wait."""
    asking = [asyncio.create_task(analyst.asks(sql)) for _ in range(4)]
    async with asyncio.timeout(5):
        while spoken_for(pid) < len(asking):
            await asyncio.sleep(0.01)
    yield asking
    await asyncio.gather(*asking)


@pytest.mark.alone
def test_killed_however_often_it_is_back_and_who_waited_is_told_to_ask_again(options: Options) -> None:
    async def test() -> None:
        async with supervised(options) as (analyst, processes):
            for n in range(7):
                async with asked(analyst, processes["analytics"], f"{ENDLESS} AS round{n}") as asking:
                    os.kill(processes["analytics"], signal.SIGKILL)
                    assert [(await one).error for one in asking] == [(503, "retry")] * 4
                await answers_within(analyst, BACK)

    asyncio.run(test())


@pytest.mark.alone
def test_a_question_that_ends_the_process_again_and_again_waits_and_others_do_not(options: Options) -> None:
    async def test() -> None:
        async with supervised(options) as (analyst, processes):
            for n in range(2):
                async with asked(analyst, processes["analytics"], f"{ENDLESS} -- {n}"):
                    os.kill(processes["analytics"], signal.SIGKILL)
                await answers_within(analyst, BACK)
            refused = await analyst.asks(f"{ENDLESS} -- 17")
            assert refused.error == (429, "busy")
            assert "ended the tables' process before" in refused.refusal["message"]
            assert (await analyst.asks("SELECT count(*) > 0 AS there FROM visitors")).rows == [{"there": True}]

    asyncio.run(test())


@pytest.mark.long  # twelve seconds each by the real limits
def test_nested_questions_that_are_never_planned_end_the_process_twice_each_and_no_more(options: Options) -> None:
    async def test() -> None:
        async with supervised(options) as (analyst, _):
            for part, end in (("abs(", ")"), ("list_transform([1], x -> ", ")"), ("[", "]")):
                for n in (900, 901, 902):
                    depth = n if len(part) < 9 else n // 18
                    said = await analyst.asks(f"SELECT {part * depth}1{end * depth}")
                    assert said.error in ({(408, "timeout"), (503, "retry")} if n < 902 else {(429, "busy")}), part
                    await answers_within(analyst, BACK)

    asyncio.run(test())


def test_it_is_ready_at_once_where_nothing_is_new(options: Options) -> None:
    with alone(options):
        pass
    began = time.monotonic()
    with alone(options):
        assert time.monotonic() - began < BACK


def test_a_journal_that_lost_its_end_is_not_followed(options: Options) -> None:
    epoch = JournalReader(options.data_dir / "journal.db").epoch
    mark.write(options.data_dir, mark.Mark(epoch=epoch, position=10_000_000))
    with tables_of(options.data_dir, []):
        pass

    async def test() -> None:
        async with supervised(options):
            pass

    with pytest.raises(CannotStart, match="lost its last events; restore it from a backup"):
        asyncio.run(test())


def test_it_ends_when_told_to_while_a_query_runs_and_a_stream_is_read(options: Options) -> None:
    async def test(process: Popen[bytes]) -> None:
        analyst = Analyst(f"http://127.0.0.1:{options.analytics_port}", key=analyst_key(options.data_dir))
        async with analyst.events("") as lines:
            asking = asyncio.create_task(analyst.asks(ENDLESS))
            assert (await analyst.asks("SELECT 1 AS n")).rows == [{"n": 1}]
            while not lines.events:
                await asyncio.sleep(0.01)
            process.terminate()
            assert await asyncio.to_thread(process.wait, 3) == 0
            assert (await asking).status in {408, 503}

    with alone(options) as process:
        asyncio.run(test(process))
