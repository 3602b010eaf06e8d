"""The colours of the stylesheet of tokens, for what is painted without a stylesheet."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHEET = Path(__file__).parent / "tokens.css"
_COLOUR = re.compile(r"--p-([\w-]+): (#[0-9a-f]{6});")


class Shades(NamedTuple):
    """One colour in the two themes."""

    light: str
    dark: str


@cache
def colours() -> dict[str, Shades]:
    """Each colour that is one, by its name without `--p-`."""
    sheet = SHEET.read_text(encoding="utf-8")
    light, dark = (dict(_COLOUR.findall(_block(sheet, f'\n[data-theme="{theme}"] {{'))) for theme in ("light", "dark"))
    return {name: Shades(light[name], dark[name]) for name in light}


def _block(sheet: str, opening: str) -> str:
    return sheet.partition(opening)[2].partition("}")[0]
