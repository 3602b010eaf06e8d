"""The tables of a report, each with its caption and its "CSV"."""

import msgspec

from dashboard.components.live import Live


class ReportTable(Live):
    """Tables; they come whole."""

    _shown: object = None

    def start(self) -> None:
        """Show again what was shown."""
        if self._shown is not None:
            self.show(self._shown)

    def show(self, tables: object) -> None:
        """Show these tables."""
        self._shown = tables
        self.send_raw("t", "tables", msgspec.json.encode(tables))
