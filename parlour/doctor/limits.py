"""What of a house is near its limit, in sentences: pure, on what was found."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.room import MEGABYTE, shed
from parlour.doctor.report import JournalState
from parlour.journal_check import WHAT_TO_DO, Checked

LONG_SINCE = 200_000  # events since the last snapshot: a start reads for about six seconds
SET_BACK = timedelta(seconds=5)  # by which the clock may be before the last event


GIVEN_UP = {
    "page-views": "page views are not kept",
    "left-messages": "no messages can be left",
    "new-chats": "no new chats begin",
    "copies": "reports stand still",
}


def damage(checked: Checked | None) -> Iterator[str]:
    """What the last look through the journal found."""
    for fault in checked.faults if checked else ():
        yield f"The journal is damaged: {fault}. {WHAT_TO_DO}."


def disk(free: int | None, least: int) -> Iterator[str]:
    """What a server gives up with so many bytes left."""
    given_up = ", ".join(GIVEN_UP[one] for one in shed(free, least)) if free is not None else ""
    if free is not None and given_up:
        left = f"The disk has {free // MEGABYTE} MB left" if free >= MEGABYTE else "The disk is full"
        yield f"{left}: {given_up}. Make room: it goes on by itself, and a start needs {least} MB."


def snapshot(journal: JournalState | None) -> Iterator[str]:
    """Whether a start would have much to read."""
    if journal is None:
        return
    since = journal.last_position - (journal.snapshot[0] if journal.snapshot else 0)
    if since > LONG_SINCE:
        yield (
            f"There is no snapshot of the last {since:,} events: the next start reads them all (half a minute per "
            "million). One is made by itself while the server runs; see main's log if that goes on."
        )


def clock(journal: JournalState | None, now: datetime) -> Iterator[str]:
    """Whether the machine's clock is before what has happened already."""
    if journal is not None and journal.last_at is not None and journal.last_at - now > SET_BACK:
        behind = (journal.last_at - now).total_seconds()
        yield (
            f"The clock of this machine is {behind:,.0f} s before the last event that was kept: it was set back. Set "
            "it right (timedatectl says whether it is kept so); until then, new events are dated after that one."
        )
