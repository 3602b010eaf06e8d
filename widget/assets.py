"""What a visitor's browser asks for beside the bundles: the chat's document, and the texts. It knows no visitor."""

import html
import json
from pathlib import Path

import msgspec
from tornado.web import HTTPError, StaticFileHandler

from engine.look.catalogue import LANGUAGES, catalogue, direction
from engine.text import Limits
from engine.wire.answering import Answering
from widget.built import address, for_every_site
from widget.standing import standing
from widget.visitors import Visitors

CLIENT = Path(__file__).parent / "client"
FRAMES = 10  # around a page, of which it is looked at
A_WHILE = "private, max-age=300"  # the next open waits for nothing; a site's changed origins are everywhere after it
CHAT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)


class ClientFile(StaticFileHandler):
    """A file of the client; sites load it from their own pages."""

    def set_extra_headers(self, path: str) -> None:
        """Let every site load it, and ask each time whether it changed."""
        for_every_site(self)

    def get_content_type(self) -> str:
        """Types of TypeScript are text; by their ending they would be a translator's file."""
        return (
            "text/plain; charset=utf-8" if (self.absolute_path or "").endswith(".d.ts") else super().get_content_type()
        )


class TextsFile(Answering):
    """The widget's texts in a language; with `?only=launcher` those of the button alone, which is all a page needs."""

    def get(self, language: str) -> None:
        """Answer with key → text."""
        if language not in LANGUAGES:
            raise HTTPError(404)
        for_every_site(self)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        only = self.get_query_argument("only", "")
        texts = {key: text for key, text in catalogue(language, part="widget").items() if key.startswith(only)}
        self.write(json.dumps(texts, ensure_ascii=False))


class SeenFrom(Answering):
    """How a page stands to its site: asked by the page's script once something is amiss."""

    def initialize(self, visitors: Visitors) -> None:
        """Bind to what knows the sites."""
        self._visitors = visitors

    def get(self) -> None:
        """Answer with it."""
        key = self.get_query_argument("site", "")
        origin = self.request.headers.get("Origin") or self.get_query_argument("at", "")
        frames = self.get_query_arguments("in")[:FRAMES]
        for_every_site(self, "no-store")
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.write(msgspec.json.encode(standing(self._visitors.site(key), key=key, origin=origin, frames=frames)))


class ChatPage(Answering):
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
        self.set_header("Content-Security-Policy", CHAT_POLICY.format(ancestors=" ".join(site.origins)))
        self.set_header("Referrer-Policy", "no-referrer")
        # Pages that isolate themselves frame only what does so too; who may frame it, the policy says.
        self.set_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.set_header("Cache-Control", A_WHILE)
        page = (CLIENT / "chat.html").read_text(encoding="utf-8")
        values = {
            "lang": language,
            "dir": direction(language),
            "style": address("chat.css"),
            "script": address("chat.js"),
            "origins": json.dumps(site.origins),
            "limits": msgspec.json.encode(Limits()).decode(),
            "texts": json.dumps(catalogue(language, part="widget"), ensure_ascii=False),
        }
        for name, value in values.items():
            page = page.replace("{{" + name + "}}", html.escape(value))
        self.write(page)
