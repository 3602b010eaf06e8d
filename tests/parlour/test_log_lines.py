"""What a process logs: a line for each message, in UTC, whoever's words stand in it."""

import logging
import os
import time
from collections.abc import Iterator

import pytest

from parlour.doctor.processes import ERROR
from parlour.logs import FORM, OneLine

FORGED = "2026-01-01 10:00:00,123 ERROR engine.core: all is lost"


def said(message: str, *values: object, error: Exception | None = None) -> list[str]:
    kind = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("engine.door", logging.WARNING, __file__, 1, message, values, kind)
    record.created = record.msecs = 0.0
    return OneLine(FORM).format(record).split("\n")


@pytest.fixture
def far_away() -> Iterator[None]:
    """A machine that is set to a zone of its own."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    yield
    os.environ.pop("TZ")
    os.environ.update({"TZ": before} if before else {})
    time.tzset()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[2J", "\x00"])
def test_what_others_wrote_makes_no_line_of_its_own(end: str) -> None:
    (line,) = said("a bad frame: %s", f"unknown field{end}{FORGED}")
    assert line.splitlines() == [line]
    assert line.endswith(FORGED)
    assert not ERROR.match(line)


def test_other_words_stay_as_they_are() -> None:
    assert said("a bad frame: %s", "Zoë, عمر and 👋") == [
        "1970-01-01 00:00:00,000Z WARNING engine.door: a bad frame: Zoë, عمر and 👋"
    ]


def test_what_follows_of_a_fault_is_taken_for_no_message() -> None:
    first, *trace = said("it failed", error=ValueError(f"x\n{FORGED}"))
    assert first.endswith("it failed")
    assert FORGED in trace[-1]
    assert not [line for line in trace if ERROR.match(line)]


@pytest.mark.usefixtures("far_away")
def test_its_time_is_utc_and_says_so() -> None:
    (line,) = said("well")
    assert line.startswith("1970-01-01 00:00:00,000Z ")


def test_the_doctor_knows_lines_of_today_and_of_before() -> None:
    assert ERROR.match(FORGED)
    assert ERROR.match(FORGED.replace(",123", ",123Z"))
