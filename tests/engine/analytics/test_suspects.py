"""Which questions wait that have ended the process: how alike they are, from where, and for how long."""

from pathlib import Path

import pytest

from engine.analytics.last_word import note
from engine.analytics.suspects import End, Suspects, deed_of, wait

HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT " + "abs(" * 900 + "1" + ")" * 900, "select  " + "ABS(" * 950 + "2" + ")" * 950),
        ("SELECT [1, 2] AS a", "SELECT [1, 2, 3, 4] AS a"),
        ("SELECT 'x' || 'y'", "SELECT 'it''s' || '' || 'SELECT'"),
    ],
)
def test_a_question_is_known_by_what_it_is_made_of(one: str, other: str) -> None:
    assert deed_of(one, HERE) == deed_of(other, HERE)
    assert deed_of(one, HERE) != deed_of(other, THERE)
    assert deed_of("2001:db8::1", "2001:db8::1") == deed_of("2001:db8::1", "2001:db8::2")
    assert deed_of(one, HERE) != deed_of("SELECT 1", HERE)
    assert "abs" not in deed_of(one, HERE)


def test_from_the_second_end_on_it_waits_ever_longer_and_nothing_else_does() -> None:
    killer, other = deed_of("SELECT abs(1)", HERE), deed_of("SELECT abs(1)", THERE)
    ends = [End(100.0 + n, killer) for n in range(8)]
    assert [wait(ends[:n], killer, 110.0) for n in range(9)] == [0, 0, 21, 52, 113, 234, 475, 596, 597]
    assert wait(ends, other, 110.0) == wait(ends, deed_of("SELECT 1", HERE), 110.0) == 0
    assert wait(ends, killer, 708.0) == 0  # it is ten minutes ago
    assert wait([End(500.0, killer)] * 5, killer, 100.0) == 0  # the clock was set back


def test_what_was_noted_is_known_to_the_next_process_and_half_a_line_is_none(tmp_path: Path) -> None:
    path, now = tmp_path / "suspects", [0.0]
    deed = deed_of("SELECT abs(1)", HERE)
    first = Suspects(path, clock=lambda: now[0])
    assert first.wait(deed) == 0
    first.add(deed)
    note(path, deed)
    now[0] = float(path.read_text().split()[0])
    assert first.wait(deed) == Suspects(path, clock=lambda: now[0]).wait(deed) > 20
    with path.open("a") as file:
        file.write("17\nnonsense\n\n9")
    assert Suspects(path, clock=lambda: now[0]).wait(deed) > 20
    path.write_text(f"{now[0]} {deed}\n")
    now[0] += 601
    Suspects(path, clock=lambda: now[0])
    assert not path.exists()
