"""The place of a plot that is still to come, grey as all that waits for its data (`client/shell/awaited.js`)."""

from typing import Any

import panel as pn

_SHEET = "/app/static/parlour/look/awaited.css"


def awaited(height: int) -> Any:
    """A place of this height, in pixels."""
    return pn.Spacer(
        height=height, sizing_mode="stretch_width", css_classes=["awaited"], stylesheets=[_SHEET], margin=0
    )
