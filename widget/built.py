"""The client's bundles (`make bundle`) in `widget/built`: each is asked for at an address that has its hash."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec
from tornado.web import HTTPError, RequestHandler

from engine.wire.answering import Answering

BUILT = Path(__file__).parent / "built"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOR_EVER = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"  # a browser keeps it, and asks whether it changed


class Bundle(msgspec.Struct, frozen=True):
    """A file of the client as it goes out."""

    body: bytes
    packed: bytes
    mark: str  # from what is in it


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Bundle:
    body = path.read_bytes()
    return Bundle(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:16])


def bundle(name: str) -> Bundle:
    """The file as it is now: a new one needs no restart."""
    path = BUILT / name
    return _read(path, path.stat().st_mtime_ns)


def address(name: str) -> str:
    """Where it is asked for: what is there never changes."""
    stem, _, ending = name.rpartition(".")
    return f"/widget/built/{stem}.{bundle(name).mark}.{ending}"


def for_every_site(handler: RequestHandler, cache: str = EACH_TIME) -> None:
    """Sites load it from their own pages."""
    handler.set_header("Access-Control-Allow-Origin", "*")
    handler.set_header("Cross-Origin-Resource-Policy", "cross-origin")
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", cache)


def answer(handler: RequestHandler, body: bytes, packed: bytes, content_type: str) -> None:
    """Send one or the other, compressed however small: Tornado leaves what is under a kilobyte."""
    handler.set_header("Content-Type", content_type)
    handler.set_header("Vary", "Accept-Encoding")
    if "gzip" in handler.request.headers.get("Accept-Encoding", ""):
        handler.set_header("Content-Encoding", "gzip")
        handler.write(packed)
    else:
        handler.write(body)


class PageScript(Answering):
    """The script of a site's tag: its address stands in the site's pages, so that it is asked for again each time."""

    def get(self) -> None:
        """Answer with the page's bundle, or that it has not changed."""
        page = bundle("page.js")
        for_every_site(self)
        answer(self, page.body, page.packed, TYPES[".js"])


class BuiltFile(Answering):
    """A bundle under its hash. A document from before an update asks for one that is no more: it gets today's."""

    def get(self, stem: str, mark: str, ending: str) -> None:
        """Answer with the file, to be kept for ever if it is the one that was meant."""
        name = f"{stem}.{ending}"
        if not (BUILT / name).is_file():
            raise HTTPError(404)
        file = bundle(name)
        for_every_site(self, FOR_EVER if mark == file.mark else EACH_TIME)
        answer(self, file.body, file.packed, TYPES[f".{ending}"])
