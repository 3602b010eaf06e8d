"""The text catalogue: every word a person reads in the widget and the dashboard, by key.

`x-rtl` is a test language: English marked and laid out from right to left, to show what is not from the catalogue.
"""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "x-rtl")
_HERE = Path(__file__).parent
_PARTS = ("widget", "dashboard")


def direction(lang: str) -> str:
    """The value of HTML's `dir` for a language."""
    return "rtl" if lang == "x-rtl" else "ltr"


@cache
def _read(lang: str, parts: tuple[str, ...]) -> MappingProxyType[str, str]:
    words: dict[str, str] = {}
    for part in parts:
        file = _HERE / "en" / f"{part}.json"
        if file.exists():
            words.update(json.loads(file.read_text(encoding="utf-8")))
    if lang == "x-rtl":
        return MappingProxyType({key: f"⟦{text}⟧" for key, text in words.items()})
    return MappingProxyType(words)


def catalogue(lang: str = "en", *, part: str | None = None) -> dict[str, str]:
    """All texts of a language by key, with `{name}` placeholders; an unknown language is English.

    `part`: only the widget's or the dashboard's; no key is in both.
    """
    return dict(_read(lang if lang in LANGUAGES else "en", _PARTS if part is None else (part,)))
