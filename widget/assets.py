"""The files a visitor's browser asks for: the loader, the chat window, the texts. It knows no visitor."""

import gzip
import html
import json
import re
from functools import lru_cache
from pathlib import Path

from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from engine.look.catalogue import LANGUAGES, catalogue, direction
from widget.visitors import Visitors

CLIENT = Path(__file__).parent / "client"
LOOK = Path(__file__).parent.parent / "engine" / "look"
CHAT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)


def _for_every_site(handler: RequestHandler) -> None:
    handler.clear_header("Server")
    handler.set_header("Access-Control-Allow-Origin", "*")
    handler.set_header("Cross-Origin-Resource-Policy", "cross-origin")
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", "no-cache")


class ClientFile(StaticFileHandler):
    """A file of the client; sites load it from their own pages."""

    def set_extra_headers(self, path: str) -> None:
        """Let every site load it, and ask each time whether it changed."""
        _for_every_site(self)

    def get_content_type(self) -> str:
        """Types of TypeScript are text; by their ending they would be a translator's file."""
        return (
            "text/plain; charset=utf-8" if (self.absolute_path or "").endswith(".d.ts") else super().get_content_type()
        )


# Whole lines of comments only: what stands behind code on its line stays.
_COMMENTS = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


@lru_cache(maxsize=128)
def lean(path: Path, _changed: int) -> str:
    """A script without comments and indentation, a third of what a visitor's browser would load. Its lines stay."""
    code = _COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    return _INDENTATION.sub("", code)


@lru_cache(maxsize=128)
def packed(path: Path, changed: int) -> bytes:
    """The same compressed, however small: Tornado leaves what is under a kilobyte."""
    return gzip.compress(lean(path, changed).encode(), 9, mtime=0)


class Script(RequestHandler):
    """A module of the client, or the loader under its public name."""

    def get(self, name: str) -> None:
        """Answer with the script; it is asked for each time whether it changed."""
        path = CLIENT / ("loader.js" if name == "widget.js" else name)
        if not path.is_file():
            raise HTTPError(404)
        _for_every_site(self)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        changed = path.stat().st_mtime_ns
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(packed(path, changed))
        else:
            self.write(lean(path, changed))


class TextsFile(RequestHandler):
    """The widget's texts in a language; with `?only=launcher` those of the button alone, which is all a page needs."""

    def get(self, language: str) -> None:
        """Answer with key → text."""
        if language not in LANGUAGES:
            raise HTTPError(404)
        _for_every_site(self)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        only = self.get_query_argument("only", "")
        texts = {key: text for key, text in catalogue(language, part="widget").items() if key.startswith(only)}
        self.write(json.dumps(texts, ensure_ascii=False))


class ChatPage(RequestHandler):
    """The chat window's document, which only the site's own pages may frame."""

    def initialize(self, visitors: Visitors) -> None:
        """Bind to what knows the sites."""
        self._visitors = visitors

    def get(self) -> None:
        """Answer with the document."""
        site = self._visitors.site(self.get_query_argument("site", ""))
        if site is None:
            raise HTTPError(404)
        language = self.get_query_argument("lang", "en")
        if language not in LANGUAGES:
            language = "en"
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", CHAT_POLICY.format(ancestors=" ".join(site.origins)))
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-cache")
        page = (CLIENT / "chat.html").read_text(encoding="utf-8")
        values = {"lang": language, "dir": direction(language), "origins": json.dumps(site.origins)}
        for name, value in values.items():
            page = page.replace("{{" + name + "}}", html.escape(value))
        self.write(page)
