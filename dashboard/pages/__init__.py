"""The registry of pages, which drives navigation, permission and the smoke test. One of several parts is a file."""

from dashboard.components.overview import Overview
from dashboard.components.visitors_table import VisitorsTable
from dashboard.pages import reports, site_monitor
from dashboard.pages.page import Page, alone

PAGES: tuple[Page, ...] = (
    site_monitor.PAGE,
    Page(id="overview", title="nav.overview", build=alone(Overview)),
    Page(id="visitors", title="nav.visitors", build=alone(VisitorsTable), need="analyse"),
    reports.PAGE,
)
