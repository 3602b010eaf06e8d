"""The books of `parlour bench ingest` and `recovery`: what is missing is said, and the median is a round's."""

from bench.delivery.talk import Ledger, write
from bench.ingest.analysts import Looked
from bench.ingest.chats import Told
from bench.ingest.sums import Figures, Phase, Round, Totals, run_of
from bench.recovery import course as recovery


def told(acked_per_s: float, p50: float) -> Told:
    refused = {"too-fast": 2}
    return Told(
        sent=20, acked=17, acked_per_s=acked_per_s, p50=p50, p99=9 * p50, late_p99=0.5, unacked=1, refused=refused
    )


def phase(name: str, told: Told | None = None, *, waits: tuple[float, ...] = (), views: float = 0) -> Phase:
    looked = Looked(waits=list(waits), unseen=0, reports=3, failed={"Busy": 1}) if waits else None
    return Phase(name=name, told=told, looked=looked, views=views, views_sent=int(views), cpu="main 1%", seconds=1.0)


def a_round(number: int) -> Round:
    return Round(
        journal=60.0 * number,
        bare=100.0,
        phases=[
            phase("steady", told(10, number), waits=(100.0 * number,)),
            phase("analysts", told(10, 50), waits=(50.0,)),
            phase("most", told(30 * number, 7)),
            phase("pages", views=5 * number),
            phase("both", told(10, 8), views=4),
        ],
    )


TOTALS = Totals(acked=100, kept=97, doubled=1, views_refused=4)


def test_the_figures_are_the_middle_rounds_and_the_worst_freshness() -> None:
    run = run_of([a_round(number) for number in (3, 1, 2)], TOTALS)
    assert run.figures == Figures(
        acked_per_s=60,
        ack_p50_ms=2,
        ack_p99_ms=18,
        page_views_per_s=10,
        bare_sqlite_per_s=100,
        ratio_to_bare=1.2,
        analytics_fresh_p99_ms=300,
    )


def test_what_was_lost_doubled_refused_or_never_answered_is_said() -> None:
    notes = run_of([a_round(1)], TOTALS).notes
    assert notes["acked in all"] == "100; in the tables 97: lost 3, doubled 1"
    assert notes["page views refused"] == "4"
    assert "unanswered 1; refused 2 × too-fast" in notes["most: messages"]
    assert "failed 1 × Busy" in notes["analysts: fresh"]


def test_after_kills_only_what_was_acked_counts_as_lost() -> None:
    visitor, operator = Ledger(me="visitor"), Ledger(me="operator")
    keys = [visitor.key("load", "talk", number) for number in (1, 2, 3)]
    visitor.sent += keys
    for ledger in (visitor, operator):
        ledger.see("talk", "visitor", write("load", 1, 0), 1)
    operator.see("talk", "visitor", write("load", 1, 0), 1)
    run = recovery._run(([visitor, operator], set(keys[:2])), recovery.QUICK, [(0.5, 4.0), (0.7, 6.0), (0.9, 5.0)])
    said = run.figures
    assert isinstance(said, recovery.Figures)
    assert (said.kills, said.acked, said.lost, said.doubled) == (3, 2, 1, 1)
    assert (said.start_s, said.all_back_s) == (0.7, 5.0)
    assert run.notes["not seen though never acked"] == "1"
