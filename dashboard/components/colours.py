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
    shades = colours()[TOKENS[colour]]
    return shades.dark if dark else shades.light
