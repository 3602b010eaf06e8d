"""What the phases of all rounds come to. Pure."""

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from bench.figures import percentile
from bench.ingest.analysts import Looked
from bench.ingest.chats import Told
from bench.report import Run, each


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a phase; `views` are those kept in a second with a moment inside it."""

    name: str
    told: Told | None
    looked: Looked | None
    views: float
    views_sent: int
    cpu: str
    seconds: float


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round's phases, and what journal and bare loop kept in a second beside it."""

    journal: float
    bare: float
    phases: list[Phase]


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """All rounds' books: acked messages, those in the tables (different ones, and rows too many)."""

    acked: int
    kept: int
    doubled: int
    views_refused: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out, medians of the rounds.

    Attributes:
        acked_per_s: the most that were acked in a second.
        ack_p50_ms: from sending to the ack, at the steady load.
        page_views_per_s: kept of those brought.
        ratio_to_bare: the journal's commits to those of the bare loop.
        analytics_fresh_p99_ms: from an ack until /query had the row; the worse of with and without other analysts.

    """

    acked_per_s: float
    ack_p50_ms: float
    ack_p99_ms: float
    page_views_per_s: float
    bare_sqlite_per_s: float
    ratio_to_bare: float
    analytics_fresh_p99_ms: float


def run_of(rounds: Sequence[Round], totals: Totals) -> Run:
    """The figures and the notes."""
    fresh = max(_fresh(rounds, name) for name in ("steady", "analysts"))
    figures = Figures(
        acked_per_s=round(_median(rounds, "most", lambda phase: _told(phase).acked_per_s), 1),
        ack_p50_ms=round(_median(rounds, "steady", lambda phase: _told(phase).p50), 2),
        ack_p99_ms=round(_median(rounds, "steady", lambda phase: _told(phase).p99), 2),
        page_views_per_s=round(_median(rounds, "pages", lambda phase: phase.views), 1),
        bare_sqlite_per_s=round(statistics.median(one.bare for one in rounds), 1),
        ratio_to_bare=round(statistics.median(one.journal / one.bare for one in rounds), 3),
        analytics_fresh_p99_ms=round(fresh, 1),
    )
    return Run(figures=figures, notes=_notes(rounds, totals, figures))


def _notes(rounds: Sequence[Round], totals: Totals, figures: Figures) -> dict[str, str]:
    said = {
        "acked in all": f"{totals.acked:,}; in the tables {totals.kept:,}: lost {max(0, totals.acked - totals.kept)}, "
        f"doubled {totals.doubled}",
        "gateway to bare": f"{figures.acked_per_s / figures.bare_sqlite_per_s:.3f}",
        "journal alone": each([one.journal for one in rounds], "a second"),
        "bare loop": each([one.bare for one in rounds], "a second"),
        "page views refused": f"{totals.views_refused:,}",
    }
    for name in dict.fromkeys(phase.name for one in rounds for phase in one.phases):
        said |= {f"{name}: {what}": line for what, line in _lines(_of(rounds, name)).items()}
    return said


def _lines(phases: Sequence[Phase]) -> dict[str, str]:
    lines: dict[str, str] = {}
    if told := [phase.told for phase in phases if phase.told is not None]:
        lines["messages"] = _messages(told)
    if any(phase.views_sent for phase in phases):
        brought = phases[0].views_sent / phases[0].seconds
        lines["page views"] = f"{brought:,.0f} a second brought; kept {each([one.views for one in phases], 'a second')}"
    if looked := [phase.looked for phase in phases if phase.looked is not None]:
        lines["fresh"] = _freshness(looked)
    return lines | {"cores": phases[-1].cpu}


def _messages(told: Sequence[Told]) -> str:
    parts = (
        each([one.acked_per_s for one in told], "acked a second"),
        f"p50 {each([one.p50 for one in told], 'ms')}",
        f"p99 {each([one.p99 for one in told], 'ms')}",
        f"senders late p99 {max(one.late_p99 for one in told):.1f} ms",
        f"sent {sum(one.sent for one in told):,}",
        f"unanswered {sum(one.unacked for one in told)}",
        _counted("refused", (one.refused for one in told)),
    )
    return "; ".join(parts)


def _freshness(looked: Sequence[Looked]) -> str:
    waits = [wait for one in looked for wait in one.waits]
    parts = (
        f"{len(waits)} looked for",
        f"p50 {percentile(waits or [0.0], 0.5):.0f} ms, most {max(waits, default=0):.0f} ms",
        f"never seen {sum(one.unseen for one in looked)}",
        f"{sum(one.reports for one in looked)} reports",
        _counted("failed", (one.failed for one in looked)),
    )
    return "; ".join(parts)


def _counted(what: str, counts: Iterable[dict[str, int]]) -> str:
    total: Counter[str] = sum(map(Counter, counts), Counter())
    return f"{what} " + (", ".join(f"{times:,} × {reason}" for reason, times in total.items()) or "none")


def _fresh(rounds: Sequence[Round], name: str) -> float:
    return percentile(
        [wait for phase in _of(rounds, name) if phase.looked for wait in phase.looked.waits] or [0.0], 0.99
    )


def _median(rounds: Sequence[Round], name: str, figure: Callable[[Phase], float]) -> float:
    return statistics.median(figure(phase) for phase in _of(rounds, name))


def _of(rounds: Sequence[Round], name: str) -> list[Phase]:
    return [phase for one in rounds for phase in one.phases if phase.name == name]


def _told(phase: Phase) -> Told:
    assert phase.told is not None  # noqa: S101 - asked only of phases in which messages were written
    return phase.told
