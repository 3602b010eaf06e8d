"""A component of our own, as the rest of the dashboard sees it: a script beside the class, texts out, messages in."""

import sys
from pathlib import Path
from typing import Any

import panel as pn
from bokeh.document import Document
from bokeh.events import Event
from panel.io.state import set_curdoc


class Component(pn.custom.JSComponent):
    """A class whose script has the name of its module and stands beside it."""

    def __init_subclass__(cls, **more: Any) -> None:
        script = Path(str(sys.modules[cls.__module__].__file__)).with_suffix(".js")
        if script.exists():
            cls._bundle = script
        super().__init_subclass__(**more)

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self.on_msg(lambda event: self.hear(event.data))

    def hear(self, data: Any) -> None:
        """Take what the browser has sent, whatever it is."""
        raise NotImplementedError

    def tell(self, text: str) -> None:
        """Send a text as it is: an object would be walked through again for each browser."""
        self._send_msg(text)

    def _process_bokeh_event(self, doc: Document, event: Event) -> None:
        """As Panel does it, but without its count of busy sessions.

        The count is the process's: each message of each browser would send two patches to every open dashboard.
        """
        with set_curdoc(doc):
            self._process_event(event)
