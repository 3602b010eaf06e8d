"""What a page is sent of Bokeh's and Panel's own scripts, and what their servers say of it."""

import warnings

import bokeh.resources
import panel as pn
import panel.models.esm
from bokeh.util.warnings import BokehUserWarning

SHIPPED = ["bokeh", "bokeh-widgets", "bokeh-tables"]
KNOWN = "reference already known"


def ship_only_what_is_used() -> None:
    """For the whole process, before its first page."""
    # Neither formulas nor WebGL are shipped: mathjax and gl are 670 KB. Without the tables nothing renders.
    bokeh.resources.Resources._default_components = list(SHIPPED)
    pn.config.browser_info = False  # a model for each part, of which nobody asks anything
    # Browsers load modules by themselves (`importShim` in coming_up.js); es-module-shims would load each file twice.
    panel.models.esm.ReactiveESM.__javascript_raw__ = []


def keep_quiet_of_what_is_known() -> None:
    """A browser sends a model whole with its first message after the server made it; the server's own stays."""
    warnings.filterwarnings("ignore", KNOWN, BokehUserWarning)
