"""A live tile and the tables say the same of each measure, at any moment of an invented day, in a real DuckDB file."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, reduce
from typing import Any

import pytest

from engine.analytics.projector import Projector
from engine.analytics.store import Store
from engine.events import Event, PartSet, Tick
from engine.events.parts import Operator
from engine.facts import operator_presence
from engine.streams.machinery.pipeline import Moment
from engine.streams.registry import PIPELINES
from tests.engine.analytics.days import with_ids
from tests.engine.analytics.tables import ask, opened
from tests.engine.facts.folding import folded
from tests.engine.invented import invented_day, whole_second

pytestmark = pytest.mark.slow

MOMENTS = [(seed, number) for seed in range(6) for number in range(3)]
FEWER = [pytest.param(one, marks=[] if one[0] < 3 and one[1] < 2 else pytest.mark.long) for one in MOMENTS]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IN_THE_HOUR = "{0} > ?::TIMESTAMPTZ - INTERVAL 1 HOUR AND {0} <= ?::TIMESTAMPTZ"


class House:
    """A house at a tick: the tiles as they show then, and the tables as they stand then."""

    def __init__(self, store: Store, events: list[Event], at: datetime) -> None:
        self.store, self.events, self.at = store, events, at

    def tile(self, name: str) -> Any:
        pipeline, tick = PIPELINES[name], Tick(at=self.at)
        moments: list[Moment] = [*self.events, tick]
        return pipeline.view(reduce(pipeline.step, moments, pipeline.empty))

    def one(self, sql: str, *params: object) -> dict[str, Any]:
        (row,) = ask(self.store, sql, *params)
        return row

    def many(self, sql: str, *params: object) -> list[dict[str, Any]]:
        return ask(self.store, sql, *params)

    def in_the_hour(self, sql: str, column: str) -> dict[str, Any]:
        """One row of what lies in the hour up to the tick."""
        at = self.at.isoformat()
        return self.one(sql.format(IN_THE_HOUR.format(column)), at, at)

    def count(self, sql: str) -> int:
        return int(self.one(f"SELECT count(*) AS n {sql}")["n"])


@cache
def day(seed: int) -> list[Event]:
    return [with_ids(event) for event in invented_day(seed, steps=700)]


def moment(seed: int, number: int) -> tuple[list[Event], datetime]:
    """Some tick of a day, and what happened up to it."""
    events = day(seed)
    at = whole_second(random.Random(f"{seed} {number}").choice(events[len(events) // 3 :]).at)
    return [event for event in events if event.at <= at], at


@pytest.fixture(params=FEWER, ids=lambda which: f"day {which[0]}, moment {which[1]}", scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    so_far, at = moment(*request.param)
    with opened(tmp_path_factory.mktemp("tables")) as store:
        projector = Projector(Kept(so_far), store)
        while projector.go_on(150):
            pass
        yield House(store, so_far, at)


class Kept:
    """Events that the projector reads as it reads the journal's."""

    def __init__(self, events: list[Event]) -> None:
        self.kept = list(enumerate(events, 1))

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        return self.kept[after : after + limit]


def test_waits(house: House) -> None:
    tile = house.tile("waiting_times")
    told = house.in_the_hour(
        """SELECT quantile_cont(seconds, 0.5) AS median, quantile_cont(seconds, 0.95) AS p95,
        count(*) FILTER (outcome = 'answered' AND reason IN ('asked', 'invited')) AS answered,
        count(*) FILTER (outcome = 'abandoned') AS abandoned
        FROM waits WHERE {}""",
        "ended_at",
    )
    now = house.one("SELECT count(*) AS n, min(began_at) AS since FROM waits WHERE ended_at IS NULL")
    assert (tile.waiting, tile.longest_since) == (now["n"], now["since"])
    assert (tile.answered, tile.abandoned) == (told["answered"], told["abandoned"])
    assert (tile.median_s, tile.p95_s) == (pytest.approx(told["median"]), pytest.approx(told["p95"]))


