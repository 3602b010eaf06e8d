"""The load process of analysts: one who looks when a message is in the tables, and others who ask for reports."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec

from bench.guest import Guest
from bench.house import Place
from engine.history import History, HistoryError, connect
from engine.talk.entries import Entry
from widget import protocol

PATIENCE = 15.0  # seconds for one message to be seen
EVERY, LOOK, PAUSE = 0.5, 0.01, 0.2  # seconds between messages, between looks, between an analyst's questions
SEEN = "SELECT 1 FROM messages WHERE conversation = ?::UUID AND number = ?"
KEPT = "SELECT count(*), count(DISTINCT text) FROM message_texts WHERE text LIKE 'bench ingest %'"
VIEWED = "SELECT count(*) FROM page_views WHERE ts >= ?::TIMESTAMPTZ AND ts < ?::TIMESTAMPTZ"
REPORTS = (
    "FROM report_chats(?::TIMESTAMPTZ, ?::TIMESTAMPTZ)",
    "FROM report_top_pages(?::TIMESTAMPTZ, ?::TIMESTAMPTZ)",
    "FROM report_visits(?::TIMESTAMPTZ, ?::TIMESTAMPTZ)",
    "FROM report_operators(?::TIMESTAMPTZ, ?::TIMESTAMPTZ)",
)


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds from each ack until an answer had the row; messages never seen; what the analysts asked and got."""

    waits: list[float]
    unseen: int
    reports: int
    failed: dict[str, int]


class Analysts:
    """Who asks the analytics process."""

    def __init__(self, url: str, key: str, place: Place) -> None:
        self._history: History = connect(url, key)
        self._place = place
        self._acks: dict[str, asyncio.Future[protocol.Ack]] = {}
        self._guest: Guest | None = None
        self._reports, self._failed = 0, Counter[str]()

    async def open(self, department: str) -> None:
        """Have a chat of one's own, so that its messages can be looked for."""
        self._guest = Guest(self._place, 9_999, self._take)
        await self._guest.come()
        await self._guest.call(department)

    async def watch(self, seconds: float, analysts: int) -> Looked:
        """Write and look for so long, while so many others ask for reports one after the other."""
        self._reports, self._failed = 0, Counter()
        end, waits, unseen = time.monotonic() + seconds, list[float](), 0
        others = [asyncio.create_task(self._ask_on(end, number)) for number in range(analysts)]
        while (now := time.monotonic()) < end:
            wait = await self._look()
            if wait is None:
                unseen += 1
            else:
                waits.append(wait)
            await asyncio.sleep(max(0.0, now + EVERY - time.monotonic()))
        await asyncio.gather(*others)
        return Looked(waits=waits, unseen=unseen, reports=self._reports, failed=dict(self._failed))

    async def kept(self, wanted: int) -> tuple[int, int]:
        """The bench's messages in the tables, all and different ones: as soon as so many are there, or when late."""
        deadline = time.monotonic() + 4 * PATIENCE
        while True:
            rows, different = await self._query(KEPT)
            if different >= wanted or time.monotonic() > deadline:
                return rows, different
            await asyncio.sleep(0.2)

    async def viewed(self, start: float, end: float) -> int:
        """Page views with a moment between two (seconds since 1970), when the tables are quiet."""
        bounds = [datetime.fromtimestamp(moment, UTC).isoformat() for moment in (start, end)]
        deadline, before = time.monotonic() + PATIENCE, -1
        while True:
            (found,) = await self._query(VIEWED, bounds)
            if found == before or time.monotonic() > deadline:
                return int(found)
            before = found
            await asyncio.sleep(1.0)

    async def close(self) -> None:
        """Go."""
        if self._guest is not None:
            self._guest.leave()

    async def _look(self) -> float | None:
        guest = self._guest
        assert guest is not None  # noqa: S101 - opened before
        acked: asyncio.Future[protocol.Ack] = asyncio.get_running_loop().create_future()
        self._acks[guest.say("Where is this one?")] = acked
        try:
            ack = await asyncio.wait_for(acked, PATIENCE)
        except TimeoutError:  # more is brought than can be taken: this one counts as never seen
            return None
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            with suppress(HistoryError):
                if await self._query(SEEN, [ack.conversation, ack.number]):
                    return (time.monotonic() - began) * 1e3
            await asyncio.sleep(LOOK)
        return None

    async def _ask_on(self, end: float, number: int) -> None:
        day = timedelta(days=1)
        while time.monotonic() < end:
            now = datetime.now(UTC)
            number += 1
            try:
                await self._query(REPORTS[number % len(REPORTS)], [(now - day).isoformat(), (now + day).isoformat()])
                self._reports += 1
            except HistoryError as error:
                self._failed[type(error).__name__] += 1
            await asyncio.sleep(PAUSE)

    async def _query(self, sql: str, params: Sequence[object] = ()) -> tuple[int, ...]:
        """The first row, or () where there is none."""
        result = await asyncio.to_thread(self._history.query, sql, params)
        rows = result.arrow().slice(0, 1).to_pylist()
        return tuple(rows[0].values()) if rows else ()

    def _take(self, _guest: Guest, frame: protocol.Ack | Entry | protocol.Error) -> None:
        if not isinstance(frame, protocol.Ack):
            return
        waiting = self._acks.pop(frame.client_id, None)
        if waiting and not waiting.done():
            waiting.set_result(frame)
