"""The reports: their labels and definitions, what they say of invented chats, and how one is asked and shown."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bokeh.document import Document

from dashboard.components.report_nothing import ReportNothing
from dashboard.history.question import NoHistory
from dashboard.pages.reports import Reports
from dashboard.reports.asking import Answer, ask
from dashboard.reports.notebook import cell
from dashboard.reports.parameters import Parameters, ReportId
from dashboard.reports.registry import REPORTS
from dashboard.reports.report import Report, behind, definition
from dashboard.tab import Tab
from engine.door.requests import AskHistory
from engine.history import Result
from engine.look.catalogue import catalogue
from tests.dashboard.conftest import Play, WithTab
from tests.dashboard.fake_analytics import FakeAnalytics
from tests.dashboard.house import House
from tests.dashboard.invented import ANN, BOB, SALES, asked, available, came, furnish
from tests.dashboard.mounted import Mounted, tab_of
from tests.dashboard.test_visitors_listing import Direct

pytestmark = pytest.mark.slow

NOW = datetime(2025, 3, 12, 14, 30, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAYS = "period=custom&from=2025-03-01&to=2025-03-12"  # of the invented chats


@pytest.fixture
def history() -> Iterator[Direct]:
    fake = FakeAnalytics()
    furnish(fake)
    for number, (ago, outcome) in enumerate(
        [
            (5, "answered"),
            (20, "answered"),
            (40, "abandoned"),
            (200, "left-message"),
            (1500, "answered"),
            (9000, "answered"),
        ]
    ):
        came(fake, number, NOW - (ago + 2) * MINUTE)
        asked(
            fake,
            number,
            NOW - ago * MINUTE,
            outcome=outcome,
            seconds=10.0 * (number + 1),
            operator=(ANN, BOB)[number % 2],
        )
    available(fake, ANN, NOW - 120 * MINUTE, NOW - 60 * MINUTE)
    yield Direct(fake)
    fake.close()


def answer(history: Direct, report: ReportId, **how: Any) -> Answer:
    parameters = Parameters(report=report, **how)
    return asyncio.run(ask(history, REPORTS[report], parameters, now=NOW))


@pytest.mark.parametrize("report", REPORTS.values(), ids=lambda report: report.id)
def test_each_figure_and_column_has_its_label_definition_and_sql(report: Report) -> None:
    words = catalogue()
    columns = [*report.figures, *(column for table in report.tables for column in table.columns)]
    assert {column.title for column in columns} - set(words) == set()
    assert {report.plot.title, *(series.title for series in report.plot.series)} - set(words) == set()
    for figure in report.figures:
        said = definition(report.rests_on, figure.term)
        assert said.startswith(f"{figure.term}: ") if figure.term else said == definition(report.rests_on)
        assert f"report_{report.rests_on}(" in behind(report.rests_on, report.totals)


def test_the_sql_behind_a_figure_has_every_macro_it_rests_on() -> None:
    sql = behind("chats", REPORTS["chats"].totals)
    for macro in ("report_chats", "chats_by", "chat_moments", "report_days"):
        assert f"MACRO {macro}(" in sql
    assert "report_visits" not in sql


def test_the_last_hour_of_chats(history: Direct) -> None:
    found = answer(history, "chats", period="hour")
    assert (found.now["asked"], found.now["accepted"], found.now["abandoned"]) == (3, 2, 1)
    assert found.now["waiting_median_s"] == 20.0
    assert found.before["asked"] == 0
    assert found.grain == "minutes"


@pytest.mark.parametrize("period", ["hour", "today", "7d", "30d"])
@pytest.mark.parametrize("report", ["chats", "visits"])
def test_the_rows_in_time_add_up_to_the_figures(history: Direct, report: ReportId, period: Any) -> None:
    found = answer(history, report, period=period)
    for column in {"chats": ("asked", "accepted", "abandoned", "left_messages"), "visits": ("visits",)}[report]:
        assert sum(row[column] for row in found.tables[0]) == found.now[column]


def test_a_week_has_its_days_and_the_week_before(history: Direct) -> None:
    found = answer(history, "chats", period="7d")
    assert [row["day"].isoformat() for row in found.tables[0]][::6] == ["2025-03-06", "2025-03-12"]
    assert (found.now["asked"], found.before["asked"]) == (6, 0)
    assert found.choices["department"] == [
        {"id": "00000000-0000-7000-8000-00000000000a", "name": "Support"},
        {"id": SALES, "name": "Sales"},
    ]


def test_another_department_has_none_of_them(history: Direct) -> None:
    assert answer(history, "chats", period="7d", of={"department": SALES}).now["asked"] == 0
    assert answer(history, "visits", period="7d", of={"department": SALES}).now["visits"] == 6


def test_a_period_to_come_is_empty_and_no_error(history: Direct) -> None:
    to_come = (NOW + timedelta(days=30)).date()
    found = answer(history, "chats", period="custom", first=to_come, last=to_come)
    assert not found.now.get("asked")


def test_operators_have_their_chats_and_their_time(history: Direct) -> None:
    found = answer(history, "operators", period="7d")
    rows = {row["name"]: (row["chats"], row["available_s"]) for row in found.tables[0]}
    assert rows == {"Ann": (2, 3600.0), "Bob": (2, 0.0)}
    assert (found.now["chats"], found.now["available_s"]) == (4, 3600.0)


class Section:
    """The section in a tab, with what its parts sent."""

    def __init__(self, tab: Tab, history: Direct) -> None:
        self.tab = tab
        self.tab.history = history
        self.reports = Reports(tab)
        self.head, self.table = Mounted(self.reports._head), Mounted(self.reports._table)

    async def look(self, *addresses: str) -> list[dict[str, Any]]:
        """Ask for reports at once; what the head sent."""
        for seq, address in enumerate(addresses, 1):
            self.head.tell({"t": "look", "seq": seq, "address": address, "zone": "Europe/Berlin"})
        assert self.reports._asking
        await asyncio.wait([self.reports._asking])
        return self.head.sent


def test_a_report_is_shown_with_figures_tables_plot_and_csv(play: Play, history: Direct) -> None:
    async def scenario(house: House) -> None:
        async with tab_of(house) as tab:
            section = Section(tab, history)
            looking, figures = await section.look(f"#reports/chats?{DAYS}")
            assert looking["address"] == f"#reports/chats?{DAYS}"
            assert {figure["key"] for figure in figures["figures"]} >= {"asked", "waiting_p95_s"}
            (table,) = section.table.sent[-1]["tables"]
            export = tab.exports.find(table["csv"])
            assert export is not None
            assert json.loads(json.dumps(export.rows, default=str)) == [[row[0], *row[1:]] for row in table["rows"]]
            assert section.reports._plot is not None
        assert tab.exports.find(table["csv"]) is None

    play(scenario)


def test_a_plot_is_only_drawn_where_there_are_bars(with_tab: WithTab, history: Direct) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        section = Section(tab, history)
        await section.look(f"#reports/chats?{DAYS}")
        assert section.reports._plot is not None
        for _ in range(2):
            await section.look("#reports/chats?period=custom&from=2001-01-01&to=2001-01-02")
            (nothing,) = section.reports._slot
            assert isinstance(nothing, ReportNothing)
            assert section.reports._plot is None
        await section.look("#reports/chats?period=custom&from=2001-01-01&to=2001-01-02")
        assert section.reports._slot[0] is nothing
        await section.look(f"#reports/chats?{DAYS}")
        assert section.reports._slot[0] is not nothing

    with_tab(scenario)


@pytest.mark.parametrize("report", REPORTS)
def test_a_notebook_s_cell_asks_the_same_question(
    history: Direct, report: ReportId, monkeypatch: pytest.MonkeyPatch
) -> None:
    class House:
        def query(self, sql: str, params: dict[str, Any]) -> Any:
            return Result(history.fake.database.cursor().execute(sql, params).to_arrow_table())

    monkeypatch.setattr("parlour.history.connect", House)
    told = answer(history, report, period="7d")
    for question, rows in (
        (REPORTS[report].totals, [told.now]),
        *((table.sql(told.grain), told.tables[n]) for n, table in enumerate(REPORTS[report].tables)),
    ):
        known: dict[str, Any] = {}
        exec(cell("A figure", question, told.values), known)  # noqa: S102 - as a notebook does
        assert list(known["rows"].columns) == list(rows[0])
        assert len(known["rows"]) == len(rows)


def test_days_are_cut_by_the_zone_of_the_address_or_else_the_browser_s(play: Play, history: Direct) -> None:
    async def scenario(house: House) -> None:
        async with tab_of(house) as tab:
            section = Section(tab, history)
            asked = {}
            for zone in ("", "UTC", "Pacific/Auckland"):
                figures = (await section.look(f"#reports/chats?{DAYS}" + (f"&zone={zone}" if zone else "")))[-1]
                table = section.table.sent[-1]
                assert figures["zone"] == table["zone"] == (zone or "Europe/Berlin")
                (told,) = table["tables"]
                asked[zone] = sum(row[1] for row in told["rows"])
                assert told["rows"][-1][0] == "2025-03-12"
                assert asked[zone] == next(one["now"] for one in figures["figures"] if one["key"] == "asked")
            # Four asked after 11:00 UTC, which is the next day in Auckland.
            assert asked["UTC"] - asked["Pacific/Auckland"] == 4

    play(scenario)


def test_of_two_questions_only_the_later_is_answered(with_tab: WithTab, history: Direct) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        section = Section(tab, history)
        sent = await section.look("#reports/chats?period=30d", "#reports/visits?period=7d")
        assert [(message["t"], message["seq"]) for message in sent] == [
            ("looking", 1),
            ("looking", 2),
            ("figures", 2),
        ]

    with_tab(scenario)


def test_each_report_draws_its_plot_in_both_themes(with_tab: WithTab, history: Direct) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        section = Section(tab, history)
        for report in REPORTS:
            for days in (DAYS, "period=custom&from=2025-03-12&to=2025-03-12"):  # by days, and by hours
                await section.look(f"#reports/{report}?{days}")
                assert section.reports._plot is not None
                section.reports.paint(dark=True)
                section.reports.view.get_root()

    with_tab(scenario)


def test_without_an_answer_the_section_says_so_and_shows_nothing_of_another_question(
    with_tab: WithTab, history: Direct
) -> None:
    async def scenario(_house: House, tab: Tab) -> None:
        section = Section(tab, history)
        await section.look("#reports/chats?period=30d")
        history.fake.close()
        tab.history = NoHistory()
        await section.look("#reports/chats?period=30d")
        assert section.head.sent[-1]["t"] == "unavailable"
        assert section.table.sent[-1]["tables"] != []
        await section.look("#reports/visits?period=30d")
        assert section.table.sent[-1]["tables"] == []

    with_tab(scenario)


def test_who_may_not_ask_is_told_so_and_shown_nothing(with_tab: WithTab, history: Direct) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        section = Section(tab, history)
        house.door.fails[AskHistory] = "forbidden"
        await section.look("#reports/chats?period=30d")
        assert section.head.sent[-1]["why"] == "Forbidden"
        assert not section.table.sent[-1]["tables"]

    with_tab(scenario)


def test_a_report_is_not_asked_of_the_history_while_main_is_away(with_tab: WithTab, history: Direct) -> None:
    async def scenario(house: House, tab: Tab) -> None:
        section = Section(tab, history)
        house.door.up = False
        await section.look("#reports/chats?period=30d")
        assert section.head.sent[-1]["why"] == "NotReady"

    with_tab(scenario)


def test_two_tabs_have_plots_of_their_own(play: Play, history: Direct) -> None:
    async def scenario(house: House) -> None:
        documents = [Document(), Document()]
        for document in documents:
            async with tab_of(house) as tab:
                section = Section(tab, history)
                await section.look("#reports/chats?period=7d")
                document.add_root(section.reports.view.get_root())
        assert all(document.roots for document in documents)

    play(scenario)
