"""The journal's events as lines of JSON: from a position on what is kept, then what comes, without a hole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import msgspec

from engine.analytics.service import Service
from engine.journal.reader import JournalReader

PAGE = 500  # events

_encoder = msgspec.json.Encoder()


async def lines(
    service: Service, after: int, *, live: bool, heartbeat: float, gone: asyncio.Event
) -> AsyncIterator[bytes]:
    """Pages of lines, each a record with what is personal; an empty line when nothing came for `heartbeat` seconds.

    Ends when `gone` is set or the service must end; if not `live`, with the last event that is kept.
    """
    reader = await asyncio.to_thread(JournalReader, service.journal)
    try:
        while not gone.is_set() and not service.doomed.is_set():
            moved = service.moved
            records = await asyncio.to_thread(reader.read, after, PAGE)
            if records:
                after = records[-1].position
                yield b"".join(_encoder.encode(record) + b"\n" for record in records)
            elif not live:
                return
            elif not await _any(moved, gone, service.doomed, within=heartbeat):
                yield b"\n"
    finally:
        reader.close()


async def _any(*events: asyncio.Event, within: float) -> bool:
    """Wait for one of the events; false when none came."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    done, _ = await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*waits, return_exceptions=True)
    return bool(done)
