"""A file a page; the registry PAGES drives navigation, permission and the smoke test."""

from dashboard.pages import communication_overview, reports, site_monitor, visitors_list
from dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (site_monitor.PAGE, communication_overview.PAGE, visitors_list.PAGE, reports.PAGE)