def test_first_responses(house: House) -> None:
    tile = house.tile("first_responses")
    told = house.in_the_hour(
        """SELECT count(*) AS n, quantile_cont(first_response_s, 0.5) AS median,
        quantile_cont(first_response_s, 0.95) AS p95 FROM conversations WHERE {}""",
        "first_response_at",
    )
    assert tile.count == told["n"]
    assert (tile.median_s, tile.p95_s) == (pytest.approx(told["median"]), pytest.approx(told["p95"]))


def test_visits_a_minute(house: House) -> None:
    tile = house.tile("visits_a_minute")
    minute = house.at.replace(second=0, microsecond=0)
    rows = house.many("SELECT date_trunc('minute', started_at) AS minute, count(*) AS n FROM visits GROUP BY ALL")
    counts = {row["minute"]: row["n"] for row in rows}
    assert tile.minutes == tuple(counts.get(minute - MINUTE * back, 0) for back in range(59, -1, -1))
    assert (tile.ends, tile.hour) == (minute, sum(tile.minutes))
    assert tile.on_site == house.count("FROM visits WHERE left_at IS NULL")


def test_top_pages(house: House) -> None:
    first = house.at.replace(second=0, microsecond=0) - 59 * MINUTE
    rows = house.many(
        """WITH viewed AS (
            SELECT address, count(*) AS n FROM page_views WHERE ts >= ?::TIMESTAMPTZ GROUP BY address
        ), present AS (
            SELECT arg_max(p.address, p.number) AS address
            FROM page_views AS p JOIN visits AS v USING (visit) WHERE v.ended_at IS NULL GROUP BY visit
        ), here AS (SELECT address, count(*) AS n FROM present GROUP BY address)
        SELECT address, coalesce(h.n, 0) AS "now", coalesce(v.n, 0) AS "views"
        FROM viewed AS v FULL JOIN here AS h USING (address) ORDER BY "now" DESC, "views" DESC, address LIMIT 10""",
        first.isoformat(),
    )
    assert [(page.address, page.now, page.views) for page in house.tile("top_pages").pages] == [
        (row["address"], row["now"], row["views"]) for row in rows
    ]


def test_overview(house: House) -> None:
    tile = house.tile("overview")
    states = {
        row["state"]: row["n"] for row in house.many("SELECT state, count(*) AS n FROM conversations GROUP BY ALL")
    }
    assert tile.on_site == house.count("FROM visits WHERE left_at IS NULL")
    assert tile.asleep == house.count("FROM visits WHERE left_at IS NULL AND slept_at IS NOT NULL")
    assert tile.waiting == states.get("routing", 0) + states.get("queued", 0)
    assert tile.ringing == states.get("routing", 0)
    assert (tile.in_chat, tile.on_hold) == (states.get("active", 0), states.get("on-hold", 0))
    assert tile.invited == states.get("invited", 0)
    assert tile.invited == house.count("FROM invitations WHERE outcome IS NULL")
    assert tile.left_open == house.count("FROM left_messages WHERE state = 'open'")
    assert tile.longest_since == house.one("SELECT min(began_at) AS at FROM waits WHERE ended_at IS NULL")["at"]
    operators = presences(house)
    assert tile.operators.available + tile.operators.full == operators.get("available", 0)
    assert tile.operators.wrap_up == operators.get("wrap-up", 0)
    assert tile.operators.not_available == operators.get("not-available", 0)


def presences(house: House) -> dict[str, int]:
    rows = house.many("SELECT state, count(*) AS n FROM operator_presence WHERE ended_at IS NULL GROUP BY ALL")
    return {row["state"]: row["n"] for row in rows}


