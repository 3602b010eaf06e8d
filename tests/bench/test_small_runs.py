"""Every bench from end to end at a tiny size: real processes, real sockets, and books that add up."""

import json
import subprocess
import sys

import msgspec
import pytest

from bench.boards import course as boards
from bench.connections import course as connections
from bench.flood import course as flood
from bench.flood.flooder import KINDS
from bench.ingest import course as ingest
from bench.ingest import sums
from bench.recovery import course as recovery
from bench.widget import browser
from bench.widget import course as widget

pytestmark = pytest.mark.slow

NAMES = {
    "ingest": (
        "acked_per_s ack_p50_ms ack_p99_ms page_views_per_s bare_sqlite_per_s ratio_to_bare analytics_fresh_p99_ms"
    ),
    "flood": "cases",
    "connections": "held kib_each tornado_bare_kib_each connects_per_s",
    "recovery": "kills acked lost doubled start_s all_back_s",
    "widget": (
        "loader_gzip chat_gzip requests_before_interaction layout_shift long_tasks"
        " slow_first_open_ms slow_second_open_ms"
    ),
    "boards": (
        "sessions badges updates_per_s core_share loop_late_p99_ms open_ms open_loop_block_ms kib_each"
        " browser_longest_task_ms browser_core_share"
    ),
}
FIGURES: dict[str, type[msgspec.Struct]] = {
    "ingest": sums.Figures,
    "connections": connections.Figures,
    "flood": flood.Figures,
    "recovery": recovery.Figures,
    "widget": widget.Figures,
    "boards": boards.Figures,
}


def silent(_line: str) -> None:
    """Nobody is told."""


@pytest.mark.parametrize("bench", NAMES)
def test_the_figures_are_named_as_agreed(bench: str) -> None:
    assert list(FIGURES[bench].__struct_fields__) == NAMES[bench].split()


def test_the_sizes_are_those_of_the_design() -> None:
    assert (connections.QUICK.sockets, connections.FULL.sockets) == (2_000, 10_000)
    assert (recovery.QUICK.kills, recovery.QUICK.visitors, recovery.FULL.visitors) == (3, 500, 10_000)
    assert ingest.QUICK.rounds * ingest.QUICK.steady >= 10
    assert ingest.FULL.rounds * ingest.FULL.steady == 600
    assert (boards.QUICK.sessions, boards.FULL.sessions) == (10, 30)
    assert {(size.badges, size.rate) for size in (boards.QUICK, boards.FULL)} == {(200, 5)}
    assert (boards.QUICK.looked_at, boards.FULL.looked_at) == ((200, 2_000), (200, 2_000, 10_000))
    assert all(size.rounds >= 3 for size in (ingest.FULL, connections.FULL, boards.FULL, widget.FULL, widget.QUICK))


def test_idle_visitors_are_held_and_weighed_beside_a_bare_server() -> None:
    run = connections.measure(connections.Size(sockets=60, hold=0.5, rounds=1), silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), connections.Figures)
    assert said.held == 60
    assert said.kib_each > 0
    assert said.tornado_bare_kib_each > 0
    assert said.connects_per_s > 0
    assert run.notes["lost meanwhile"] == "0"


def test_each_kind_of_flood_is_measured_beside_the_same_without_it() -> None:
    assert list(KINDS) == ["idle sockets", "bad frames", "pings", "tells", "asks", "bodies", "sign-ins"]
    run = flood.measure(flood.Size(alone=1.0, beside=1.5, rounds=1, kinds=("bad frames", "asks")), silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), flood.Figures)
    assert [one.case for one in said.cases] == ["bad frames", "asks"]
    assert all(0 < one.others_p50_ms <= one.others_p99_ms for one in said.cases)
    assert all(0 < one.alone_core_share < 2 and 0 < one.main_core_share < 2 for one in said.cases)
    assert run.notes["of others"].endswith("refused 0")
    assert " × 101" in run.notes["brought, bad frames"]


@pytest.mark.long
def test_who_was_cut_off_comes_back_and_no_message_is_lost_or_doubled() -> None:
    run = recovery.measure(recovery.Size(kills=1, visitors=12, chats=4, period=0.6, apart=0.0), silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), recovery.Figures)
    assert (said.kills, said.lost, said.doubled) == (1, 0, 0)
    assert said.acked > 20
    assert 0 < said.start_s <= said.all_back_s
    assert run.notes["refused"] == "none"


@pytest.mark.long
def test_a_small_load_is_acked_kept_and_found_in_the_tables() -> None:
    size = ingest.Size(chats=6, pages=8, messages_per_s=10, views_per_s=20, steady=1.0, other=0.6, rows=400, rounds=1)
    run = ingest.measure(size, silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), sums.Figures)
    assert said.acked_per_s > 5
    assert 0 < said.ack_p50_ms <= said.ack_p99_ms
    assert said.page_views_per_s > 15
    assert said.bare_sqlite_per_s > 100
    assert said.ratio_to_bare > 0.05
    assert said.analytics_fresh_p99_ms > 0
    assert "lost 0, doubled 0" in run.notes["acked in all"]


@pytest.mark.long
@pytest.mark.e2e
def test_dashboards_get_what_changes_on_their_boards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "SETTLE", 0.3)
    run = boards.measure(boards.Size(sessions=1, badges=6, rate=5.0, window=1.5, rounds=1, looked_at=(6, 40)), silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), boards.Figures)
    assert (said.sessions, said.badges) == (1, 6)
    assert 2 < said.updates_per_s <= 6
    assert said.open_ms > 0
    assert said.open_loop_block_ms > 0
    assert 0 < said.browser_core_share < 2
    assert "of a core" in run.notes["a browser, 40 visitors"]


@pytest.mark.long
@pytest.mark.e2e
def test_the_widget_is_weighed_on_the_shop_in_a_real_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "QUIET", 500)
    run = widget.measure(widget.Size(rounds=1), silent)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), widget.Figures)
    assert 2_000 < said.loader_gzip <= 5 << 10
    assert 15_000 < said.chat_gzip <= 40 << 10
    assert said.requests_before_interaction == 3
    assert 300 < said.slow_second_open_ms < said.slow_first_open_ms
    assert said.layout_shift == 0


@pytest.mark.long
@pytest.mark.parametrize("size", ["quick", "full"])
@pytest.mark.parametrize("bench", NAMES)
def test_a_run_prints_one_line_and_loses_nothing(bench: str, size: str) -> None:
    command = [sys.executable, "-m", "parlour", "bench", bench, "--json", *(["--quick"] if size == "quick" else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1_800)
    assert done.stdout.count("\n") == 1
    figures = json.loads(done.stdout)
    assert list(figures) == NAMES[bench].split()
    assert figures.get("lost", 0) == figures.get("doubled", 0) == 0
    if bench == "connections":
        assert figures["held"] == {"quick": 2_000, "full": 10_000}[size]
    if bench == "recovery":
        assert figures["acked"] >= 1_000
    print(size, done.stdout)
