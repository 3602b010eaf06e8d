"""Our own pages, from their templates and the catalogue's words."""

from pathlib import Path

import jinja2
from tornado.web import RequestHandler

from dashboard import csp
from engine.look.catalogue import catalogue, direction

_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
)


def page(name: str, **values: object) -> str:
    """One of our own pages, with the catalogue's words as `w`."""
    return _PAGES.get_template(name).render(w=catalogue(), dir=direction("en"), **values)


def write_page(handler: RequestHandler, name: str, **values: object) -> None:
    """Answer with a page, under its policy."""
    nonce = csp.new_nonce()
    for key, value in csp.headers(nonce, handler.request.host).items():
        handler.set_header(key, value)
    handler.finish(page(name, nonce=nonce, **values))


def write_trouble(handler: RequestHandler, text: str = "trouble.text") -> None:
    """Answer with a page that says in words what is amiss, and what to do; the status is set already."""
    write_page(handler, "trouble.html", text=text)


def write_away(handler: RequestHandler) -> None:
    """Answer 503 with a page that says so and comes back by itself."""
    handler.set_status(503)
    write_page(handler, "away.html")
