"""CSV: what it says, that no spreadsheet runs it, and who may have it."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dashboard.exports.kept import Export, Exports
from dashboard.exports.table import as_csv
from engine.door.requests import AskHistory, Who
from tests.dashboard.running import Running


def read(content: bytes) -> list[list[str]]:
    """A CSV as a program reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(sign: str) -> None:
    cell = f"{sign}cmd|' /C calc'!A0"
    assert read(as_csv(["a"], [[cell]]))[1] == [f"'{cell}"]
    assert read(as_csv([cell], []))[0] == [f"'{cell}"]


SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
SPLITS = [";", ",", "\t", "\n", "\r\n", "\r", "|", "\u2028", "\x0b"]
BLANKS = ["", " ", "   ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2067", "\x00", '"', ' "', "\n \t"]


def cells_of(line: str) -> list[str]:
    """What a spreadsheet could begin a cell with, however it splits and trims: by the plainest means."""
    for one in SPLITS:
        line = line.replace(one, "\0")
    return [cell.strip(' \u00a0\u3000\u200b\ufeff\u2067\x00"') for cell in line.split("\0")]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("blank", BLANKS)
def test_nothing_is_run_wherever_a_spreadsheet_takes_a_cell_to_begin(sign: str, blank: str) -> None:
    texts = [f"{blank}{sign}1+1"] + [f"Zoë{split}{blank}{sign}cmd|' /C calc'!A0" for split in SPLITS]
    texts += [f"a{split}{split}{blank}{sign}A1{split}b{split}{sign}A2" for split in SPLITS]
    for text in texts:
        content = as_csv([text], [[1, text, "end"], [text]]).decode("utf-8-sig")
        assert [cell for cell in cells_of(content) if cell[:1] in set(SIGNS)] == [], repr(text)
        read_back = read(content.encode())
        assert [row.replace("'", "") for row in read_back[1]] == [
            "1",
            text.replace("'", ""),
            "end",
        ]  # nothing else changed


@pytest.mark.parametrize(
    "text", ["1-2", "a=b", "a+b@c.example", "Tea - the best", "x ＝ y", "it's", "a; b", "10:30–11:00"]
)
def test_a_sign_within_a_text_is_left_alone(text: str) -> None:
    assert read(as_csv(["a"], [[text]]))[1] == [text]


def test_what_is_no_text_by_its_kind_is_read_by_a_program_as_it_is() -> None:
    row = [-5, -0.5, 10**20, Decimal("-1.50"), True, None]
    assert read(as_csv(["a"], [row]))[1] == ["-5", "-0.5", str(10**20), "-1.50", "True", ""]
    assert read(as_csv(["a"], [["-5", float("-inf"), ["=1", ";=2"], b"=3"]]))[1] == [
        "'-5",
        "'-inf",
        "['=1', ';'=2']",
        "b'=3'",
    ]


@pytest.mark.parametrize(
    "text",
    ['say "hi", you', "two\r\nlines", "a;b", "عمر الخيام", "<b>Zoë</b>", " leading", "'quoted", "", "1-2", "\u202e"],
)
def test_other_foreign_text_comes_back_as_it_was(text: str) -> None:
    assert read(as_csv(["name"], [[text, "end"]]))[1] == [text, "end"]


def test_it_is_utf_8_with_a_mark_and_lines_end_as_the_standard_has_it() -> None:
    content = as_csv(["Name", "Größe"], [["Zoë", 1]])
    assert content == "\ufeffName,Größe\r\nZoë,1\r\n".encode()


def test_numbers_times_and_nothing_are_written_plainly() -> None:
    at = datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert read(as_csv(["a"], [[-5, -2.5, 4.0, 1 / 3, None, date(2025, 3, 1), at]]))[1] == [
        "-5", "-2.5", "4", "0.333333", "", "2025-03-01", "2025-03-01T12:00:00Z",
    ]  # fmt: skip


def test_half_a_character_does_not_break_it() -> None:
    assert read(as_csv(["a"], [["\ud800x"]]))[1] == ["?x"]


@pytest.fixture
def ann(running: Running) -> str:
    """The cookie of a sign-in of Ann's."""
    return running.sign_in("ann")


@pytest.fixture
def export(running: Running, ann: str) -> str:
    """What that sign-in is shown."""
    assert ann
    (secret,) = running.house.door.secrets
    person = running.at(lambda house: house.door.ask(Who(session=secret)))
    assert person
    table = Export(owner=person.login_session, file="parlour-chats", header=["a"], rows=[["=1"]])
    return running.do(lambda _house: running.exports.keep(table))


def test_a_download_needs_the_sign_in_it_was_shown_to(running: Running, ann: str, export: str) -> None:
    response, _ = running.get(export)
    assert (response.status, response.headers["Location"]) == (302, "/app/login")
    for other in ("bob", "ann"):
        assert running.get(export, Cookie=running.sign_in(other))[0].status == 404
    response, text = running.get(export, Cookie=ann)
    assert response.status == 200
    assert text == "\ufeffa\r\n'=1\r\n"
    assert response.headers["Content-Disposition"] == 'attachment; filename="parlour-chats.csv"'
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_no_longer_shown_cannot_be_had(running: Running, ann: str, export: str) -> None:
    running.do(lambda _house: running.exports.drop(export))
    assert running.get(export, Cookie=ann)[0].status == 404
    assert running.get("/app/export/0123456789abcdef.csv", Cookie=ann)[0].status == 404


def test_without_main_a_download_says_so(running: Running, ann: str, export: str) -> None:
    running.do(lambda house: setattr(house.door, "up", False))
    assert running.get(export, Cookie=ann)[0].status == 503


def test_who_may_not_ask_the_history_gets_none_of_it(running: Running, ann: str, export: str) -> None:
    running.do(lambda house: house.door.fails.update({AskHistory: "forbidden"}))
    assert running.get(export, Cookie=ann)[0].status == 403


def test_an_address_names_one_table() -> None:
    exports = Exports()
    table = Export(owner="x", file="f", header=[], rows=[])
    first, second = exports.keep(table), exports.keep(table)
    assert first != second
    exports.drop(first)
    assert exports.find(first) is None
    assert exports.find(second) is table
