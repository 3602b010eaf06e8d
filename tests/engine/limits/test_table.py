"""The one table of limits: every row has a name of its own, all are in it, and all that has a limit reads it there."""

import re
from pathlib import Path

from engine.limits import TABLE, Bound, Rate, table

HOUSE = Path(__file__).parents[3]
# A number beside what bounds something, where no row of the table is read: one that belongs into the table.
LOOSE = re.compile(r"(?:max_body_size|max_message_size(?:_bytes)?|_timeout)=\d|(?:LIMIT|LARGEST|BOUND|_A_DAY)\w* = \d")
_NAME = re.compile(r"\b[A-Z][A-Z_]+\b")
# What a process of ours takes from another, or from itself.
NOT_OURS = {
    "engine/door/remote.py",
    "dashboard/history/exchange.py",
    "engine/streams/machinery/from_store_then_live.py",
}


def test_each_limit_has_a_name_of_its_own_and_stands_in_the_table() -> None:
    rows = [one for one in vars(table).values() if isinstance(one, Bound | Rate)]
    assert list(TABLE) == rows
    assert len({limit.name for limit in TABLE}) == len(TABLE)
    assert all(limit.most > 0 and limit.of and limit.beyond for limit in TABLE)
    assert all(limit.within > 0 for limit in TABLE if isinstance(limit, Rate))


def test_each_limit_is_read_by_somebody() -> None:
    rooms = ("engine", "widget", "dashboard", "parlour")
    read = {name for room in rooms for path in _sources(room) for name in _NAME.findall(path.read_text())}
    assert {name for name, one in vars(table).items() if isinstance(one, Bound | Rate)} - read == set()


def test_no_limit_stands_beside_the_table() -> None:
    loose = [
        f"{path.relative_to(HOUSE)}: {line.strip()}"
        for room in ("engine", "widget", "dashboard")
        for path in _sources(room)
        if str(path.relative_to(HOUSE)) not in NOT_OURS
        for line in path.read_text().splitlines()
        if LOOSE.search(line)
    ]
    assert loose == []


def _sources(room: str) -> list[Path]:
    return [path for path in (HOUSE / room).rglob("*.py") if path.parent != Path(table.__file__).parent]