def test_operators_now(house: House) -> None:
    words = {"full": "available", "signed-out": "gone"}
    live = {row.id: words.get(row.state, row.state) for row in house.tile("operators").values()}
    told = house.many('SELECT "operator", state FROM operator_presence WHERE ended_at IS NULL')
    ever = {row["operator"]: row["state"] for row in told}
    assert {key: ever.get(key, "gone") for key in live} == live
    chats = house.many(
        """SELECT "operator", count(*) AS n FROM conversations WHERE state IN ('active', 'on-hold') GROUP BY ALL"""
    )
    loads = {row["operator"]: row["n"] for row in chats}
    assert {row.id: row.chats for row in house.tile("operators").values() if row.chats} == loads


def test_the_time_operators_were_available(house: House) -> None:
    start = house.at - HOUR
    state, rows = folded(operator_presence, house.events)
    seconds: dict[str, float] = {}
    for span in (*rows, *state.open.values()):
        shared = min(span.ended_at or house.at, house.at) - max(span.began_at, start)
        if span.state == "available" and shared > timedelta():
            seconds[span.operator] = seconds.get(span.operator, 0) + shared.total_seconds()
    told = house.many("FROM report_operators(?, ?, NULL)", start.isoformat(), house.at.isoformat())
    report = {str(row["operator"]): row["available_s"] for row in told}
    assert report == {key: pytest.approx(seconds.get(key, 0), abs=1e-3) for key in report}
    everybody = {
        event.part.id for event in house.events if isinstance(event, PartSet) and isinstance(event.part, Operator)
    }
    assert report.keys() == everybody


def test_the_lists_of_conversations(house: House) -> None:
    rows = house.many("SELECT conversation, state FROM conversations")
    states = {row["conversation"]: row["state"] for row in rows}
    assert keys(house.tile("queue")) == {key for key, state in states.items() if state == "queued"}
    served = {key for key, state in states.items() if state in {"active", "on-hold"}}
    assert keys(house.tile("mine")) == served
    left = house.many("SELECT conversation, state FROM left_messages WHERE state <> 'closed'")
    listed = {row.id: row.state for part in house.tile("messages").values() for row in part.values()}
    assert listed == {row["conversation"]: row["state"] for row in left}
    ringing = {(key, row.id) for key, part in house.tile("rings").items() for row in part.values() if not row.closed}
    told = house.many('SELECT "operator", conversation FROM offers WHERE ended_at IS NULL')
    assert ringing == {(row["operator"], row["conversation"]) for row in told}


def keys(parts: Any) -> set[str]:
    return {key for part in parts.values() for key in part}


def test_unread_messages(house: House) -> None:
    told = house.many(
        """SELECT m.conversation, count(*) AS n FROM messages AS m JOIN conversations AS c USING (conversation)
        WHERE c.state IN ('active', 'on-hold') AND m.author = 'visitor' AND m.seen_at IS NULL GROUP BY ALL"""
    )
    live = {row.id: row.unread for part in house.tile("mine").values() for row in part.values() if row.unread}
    assert live == {row["conversation"]: row["n"] for row in told}


@pytest.mark.parametrize("name", ["waiting_times", "first_responses", "overview"])
def test_what_is_compared_is_not_nothing(name: str) -> None:
    """Each part of a tile says something at one of the moments at least."""
    pipeline, silent = PIPELINES[name], set(PIPELINES[name].view(PIPELINES[name].empty).__struct_fields__)
    for seed, number in MOMENTS:
        events, at = moment(seed, number)
        moments: list[Moment] = [*events, Tick(at=at)]
        tile = pipeline.view(reduce(pipeline.step, moments, pipeline.empty))
        silent -= {field for field in silent if getattr(tile, field)}
    assert silent == set()


def test_a_day_has_what_makes_measures_hard() -> None:
    kinds = {type(event).__name__ for seed, _ in MOMENTS for event in day(seed)}
    assert kinds >= {"Held", "Lost", "Invited", "WrapUpStarted", "VisitorSlept", "EngineStarted", "LeftMessageAnswered"}
    reasons = {getattr(event, "reason", None) for seed, _ in MOMENTS for event in day(seed)}
    assert reasons >= {"operator-lost", "operator-left"}
