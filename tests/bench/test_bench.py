"""`parlour bench`: what its command line says, how figures are made, and one small run."""

import argparse
import json
import os
import subprocess
import sys
import time

import msgspec
import pytest

from bench.conditions import conditions
from bench.cpu import Cpu
from bench.delivery.measure import FULL, QUICK, Figures
from bench.figures import percentile, table
from bench.report import Run, report
from parlour.cli import main

NAMES = ["quiet_p50_ms", "p50_ms", "p99_ms", "messages_per_s", "chats", "dashboards", "lost", "doubled"]


def test_a_percentile_is_a_measured_value() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([4, 1, 2, 3], 0.5) == 2
    assert percentile(range(1, 101), 0.99) == 99
    assert percentile([7], 0.99) == 7
    assert percentile([1, 2], 0) == 1
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.5)


def test_a_table_is_aligned_and_has_no_trailing_blanks() -> None:
    assert table([("a", "long one", ""), ("longer", "b", "c")]) == "a       long one\nlonger  b         c"


def test_without_a_name_it_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench"])
    assert "\ndelivery     a message’s way" in f"\n{capsys.readouterr().out}"


@pytest.mark.parametrize(
    ("arguments", "says"), [(["flight"], "invalid choice: 'flight'"), (["delivery", "--slow"], "unrecognized")]
)
def test_bad_use_is_one_sentence_and_exit_code_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["bench", *arguments])
    out, err = capsys.readouterr()
    assert (end.value.code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_the_sizes_are_those_of_the_design() -> None:
    assert (FULL.dashboards, FULL.chats_each, FULL.load) == (25, 20, 60)
    assert (QUICK.dashboards, QUICK.chats) == (5, 100)


def test_conditions_say_where_it_was_measured() -> None:
    said = conditions()
    assert said["cores"].split(" × ")[0] == str(len(os.sched_getaffinity(0)))
    assert "tornado" in said["versions"]


def test_others_at_work_are_told_of_before_anything_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Figures(msgspec.Struct):
        lost: int = 3

    given = argparse.Namespace(json=False)
    for load, warned in ((1.4, False), (2.5, True)):
        monkeypatch.setattr(os, "getloadavg", lambda load=load: (load, 1.0, 1.0))
        report(given, lambda _tell: Run(figures=Figures(), notes={"seen": "all"}), must={"lost": "0"})
        out, err = capsys.readouterr()
        assert ("load 2.50" in err) is warned
        assert out.startswith("figure  measured  must\nlost    3         0\n\ncores ")
        assert "load after" in out


def test_processor_time_is_told_by_process() -> None:
    before = Cpu.read({"me": os.getpid()})
    deadline = time.process_time() + 0.05
    while time.process_time() < deadline:
        pass
    after = Cpu.read({"me": os.getpid()})
    assert after.by_process["me"] - before.by_process["me"] >= 0.03
    assert before.until(after, 1.0).startswith("me ")


def test_the_figures_are_named_as_agreed() -> None:
    assert list(Figures.__struct_fields__) == NAMES


@pytest.mark.long
def test_a_quick_run_loses_nothing_and_prints_one_line() -> None:
    began = time.monotonic()
    command = [sys.executable, "-m", "parlour", "bench", "delivery", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=90)
    assert time.monotonic() - began < 60  # 40 where nobody else is at work
    assert done.stdout.count("\n") == 1
    figures = json.loads(done.stdout)
    assert list(figures) == NAMES
    said = msgspec.convert(figures, Figures)
    assert (said.chats, said.dashboards, said.lost, said.doubled) == (100, 5, 0, 0)
    assert said.messages_per_s == 200
    assert said.quiet_p50_ms > 0
    assert 0 < said.p50_ms <= said.p99_ms
