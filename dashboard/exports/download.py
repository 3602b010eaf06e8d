"""The target of "CSV": a kept table for who was shown it, and may still ask the history.

The address names a table and opens nothing: the cookie of its sign-in does.
"""

from tornado.web import HTTPError

from dashboard import cookie
from dashboard.addresses import LOGIN
from dashboard.exports.kept import Exports
from dashboard.exports.table import as_csv
from dashboard.signins import SignIns
from engine.door.interface import DoorError
from engine.wire.answering import Answering


class Download(Answering):
    """The target of "CSV"."""

    def initialize(self, signins: SignIns, exports: Exports) -> None:
        """Keep what it needs."""
        self._signins, self._exports = signins, exports

    async def get(self, name: str) -> None:
        """The table, for who was shown it."""
        try:
            sign_in = await self._signins.find(cookie.secret_of(self))
            if sign_in is None:
                self.redirect(LOGIN)
                return
            await self._signins.permit(sign_in, "export")
        except DoorError as refused:
            raise HTTPError(403 if refused.reason == "forbidden" else 503) from None
        export = self._exports.find(name)
        if export is None or export.owner != sign_in.person.login_session:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{export.file}.csv"')
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(as_csv(export.header, export.rows))
