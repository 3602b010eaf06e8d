"""The colours of what a plot shows. A canvas has no stylesheet: they come from the tokens here, and nowhere else."""

from dashboard.reports.report import Colour
from engine.look.tokens import colours

TOKENS: dict[Colour, str] = {
    "accent": "accent",
    "chat": "chat",
    "waiting": "waiting-fill",
    "problem": "problem",
    "neutral": "line-strong",
}


def fill(colour: Colour, *, dark: bool) -> str:
    """A bar's colour in the theme."""
    return _of(TOKENS[colour], dark)


def ink(*, dark: bool) -> str:
    """The colour of a legend's texts, of which Bokeh asks no stylesheet."""
    return _of("ink-2", dark)


def _of(token: str, dark: bool) -> str:
    shades = colours()[token]
    return shades.dark if dark else shades.light
