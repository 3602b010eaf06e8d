"""The notebook's list of chats, asked of tables in which chats went back into the queue: each stands once."""

import re
from pathlib import Path
from typing import Any

from engine.events import Event
from parlour.notebooks import FIRST, FOLDER
from tests.engine.analytics.days import id_of, random_day
from tests.engine.analytics.tables import ask, tables_of
from tests.engine.story import NINE, Story
from tests.notebooks.running import read

ASKED = "SELECT count(*) AS n, sum(requeued) AS again FROM conversations WHERE asked_at IS NOT NULL"


def chats_sql() -> str:
    """The question of the cell "chats"."""
    (cell,) = (cell for cell in read(FOLDER / FIRST).cells if cell.id == "chats")
    (sql,) = re.findall(r'"""(.*?)"""', cell.source, re.DOTALL)
    return str(sql)


def chats(events: list[Event], folder: Path) -> list[dict[str, Any]]:
    """Its rows."""
    with tables_of(folder, events) as store:
        return ask(store, chats_sql(), NINE.replace(hour=0).isoformat())


def test_a_chat_that_went_back_into_the_queue_stands_once_with_all_its_waiting(tmp_path: Path) -> None:
    story = Story()
    story.operator("Otto", on=True)
    vera = story.visitor("vera").asks()
    for wait in (10, 20, 40):
        story.passes(wait)
        vera.is_accepted_by("Otto", "by-hand")
        if wait < 40:
            vera.is_queued("operator-lost", by="Otto")
    wim = story.visitor("wim").asks()
    story.passes(5)
    wim.is_accepted_by("Otto", "by-hand").is_queued("operator-left", by="Otto")
    story.visitor("xena").asks()
    told = chats(story.events, tmp_path)
    by_chat = {row["conversation"]: row for row in told}
    assert len(told) == len(by_chat) == 3
    waited = {name: by_chat[id_of(f"c-{name}")]["waited_s"] for name in ("vera", "wim", "xena")}
    assert (round(waited["vera"]), round(waited["wim"]), waited["xena"]) == (70, 5, None)


def test_whatever_happens_on_a_day_each_chat_stands_once(tmp_path: Path) -> None:
    for seed in (5, 23):
        day = random_day(seed, steps=400)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with tables_of(folder, day) as store:
            told = ask(store, chats_sql(), NINE.replace(hour=0).isoformat())
            (all_of_them,) = ask(store, ASKED)
        assert len(told) == len({row["conversation"] for row in told}) == all_of_them["n"] > 5
        assert all_of_them["again"] > 0
