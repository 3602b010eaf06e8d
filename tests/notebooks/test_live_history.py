"""History against a running server: the rows and the events of what people just did."""

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import reactivex
from reactivex import Observable
from reactivex import operators as ops
from reactivex.scheduler import TimeoutScheduler

import parlour.history
from engine import history
from engine.events import Accepted, HelpAsked, MessageWritten, Record, Tick
from engine.history import History
from engine.streams.machinery.pipeline import Moment
from engine.streams.views import waiting_times
from tests.notebooks.talk import ANSWER, QUESTION, THANKS, Talk
from tests.parlour.whole import until


def test_a_conversation_is_read_from_its_rows(house: History, talk: Talk) -> None:
    rows = house.query(
        "SELECT m.author, t.text FROM messages AS m JOIN message_texts AS t USING (message) "
        "WHERE m.conversation = ? ORDER BY m.number",
        [talk.vera],
    )
    assert rows.relation().fetchall() == [("visitor", QUESTION), ("operator", ANSWER), ("visitor", THANKS)]
    assert "&lt;b&gt;4711&lt;/b&gt;" in rows._repr_html_()


def test_parameters_are_compared_as_what_they_mean(house: History, talk: Talk) -> None:
    sql = "FROM conversations WHERE conversation = ANY(?::UUID[]) AND asked_at < ? AND outcome = ?"
    asked = house.query(sql, [[talk.vera, talk.otto], datetime.now(UTC), "abandoned"])
    assert asked.pandas()["conversation"].tolist() == [talk.otto]


def test_every_table_and_every_column_is_documented(house: History) -> None:
    tables = house.tables()
    assert {"conversations", "waits", "messages", "message_texts", "visits", "page_views"} <= set(tables.names)
    frame = tables.pandas()
    assert frame["meaning"].notna().all()
    assert frame["table_meaning"].notna().all()
    for name in tables.names:
        assert house.query(f"FROM {name} LIMIT 0").columns == frame[frame["table"] == name]["column"].tolist()


def test_every_report_can_be_asked_as_its_list_says(house: History) -> None:
    reports = house.reports().pandas()
    assert {"report_chats", "report_chats_a_day", "report_visits"} <= set(reports["report"])
    assert reports["meaning"].str.len().min() > 20
    for name in set(reports["report"]) - {"report_days"}:
        house.query(f"FROM {name}(?, ?)", ["2026-01-01", "2026-01-03"])


def test_bad_sql_is_said_with_its_place(house: History) -> None:
    with pytest.raises(history.BadSQL) as error:
        house.query("SELECT 'äöü',\n  nosuch FROM waits")
    assert (error.value.line, error.value.column) == (2, 3)
    assert str(error.value).endswith("\n\n  nosuch FROM waits\n  ^")


@pytest.mark.parametrize(
    "sql", ["DELETE FROM visitors", "SELECT 1; SELECT 2", "FROM read_csv('x')", "selec", "SELECT ?"]
)
def test_what_is_not_one_select_is_bad_sql(house: History, sql: str) -> None:
    with pytest.raises(history.BadSQL):
        house.query(sql)


def test_a_result_that_is_too_large_is_said(house: History) -> None:
    with pytest.raises(history.TooBig):
        house.query("FROM range(3_000_000)")


def test_a_query_meets_a_killed_server_and_is_answered_all_the_same(house: History, talk: Talk) -> None:
    before = talk.analytics_pid()
    talk.kill_analytics()
    assert len(house.query("FROM waits")) == 2
    assert talk.analytics_pid() != before


# --- events


def test_history_has_what_happened_in_order(house: History, talk: Talk) -> None:
    records: list[Record] = house.events(live=False).pipe(ops.to_list()).run()
    assert [one.position for one in records] == list(range(1, len(records) + 1))
    kinds = [type(one.event) for one in records if getattr(one.event, "conversation", None) == talk.vera]
    assert (kinds[0], kinds.count(MessageWritten), kinds.count(Accepted)) == (HelpAsked, 3, 1)
    texts = [one.event.personal.text for one in records if isinstance(one.event, MessageWritten) and one.event.personal]
    assert texts == [QUESTION, ANSWER, THANKS]


def event_of(record: Record) -> Moment:
    return record.event


def test_a_live_pipeline_over_history_shows_what_the_live_tile_shows(house: History, talk: Talk) -> None:
    events: Observable[Moment] = house.events(live=False).pipe(ops.map(event_of))
    moments = events.pipe(ops.concat(reactivex.of(Tick(at=datetime.now(UTC)))))
    views = waiting_times.PIPELINE.run(moments, scheduler=TimeoutScheduler.singleton())
    view = views.pipe(ops.last()).run()
    assert json.loads(msgspec.json.encode(view)) == talk.waiting_times
    assert (view.answered, view.abandoned, view.waiting) == (1, 1, 0)


def test_live_events_go_on_over_a_killed_server_without_a_hole(house: History, talk: Talk) -> None:
    heard: list[Any] = []
    lock = threading.Lock()

    def hear(record: Record) -> None:
        with lock:
            heard.append(record.position)

    last = house.events(live=False).pipe(ops.last()).run().position
    listening = house.events(last - 3).subscribe(hear)
    until(lambda: len(heard) == 3, 5)
    talk.kill_analytics()
    talk.visit_again()
    until(lambda: len(heard) > 3, 15)
    listening.dispose()
    assert heard == list(range(last - 2, last - 2 + len(heard)))


# --- replays


def test_a_replay_ends_with_what_the_live_tile_shows(talk: Talk) -> None:
    past = parlour.history.connect(talk.url, talk.token)
    start = past.query("SELECT min(began_at) AS began FROM waits").arrow()["began"][0].as_py()
    seen = past.replay(start - timedelta(seconds=1)).pipeline("waiting_times").pipe(ops.to_list()).run()
    assert (seen[0].at, seen[0].view.answered) == (start - timedelta(seconds=1), 0)
    assert json.loads(msgspec.json.encode(seen[-1].view)) == talk.waiting_times


def test_a_replay_takes_times_as_text_and_says_what_is_none(talk: Talk) -> None:
    past = parlour.history.connect(talk.url, talk.token)
    replay = past.replay("2026-03-01T09:00", "2026-03-01T09:00:02")
    assert replay.start == datetime(2026, 3, 1, 9, tzinfo=UTC)
    moments: list[Moment] = replay.moments().pipe(ops.to_list()).run()
    assert [moment.at.second for moment in moments] == [1, 2]
    with pytest.raises(history.HistoryError, match="is not a time like"):
        past.replay("yesterday")
