"""How a tab's document is made: in several turns of the loop, before anybody has its session.

It must not know what a document shows.
"""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from bokeh.application.handlers.handler import Handler
from bokeh.document import Document

from dashboard.panel.documents import within

Make = Callable[[Document], Iterator[None]]  # a step for each turn
FAILED: WeakKeyDictionary[Document, Exception] = WeakKeyDictionary()
DONE = object()


class Making(Handler):
    """Makes the document of each session that is asked for, by its page or by its websocket alone.

    Bokeh has who asks for a session wait until its hooks are through: only then is there one to be had, or to expire.
    """

    def __init__(self, make: Make) -> None:
        super().__init__()
        self._make = make

    def modify_document(self, doc: Document) -> None:
        """It is made already."""

    async def on_session_created(self, session_context: Any) -> None:
        """Make it, others' turns between its own; its failure is kept for who wants it."""
        doc = session_context._document  # a document's lock is its session's, which there is not yet
        try:
            for _ in iter(partial(_go_on, doc, self._make(doc)), DONE):
                await asyncio.sleep(0)
        except Exception as error:
            FAILED[doc] = error.with_traceback(None)  # whose frames would keep the document


def _go_on(doc: Document, steps: Iterator[None]) -> object:
    with within(doc):
        return next(steps, DONE)


def why_not_made(doc: Document) -> Exception | None:
    """What stood in the way of a document, or None."""
    return FAILED.get(doc)
