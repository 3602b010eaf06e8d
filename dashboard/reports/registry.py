"""The reports there are, in the order in which they are offered."""

from dashboard.reports import chats, operators, visits
from dashboard.reports.parameters import ReportId
from dashboard.reports.report import Report

REPORTS: dict[ReportId, Report] = {report.id: report for report in (chats.REPORT, visits.REPORT, operators.REPORT)}
