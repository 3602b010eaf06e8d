"""What the house of today shows of a journal: the only golden file that touches code which may move.

Where a room is moved or renamed, its name is changed here. What a name, a field or a value has become goes into
`renames.py`, never here: nothing may be dropped, rounded or put right on the way.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args
from uuid import UUID

import duckdb
import msgspec
from reactivex import Observable
from reactivex import operators as ops
from reactivex.scheduler import HistoricalScheduler
from reactivex.subject import Subject

from engine.accounts import Accounts
from engine.analytics.projector import Projector
from engine.analytics.store import Store
from engine.core import Core
from engine.desk import Desk
from engine.entries import conversation_entries
from engine.events import ConversationEvent, ConversationId, Event, Record, Tick, VisitorEvent, VisitorId
from engine.journal import Journal
from engine.journal.reader import JournalReader
from engine.known import States
from engine.saved import recover
from engine.story import story
from engine.streams.folds.directory import Directory
from engine.streams.live import LiveViews, fold
from engine.streams.machinery.pipeline import Moment
from engine.streams.shown import SHOWN
from engine.talk.entries import Entry
from engine.talk.told import LeftBody
from engine.views import AnyView, ConversationEntries, HouseCondition, HouseSteps, Visit, name_of
from parlour.main_process import open_house
from tests.golden.files import Line
from widget.entries import entries as for_visitor
from widget.older import as_spoken
from widget.visitors import Visitors

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
BATCH = 300  # events that the tables take at once; what is in them does not depend on it
# Entries stand by themselves; how the house is (its disk) is of no event.
VIEWED = [view for view in get_args(AnyView) if view not in (ConversationEntries, HouseCondition, HouseSteps)]
WHOSE = {shown.pipeline.name: shown.whose for shown in SHOWN}
# Tables of the projector's own that are rows of the journal, not what it remembers to go on from.
OWN_TABLES = ("mark", "rolled", "day_pages", "day_visitors")


class When(NamedTuple):
    """A moment at which everything is looked at: after an event, and after the tick so long after it."""

    name: str
    position: int
    later: timedelta


def moments(last: int) -> tuple[When, ...]:
    """When a journal is looked at: twice on the way, at its end, and when the last hour has passed."""
    return (
        When("third", last // 3, SECOND),
        When("two_thirds", last * 2 // 3, SECOND),
        When("end", last, SECOND),
        When("hour_later", last, HOUR),
    )


def parts_of(folder: Path) -> dict[str, list[Line]]:
    """Every part of what is shown of the journal of a data folder, by its name."""
    return asyncio.run(_parts_of(folder))


async def _parts_of(folder: Path) -> dict[str, list[Line]]:
    with closing(JournalReader(folder / "journal.db")) as reader:
        tables = list(_tables(folder, reader))
    async with _Quiet.house(folder) as house:
        parts = {f"views_{when.name}": list(house.views(when)) for when in moments(len(house.records))}
        parts |= {"entries": list(house.entries()), "stories": list(house.stories()), "tables": tables}
    return parts


async def start(folder: Path) -> int:
    """Open the house on the journal as `parlour serve` does; how many events it has then. Raises where it is broken."""
    async with open_house(folder) as house:
        Desk(house.core.known(house.views.states).desk).validate()
        assert not any(house.views.dead_letters.values())
        return house.core.position


class _Quiet:
    """A house that knows its journal, and in which time stands still: it was opened, not started."""

    def __init__(self, journal: Journal, accounts: Accounts) -> None:
        self.records: list[Record] = list(journal.read())
        self._events = [record.event for record in self.records]
        self._known, self._desk, self._states = 0, Desk(), fold(())
        known = recover(journal, last=journal.last_position()).known
        self._core = Core(journal, known=known, on_fatal=_raise)
        self._live = _live(known.states)
        self._visitors = Visitors(self._core, self._live, accounts, epoch=journal.epoch)

    @classmethod
    @asynccontextmanager
    async def house(cls, folder: Path) -> AsyncIterator["_Quiet"]:
        """Open it, and close it again."""
        journal, accounts = Journal(folder / "journal.db"), Accounts.open(folder / "secrets.db")
        try:
            yield cls(journal, accounts)
        finally:
            await journal.close()
            await accounts.close()

    # --- views -----------------------------------------------------------------------------------------------------

    def views(self, when: When) -> Iterator[Line]:
        """Every view as each onlooker gets it, what buttons and who waits are told, names, and what is due."""
        events = self._events[: when.position]
        self._learn(events)
        tick = Tick(at=events[-1].at.replace(microsecond=0) + when.later)
        live = _live(fold([tick], start=self._states))
        names = live.directory
        for view in VIEWED:
            yield from _onlookers(live, view, names, events)
        for site in names.sites:
            yield {"view": "service", "for": site} | _plain(_now(live.service(site)))
        for talk in _conversations(events):
            place: list[Any] = []
            live.place(talk).subscribe(place.append).dispose()
            yield from ({"view": "place", "for": talk} | _plain(one) for one in place)
        yield from _house(names)
        yield {"view": "deadline", "for": "", "at": _plain(self._desk.next_deadline())}

    def _learn(self, events: list[Event]) -> None:
        """Go on from what was known to the last of these events."""
        new, self._known = events[self._known :], len(events)
        self._states = fold(new, start=self._states)
        for event in new:
            self._desk.apply(event)

    # --- conversations ---------------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Line]:
        """The entries of every conversation, for operators and as its visitor's window gets them."""
        for talk in _conversations(self._events):
            told: list[Any] = []
            conversation_entries(self._core.conversation(talk), self._directory, after=0).subscribe(
                told.append
            ).dispose()
            yield from ({"to": "operator"} | _flat(one) for one in told)
            seen: list[Any] = []
            for_visitor(self._visitors, talk, after=0).subscribe(seen.append).dispose()
            assert len(told) == len(seen) > 0
            yield from ({"to": "visitor"} | _plain(as_spoken(one, 1)) for one in seen)

    def stories(self) -> Iterator[Line]:
        """The story of every conversation, step by step."""
        for talk in _conversations(self._events):
            for number, step in enumerate(story(talk, self._core.records_behind(talk), self._directory())):
                yield {"conversation": talk, "step": number} | _plain(step)

    def _directory(self) -> Directory:
        return self._live.directory


