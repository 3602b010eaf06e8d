"""What has been, as the dashboard asks for it: the client of the analytics process, and the lists that are paged."""

from dashboard.history.client import AnalyticsClient
from dashboard.history.question import History, NoHistory, Param
from engine.history import HistoryError

__all__ = ["AnalyticsClient", "History", "HistoryError", "NoHistory", "Param"]
