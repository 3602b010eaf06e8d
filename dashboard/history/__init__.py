"""What has been, as the dashboard asks for it: the client of the analytics process."""

from dashboard.history.client import AnalyticsClient
from dashboard.history.question import History, NoHistory
from engine.history import HistoryError

__all__ = ["AnalyticsClient", "History", "HistoryError", "NoHistory"]
