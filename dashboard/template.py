"""Panel's template as the shell needs it: a document is made in one turn of the loop, in which nobody else is served.

It must not know what stands in the page.
"""

from pathlib import Path
from typing import Any

import panel as pn
from bokeh.core.properties import validate
from bokeh.document import Document
from panel.io.resources import _env

_SHELL = _env.from_string((Path(__file__).parent / "templates" / "shell.html").read_text(encoding="utf-8"))


class ShellTemplate(pn.Template):
    """The page with its landmarks, without what Panel does for notebooks.

    Our parts' properties are right by their tests: to have each checked again takes a third of the document's time,
    and to look through the whole document for each part that is put into it another tenth.
    """

    def __init__(self) -> None:
        super().__init__(_SHELL)

    def __repr__(self) -> str:
        """Short: Panel writes it anew with each part."""
        return type(self).__name__

    def server_doc(self, doc: Document, title: str | None = None, location: Any = True) -> Document:
        """Put all parts into a tab's document."""
        with validate(False), doc.models.freeze():
            return super().server_doc(doc, title, location)
