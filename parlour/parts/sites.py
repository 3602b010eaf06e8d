"""The sites that may embed the widget."""

import html
import secrets
from collections.abc import Sequence

from msgspec.structs import replace

from engine.commands import SetPart
from engine.door.interface import Door
from engine.door.requests import AskHouse, AskSiteSecret
from engine.events import SiteId
from engine.events.parts import Site
from engine.ids import draw_id
from parlour import administer
from parlour.administer import ask, find, table
from parlour.data_dir import CannotStart
from parlour.options import origin


async def add_site(door: Door, name: str, *, origins: Sequence[str], key: str | None, gateway: str) -> list[str]:
    """Let a site embed the widget; the line to put on its pages comes back."""
    known = key or secrets.token_hex(8)
    await ask(door, SetPart(part=Site(id=SiteId(draw_id()), key=known, name=name, origins=_of(origins))))
    tag = f'<script async src="{gateway}/widget.js" data-site="{html.escape(known)}"></script>'
    return [f"Added the site “{name}”. Put this on its pages:", tag]


async def change_site(
    door: Door, name: str, *, new_name: str | None = None, origins: Sequence[str] = (), more: Sequence[str] = ()
) -> list[str]:
    """Give a site another name, other origins in place of all that it had, or `more`. Raises `CannotStart` for none."""
    old = find("site", (await door.ask(AskHouse())).sites, name)
    called, may = new_name or old.name, tuple(dict.fromkeys((*(_of(origins) or old.more), *_of(more))))
    await ask(door, SetPart(part=replace(old.part, name=called, origins=may), rests_on=old.version))
    return [f"The site “{called}” may embed the widget from {' '.join(may)}."]


async def remove_site(door: Door, name: str) -> list[str]:
    """Let a site embed the widget no more."""
    return await administer.remove(door, "site", find("site", (await door.ask(AskHouse())).sites, name))


async def site_secret(door: Door, name: str) -> list[str]:
    """What the site's server signs its users' ids with, so that the widget may trust who they are."""
    site = find("site", (await door.ask(AskHouse())).sites, name)
    return [await door.ask(AskSiteSecret(site=SiteId(site.id)))]


async def list_sites(door: Door) -> list[str]:
    """Every site, with its key and origins."""
    sites = (await door.ask(AskHouse())).sites
    return table(
        ("KEY", "NAME", "ORIGINS"),
        ((s.key or "–", s.name, " ".join(s.more)) for s in sites),
        none="No site yet: “parlour site add NAME --origin URL” adds one, and prints the tag for its pages.",
    )


def _of(origins: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(origin(one, below=True) for one in origins))
    for one in found:
        if "[" in one:  # as an origin that may frame the chat, which a browser would pass over
            raise CannotStart(f"The chat cannot open on {one}: no policy can name an IPv6 address; give it a name.")
    return found
