"""The report "Chats": what became of those who asked for help, and how long they waited."""

from dashboard.reports.report import Column, Plot, Report, Series, TableOf
from engine.analytics.reports.parameters import question
from engine.views import WaitingTimes

_COUNTS = (
    Column(key="asked", title="reports.asked", term="Asked"),
    Column(key="offered", title="reports.offered", term="Offered"),
    Column(key="accepted", title="reports.accepted", term="Accepted"),
    Column(key="declined", title="reports.declined", term="Declined"),
    Column(key="missed", title="reports.missed", term="Missed"),
    Column(key="abandoned", title="reports.abandoned", term="Abandoned"),
    Column(key="left_messages", title="reports.left-messages", term="Left messages"),
)
_TIMES = (
    Column(key="waiting_median_s", title="reports.waiting-median", kind="seconds", term="Waiting time"),
    Column(key="waiting_p95_s", title="reports.waiting-p95", kind="seconds", term="Waiting time"),
    Column(key="first_response_median_s", title="reports.response-median", kind="seconds", term="First response"),
    Column(key="first_response_p95_s", title="reports.response-p95", kind="seconds", term="First response"),
)
REPORT = Report(
    id="chats",
    totals=question("chats"),
    rests_on="chats",
    figures=(*_COUNTS, *_TIMES),
    tables=(
        TableOf(
            name="chats", a_day="chats_a_day", in_time=True, title="reports.chats.table", columns=(*_COUNTS, *_TIMES)
        ),
    ),
    plot=Plot(
        title="reports.chats.plot",
        how="stacked",
        series=(
            Series(column="accepted", title="reports.accepted", colour="chat"),
            Series(column="left_messages", title="reports.left-messages", colour="waiting"),
            Series(column="abandoned", title="reports.abandoned", colour="problem"),
        ),
    ),
    live=WaitingTimes(),
)
