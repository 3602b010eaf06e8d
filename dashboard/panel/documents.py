"""A tab's document: the turns of the loop in which it is made and may be changed, and how its page is put together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import jinja2
from bokeh.core.properties import validate
from bokeh.document import Document
from panel.io.resources import LOCAL_DIST
from panel.io.state import set_curdoc


def in_token(doc: Document) -> Mapping[str, Any]:
    """What the signed token of the document's page carries."""
    payload: dict[str, Any] = doc.session_context.token_payload
    return payload


def within(doc: Document) -> AbstractContextManager[Any]:
    """The context in which what Panel has in a document may be changed."""
    changing: AbstractContextManager[Any] = set_curdoc(doc)
    return changing


def later(doc: Document, work: Callable[[], None]) -> None:
    """Run something in a later turn of the loop, under the document's lock."""

    def in_document() -> None:
        with within(doc):
            work()

    doc.add_next_tick_callback(in_document)


def page_of(template: Path) -> jinja2.Template:
    """A page in Panel's own. No markup is escaped in it: what is foreign comes as JSON that does so by itself."""
    own = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    return own.from_string(template.read_text(encoding="utf-8"))


def make(
    doc: Document, parts: Mapping[str, Any], *, title: str, page: jinja2.Template, **values: Any
) -> Iterator[None]:
    """Put each part into the document under its name, and the page around them; others' turns may come at each step."""
    # The browser's side watches the connection itself and reloads: a session never outlives its process.
    doc.config.reconnect_session = False
    # Panel sets it with the page. A page of the process before this one comes with its websocket alone.
    doc.template_variables["dist_url"] = LOCAL_DIST
    doc.template = page
    doc.template_variables.update(values)
    with doc.models.freeze():  # they are counted once, not for each part
        for name, part in parts.items():
            # Our parts' properties are right by their tests; others' are looked at in their turns.
            with validate(False):
                part.server_doc(doc, title=title, location=False)
                doc.roots[-1].name = name
            yield
