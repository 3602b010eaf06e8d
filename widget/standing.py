"""How a page stands to a site: what the widget's script asks when it cannot connect, or its window does not come up.

Pure; what is said is for the site's people, in the browser's console.
"""

import shlex
from collections.abc import Sequence

import msgspec

from engine.events.parts import Site
from engine.wire.origins import matches, near

SHOWN = 200  # characters of what a page says of itself


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the page is one of nobody's, whether the window cannot open in the frames around it, and what to say."""

    refused: bool = False
    framed: bool = False
    says: str = ""


def standing(site: Site | None, *, key: str, origin: str, frames: Sequence[str] = ()) -> Standing:
    """How a page of `origin`, whose tag has the key, stands to the site with this key; `frames` are those around it."""
    seen = origin[:SHOWN] or "null"
    if site is None:
        listed = "“parlour site list” shows the keys that there are"
        return Standing(refused=True, says=f"No site has the key “{key[:SHOWN]}”, which is the tag's: {listed}.")
    if not matches(seen, site.origins):
        return Standing(refused=True, says=_unlisted(site, seen))
    others = tuple(dict.fromkeys(one[:SHOWN] for one in frames if not matches(one, site.origins)))
    if others:
        what = f"This page of “{site.name}” stands in a frame of {' '.join(others)}, where the chat may not open."
        return Standing(framed=True, says=f"{what} {_cure(site, *others)}")
    return Standing()


def _unlisted(site: Site, seen: str) -> str:
    if seen == "null":
        return (
            f"This page says no origin (it is a file, or in a sandboxed frame), so that it is none of “{site.name}”: "
            "serve it over http, and give the frame allow-same-origin."
        )
    meant = near(seen, site.origins)
    hint = f" ({meant} is one, but a browser takes the two for different places.)" if meant else ""
    return f"This page is of {seen}, which is no origin of the site “{site.name}”.{hint} {_cure(site, seen)}"


def _cure(site: Site, *origins: str) -> str:
    added = " ".join(f"--add-origin {shlex.quote(one)}" for one in origins)
    return f"To allow it: parlour site change {shlex.quote(site.key)} {added}"
