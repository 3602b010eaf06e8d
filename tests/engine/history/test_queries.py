"""Asking for rows, and everything that can stand in the way, against a server that answers by a script."""

import socket
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from engine import history
from engine.history import History, HistoryError
from tests.engine.history.scripted import TOKEN, Answer, Script, cut, page, refused, rows, scripted
from tests.engine.story import NINE

RETRY = refused(503, "retry", "The tables are not ready yet; ask again in a moment.")
TWO = rows(pa.table({"a": [1, 2]}))


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_address_and_token_come_from_the_arguments_over_the_environment(
    server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLOUR_URL", server.url + "/")
    monkeypatch.setenv("PARLOUR_TOKEN", TOKEN + "\n")
    assert str(history.connect()) == f"<the history of {server.url}>"
    monkeypatch.setenv("PARLOUR_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("PARLOUR_TOKEN", "another")
    history.connect(server.url, TOKEN)


def test_parlour_s_own_name_for_it_is_the_same_with_replays() -> None:
    from parlour import history as of_parlour

    replays = {"NoSuchPipeline", "Replay", "Seen"}
    assert sorted(of_parlour.__all__) == sorted({*history.__all__, *replays})
    own = {name for name in history.__all__ if getattr(of_parlour, name) is not getattr(history, name)}
    assert own == {"History", "connect"}  # the same, and it can replay
    assert issubclass(of_parlour.History, history.History)


@pytest.mark.parametrize(
    ("given", "as_sent"),
    [
        (NINE, "2026-03-01T09:00:00Z"),
        (datetime(2026, 3, 1, tzinfo=UTC).date(), "2026-03-01"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (pd.Timestamp("2026-03-01T09:00:00Z"), "2026-03-01T09:00:00+00:00"),
        (["a", None, True], ["a", None, True]),
    ],
)
def test_parameters_travel_as_json(house: History, server: Script, given: object, as_sent: object) -> None:
    house.query("SELECT ?", [given])
    assert server.queries == [{"sql": "SELECT ?", "params": [as_sent]}]


def test_a_parameter_that_no_json_can_be_is_said(house: History) -> None:
    with pytest.raises(TypeError, match="a complex cannot be a parameter"):
        house.query("SELECT ?", [1j])


# --- errors


def test_no_server_is_said_with_its_address_and_how_to_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"http://127.0.0.1:{unused_port()}"
    with pytest.raises(history.NoServer, match=f"No server answers at {url}: start one with “parlour demo”"):
        history.connect(url, TOKEN)


@pytest.mark.parametrize("url", ["localhost:8702", "ftp://x", "http://", "http://x:99999", "8702"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(history.NoServer, match=r"is not an address like http://127\.0\.0\.1:8702"):
        history.connect(url, TOKEN)


@pytest.mark.parametrize("answer", [page(404), page(200), page(403), refused(404, "unknown", "Ask something else")])
def test_another_program_at_the_address_is_said(server: Script, answer: Answer) -> None:
    server.to_queries = [answer]
    with pytest.raises(history.NoServer, match="is not Parlour's analytics"):
        history.connect(server.url, TOKEN)


def test_no_token_is_said_before_anything_is_asked(server: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLOUR_TOKEN", raising=False)
    with pytest.raises(history.WrongToken, match="set PARLOUR_TOKEN to what stands in the data folder's file"):
        history.connect(server.url)
    assert server.queries == []


@pytest.mark.parametrize("token", ["wrong", "clé", "two\nlines"])
def test_a_wrong_token_is_said_by_connect(server: Script, token: str) -> None:
    with pytest.raises(history.WrongToken, match="does not take this token"):
        history.connect(server.url, token)


def test_bad_sql_is_said_with_its_place_and_a_caret_under_it(house: History, server: Script) -> None:
    position = {"offset": 14, "line": 2, "column": 5}
    server.to_queries = [refused(400, "bad-sql", "there is no “nosuch”", position)]
    with pytest.raises(history.BadSQL) as error:
        house.query("SELECT 1,\n\tä, nosuch\nFROM waits")
    assert str(error.value) == "Line 2, column 5: there is no “nosuch”\n\n\tä, nosuch\n\t   ^"
    assert (error.value.line, error.value.column) == (2, 5)
    assert error.value._render_traceback_() == [f"BadSQL: {error.value}"]


def test_bad_sql_without_a_place_and_with_one_beyond_its_end_is_said(house: History, server: Script) -> None:
    server.to_queries = [refused(400, "bad-params", "The SQL has 1 parameter."), refused(400, "bad-sql", "no", AFTER)]
    with pytest.raises(history.BadSQL) as error:
        house.query("SELECT ?")
    assert (str(error.value), error.value.line) == ("The SQL has 1 parameter.", None)
    with pytest.raises(history.BadSQL, match=r"Line 3, column 1: no\n\n\n\^$"):
        house.query("SELECT ?")


AFTER = {"offset": 9, "line": 3, "column": 1}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused(408, "timeout", "The query took longer than 10 seconds."), history.TooSlow),
        (refused(413, "too-large", "The result has more than 2 rows."), history.TooBig),
        (refused(429, "busy", "Other queries run and wait."), history.Busy),
        (refused(500, "internal", "Internal Server Error"), HistoryError),
    ],
)
def test_every_other_error_has_its_type_and_the_server_s_words(
    house: History, server: Script, answer: Answer, kind: type[HistoryError]
) -> None:
    server.to_queries = [answer]
    with pytest.raises(kind, match=r"^[A-Z].*[^:]$") as error:
        house.query("SELECT 1")
    assert type(error.value) is kind
    assert len(server.queries) == 1


# --- a server that begins anew


@pytest.mark.parametrize("first", [RETRY, cut, lambda asked: None, page(502)])
def test_a_query_that_met_a_restart_is_asked_once_more(house: History, server: Script, first: Answer) -> None:
    server.to_queries = [first, TWO]
    assert len(house.query("FROM waits")) == 2
    assert server.queries == [{"sql": "FROM waits", "params": []}] * 2


def test_it_is_asked_once_more_and_not_again(house: History, server: Script) -> None:
    server.to_queries = [RETRY, RETRY, TWO]
    with pytest.raises(history.NotReady, match="The tables are not ready yet"):
        house.query("FROM waits")
    assert len(server.queries) == 2


def test_not_ready_is_a_kind_of_busy() -> None:
    assert issubclass(history.NotReady, history.Busy)


def test_a_server_that_was_there_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.wire.ENDING", 0.0)
    with scripted() as before:
        house = history.connect(before.url, TOKEN)
    port = int(before.url.rpartition(":")[2])
    looked: list[object] = []

    def look(_seconds: float) -> None:
        """Time passes: it is back after three looks."""
        looked.append(None)
        if len(looked) == 3:
            after.append(scripted(port=port))
            after[0].__enter__()

    after: list[Any] = []
    monkeypatch.setattr("engine.history.wire.time.sleep", look)
    try:
        assert len(house.query("SELECT 1")) == 1
    finally:
        after[0].__exit__(None, None, None)


def test_a_server_that_does_not_come_back_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.wire.ENDING", 0.0)
    monkeypatch.setattr("engine.history.wire.RETURNING", 0.0)
    with scripted() as before:
        house = history.connect(before.url, TOKEN)
    with pytest.raises(history.NoServer, match="No server answers"):
        house.query("SELECT 1")


def test_a_silent_server_is_said(house: History, server: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.wire.WAITING", 0.05)
    heard = []
    server.to_queries = [lambda asked: heard.append(asked.rfile.read(1))]  # until we hang up
    with pytest.raises(history.TooSlow, match="is there, but sends nothing"):
        house.query("SELECT 1")
    assert len(server.queries) == 1