def _flat(one: Entry) -> dict[str, Any]:
    """An operator's entry with what stands in its body beside it, as it stood until entries had bodies."""
    told = {
        name: getattr(one, name) for name in ("conversation", "number", "at", "what", "state", "author", "operator")
    }
    body = {name: getattr(one.body, name, None) for name in ("operators", "reason", "spans", "upto")}
    left = one.body if isinstance(one.body, LeftBody) and one.body.spans is not None else None
    whom = {name: getattr(left, name) for name in ("name", "email", "subject")} if left else None
    plain: dict[str, Any] = msgspec.to_builtins(
        told | body | {"message": one.message, "client_id": one.client_id, "left": whom}
    )
    return plain


def _onlookers(live: LiveViews, view: type[Any], names: Directory, events: list[Event]) -> Iterator[Line]:
    name = name_of(view)
    if view is Visit:
        for visitor in _visitors(events):
            yield from _pictured(name, visitor, live.watch(Visit(visitor=visitor)))
    elif WHOSE[name] == "all":
        yield from _pictured(name, "", live.watch(view()))
    else:
        for operator in names.operators:
            yield from _pictured(name, operator, live.watch(view(), operator=operator))


def _pictured(view: str, onlooker: str, bodies: Observable[bytes]) -> Iterator[Line]:
    """The rows of a table, or the one value; nothing where there is none."""
    picture = json.loads(_now(bodies))
    said: list[Line] = picture["all"] if "all" in picture else [picture["value"]] if picture["value"] else []
    yield from ({"view": view, "for": onlooker} | row for row in said)


def _house(names: Directory) -> Iterator[Line]:
    """Sites, departments, operators and settings as they are known."""
    for kind, known in (("site", names.sites), ("department", names.departments), ("operator", names.operators)):
        for key, one in known.items():
            yield {"view": f"house.{kind}", "for": key, "name": names.names[key]} | _whole(one)
    for name, value in _whole(names.settings).items():
        yield {"view": "house.setting", "for": name, "value": value}
    yield from ({"view": "house.order", "for": one, "place": place} for place, one in enumerate(names.order))


def _whole(one: msgspec.Struct) -> dict[str, Any]:
    """All fields of a part, those too that have their defaults."""
    return {name: _plain(value) for name, value in msgspec.structs.asdict(one).items()}


def _live(states: States) -> LiveViews:
    moments: Subject[Moment] = Subject()
    return LiveViews(moments, scheduler=HistoricalScheduler(), start=states, dead=_dead)


def _now(shown: Observable[Any]) -> Any:
    """What is shown at once."""
    seen: list[Any] = []
    shown.pipe(ops.take(1)).subscribe(seen.append)
    (first,) = seen
    return first


def _conversations(events: list[Event]) -> list[ConversationId]:
    return list(dict.fromkeys(event.conversation for event in events if isinstance(event, ConversationEvent)))


def _visitors(events: list[Event]) -> list[VisitorId]:
    return list(dict.fromkeys(event.visitor for event in events if isinstance(event, VisitorEvent)))


def _dead(view: str, moment: object, error: Exception) -> None:
    raise AssertionError(f"{view} could not take {moment!r}") from error


def _raise(error: BaseException) -> None:
    raise error


# --- tables ----------------------------------------------------------------------------------------------------------


def _tables(folder: Path, reader: JournalReader) -> Iterator[Line]:
    """All rows of all tables that the projector makes of the journal."""
    store = Store(folder, epoch=reader.epoch)
    try:
        projector = Projector(reader, store)
        while projector.go_on(BATCH):
            pass
        assert projector.failed == 0
        with closing(store.cursor()) as cursor:
            for name in _names_of_tables(cursor):
                found = cursor.execute(f"FROM {name}").to_arrow_table().to_pylist()
                yield from ({"table": name} | {key: _plain(value) for key, value in row.items()} for row in found)
    finally:
        store.close()


def _names_of_tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    shown = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY table_name"
    return [name for (name,) in cursor.execute(shown).fetchall()] + [f"store.{name}" for name in OWN_TABLES]


def _plain(value: Any) -> Any:
    """A value as JSON has it: numbers exact, times in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case msgspec.Struct():
            return json.loads(msgspec.json.encode(value))
    return value
