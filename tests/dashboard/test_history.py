"""The client of the analytics process: answers, errors by their kinds, and the one retry."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from dashboard.history import AnalyticsClient, NoHistory
from dashboard.history import client as client_module
from dashboard.reports.asking import ask
from dashboard.reports.parameters import Parameters
from dashboard.reports.registry import REPORTS
from dashboard.reports.report import Report
from engine.analytics.screens.past import VisitorsPast
from engine.analytics.screens.several import Asked, Several
from engine.analytics.screens.visitors import VisitorsPage
from engine.history import BadSQL, Busy, HistoryError, NoServer, NotReady, TooBig, TooSlow, WrongToken
from tests.dashboard.fake_analytics import KEY, FakeAnalytics
from tests.dashboard.fake_analytics import told as tells
from tests.dashboard.invented import came, furnish
from tests.engine.analytics.analyst import KEY as ANALYSTS
from tests.engine.analytics.analyst import serving
from tests.engine.analytics.days import random_day, write_journal
from tests.running import eventually

T = TypeVar("T")
ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"
ENDS = 5.0  # seconds; by itself the service would end it after ten


def several(sql: str, **params: Any) -> Several:
    """A screen of one question."""
    return Several(questions=(Asked(sql, params),))


ONE = several("SELECT 1 AS a")


@pytest.fixture
def analytics(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAnalytics]:
    monkeypatch.setattr(client_module, "AGAIN", 0.01)
    fake = FakeAnalytics()
    yield fake
    fake.close()


def asked(fake: FakeAnalytics, question: Callable[[AnalyticsClient], Awaitable[T]], *, key: str = KEY) -> T:
    """Ask something of the running fake."""

    async def run() -> T:
        server, client = fake.listen(), AnalyticsClient(fake.url, tells(key))
        try:
            return await question(client)
        finally:
            server.stop()
            await server.close_all_connections()

    return asyncio.run(run())


def test_an_answer_has_the_rows_of_each_question(analytics: FakeAnalytics) -> None:
    told = asked(analytics, lambda client: client.ask(several("SELECT $n AS a, $text::VARCHAR AS b", n=7, text="ü")))
    assert told.answer == [[{"a": 7, "b": "ü"}]]


def test_a_list_is_one_parameter(analytics: FakeAnalytics) -> None:
    told = asked(analytics, lambda client: client.ask(several("SELECT unnest($of::VARCHAR[]) AS a", of=["x", "y"])))
    assert told.answer == [[{"a": "x"}, {"a": "y"}]]


@pytest.mark.parametrize("report", REPORTS.values(), ids=lambda report: report.id)
def test_a_report_is_one_request(analytics: FakeAnalytics, report: Report) -> None:
    told = asked(analytics, lambda client: ask(client, report, Parameters(), now=datetime.now(UTC)))
    assert len(told.tables) == len(report.tables)
    assert (analytics.requests, len(analytics.asked)) == (1, 3 + len(report.tables))


def test_a_page_of_the_visitors_list_and_a_past_are_one_request_each(analytics: FakeAnalytics) -> None:
    furnish(analytics)
    visitor = came(analytics, 1, datetime(2025, 3, 1, tzinfo=UTC))
    told = asked(analytics, lambda client: client.ask(VisitorsPage()))
    assert [row["visitor"] for row in told.answer.rows] == [visitor]
    assert (analytics.requests, len(analytics.asked)) == (1, 4)
    past = asked(analytics, lambda client: client.ask(VisitorsPast(visitor=visitor)))
    assert len(past.answer.visits) == 1
    assert analytics.requests == 2


def test_while_the_tables_are_made_it_asks_once_more(analytics: FakeAnalytics) -> None:
    analytics.refusals = [(503, "retry")]
    assert asked(analytics, lambda client: client.ask(ONE)).answer == [[{"a": 1}]]
    analytics.refusals = [(503, "retry"), (503, "retry")]
    with pytest.raises(NotReady):
        asked(analytics, lambda client: client.ask(ONE))
    assert len(analytics.asked) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadSQL), (401, WrongToken), (408, TooSlow), (413, TooBig), (429, Busy), (500, HistoryError)],
)
def test_a_refusal_has_its_kind_and_is_not_asked_again(
    analytics: FakeAnalytics, status: int, kind: type[HistoryError]
) -> None:
    analytics.refusals = [(status, "no")]
    with pytest.raises(kind):
        asked(analytics, lambda client: client.ask(ONE))
    assert not analytics.asked


def test_a_wrong_key_is_said(analytics: FakeAnalytics) -> None:
    with pytest.raises(WrongToken):
        asked(analytics, lambda client: client.ask(ONE), key="guess")


def test_a_process_that_is_not_there_or_breaks_off_is_said(analytics: FakeAnalytics) -> None:
    analytics.up = False
    with pytest.raises(NotReady):
        asked(analytics, lambda client: client.ask(ONE))
    with pytest.raises(HistoryError):
        asked(analytics, lambda client: client.ask(VisitorsPage()))

    async def nobody() -> None:
        await AnalyticsClient("http://127.0.0.1:9", tells(KEY)).ask(ONE)

    with pytest.raises(NoServer):
        asyncio.run(nobody())


def test_a_question_that_nobody_waits_for_any_more_is_hung_up_on(analytics: FakeAnalytics) -> None:
    analytics.dawdles = True

    async def given_up(client: AnalyticsClient) -> int:
        asking = [asyncio.ensure_future(client.ask(ONE)) for _ in range(client_module.AT_ONCE + 1)]
        await eventually(lambda: len(analytics.asked) == client_module.AT_ONCE)
        for one in asking:
            one.cancel()
        await eventually(lambda: analytics.left == client_module.AT_ONCE)
        analytics.dawdles = False
        return len((await client.ask(ONE)).answer)

    assert asked(analytics, given_up) == 1


def test_the_query_of_a_question_that_is_given_up_ends(tmp_path: Path) -> None:
    write_journal(tmp_path / "journal.db", random_day(5))

    async def scenario() -> int:
        async with serving(tmp_path) as (analyst, service):
            client = AnalyticsClient(analyst.url, tells(ANALYSTS))
            asking = asyncio.ensure_future(client.ask(several(ENDLESS)))
            await eventually(lambda: service._running)
            asking.cancel()
            await eventually(lambda: not service._running, within=ENDS)
            return len((await client.ask(ONE)).answer)

    assert asyncio.run(scenario()) == 1


def test_an_answer_that_does_not_come_in_time_is_said_and_hung_up_on(
    analytics: FakeAnalytics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "WAITING", 0.05)
    analytics.dawdles = True

    async def waits(client: AnalyticsClient) -> None:
        with pytest.raises(NotReady):
            await client.ask(ONE)
        await eventually(lambda: analytics.left == 2)

    asked(analytics, waits)


def test_it_says_whether_the_tables_are_behind(analytics: FakeAnalytics) -> None:
    assert asked(analytics, lambda client: client.ask(ONE)).stale is False
    analytics.stale = True
    assert asked(analytics, lambda client: client.ask(ONE)).stale is True


def test_without_an_analytics_process_nobody_answers() -> None:
    with pytest.raises(NoServer):
        asyncio.run(NoHistory().ask(ONE))
