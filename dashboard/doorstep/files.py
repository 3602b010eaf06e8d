"""Our own scripts and styles, and the way from the server's root."""

from pathlib import Path

from tornado.web import StaticFileHandler

from dashboard.addresses import HOME
from engine.wire.answering import Answering

STATIC = Path(__file__).parents[1] / "client"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Home(Answering):
    """The server's root leads to the dashboard."""

    def get(self) -> None:
        """Go there."""
        self.redirect(HOME)


class Static(StaticFileHandler):
    """Our own scripts and styles; looked at again after each change."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep them, and ask."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")

    def get_content_type(self) -> str:
        """Text is UTF-8; scripts are scripts whatever the machine's own table says."""
        suffix = Path(self.absolute_path or "").suffix
        return f"{_KINDS[suffix]}; charset=UTF-8" if suffix in _KINDS else super().get_content_type()
