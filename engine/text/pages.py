"""A page's address as browsers have it: cleaned and kept, and without what is no part of the page.

That is its fragment, unless the site routes by it, and what a campaign added to it: so one page is one address.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote_plus

from engine.limits.table import CAMPAIGN_PARTS
from engine.text.addresses import UNFIT, web_address
from engine.text.cleaning import fit
from engine.text.limits import ADDRESS_LIMIT, CAMPAIGN_LIMIT, NAME_LIMIT

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
# What networks of advertisers mark a click with, and what comes beside it.
CLICK_IDS = (
    "gclid", "gbraid", "wbraid", "dclid", "msclkid", "fbclid", "ttclid", "twclid", "li_fat_id", "igshid", "yclid",
    "epik", "sccid", "rdt_cid", "srsltid",
)  # fmt: skip
_KNOWN = frozenset((*CLICK_IDS, "gclsrc", "gad_source", "gad_campaignid", "mc_cid", "mc_eid", "_gl"))
_MOST = CAMPAIGN_PARTS.most
_PARTS = re.compile(r"(https?://)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE)
_UNFIT = re.compile(UNFIT)
# Half an escape, or the escapes of half a character.
_HALF = re.compile(r"(?:%[C-D]\w|%E\w(?:%[89AB]\w)?|%F\w(?:%[89AB]\w){0,2})?(?:%[0-9A-F]?)?$", re.IGNORECASE | re.ASCII)


class PageAddress(NamedTuple):
    """Where a page is, and what its address had of a campaign: names (`utm_source`, `gclid`) and values."""

    address: str
    campaign: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=512)  # a page is viewed by many
def page_address(text: str, *, routes: bool = False) -> PageAddress | None:
    """Return the page of an address; with `routes` its fragment is a part of it. None where it is no web address."""
    parts = _PARTS.fullmatch(_UNFIT.sub(lambda unfit: quote(unfit[0]), fit(text, 4 * ADDRESS_LIMIT)))
    if parts is None:
        return None
    scheme, authority, path, query, fragment = parts.groups(default="")
    campaign: dict[str, str] = {}
    page = f"{scheme.lower()}{authority.rpartition('@')[2]}{path}{_without_campaign(query, campaign)}"
    if routes:
        route, question, more = fragment.partition("?")
        page += (route + _without_campaign(question + more, campaign)).removesuffix("#")
    address = web_address(page if len(page) <= ADDRESS_LIMIT else _HALF.sub("", page[:ADDRESS_LIMIT]))
    told = tuple((name, value) for name, value in campaign.items() if value)
    return None if address is None else PageAddress(address, told)


def _without_campaign(query: str, campaign: dict[str, str]) -> str:
    """The rest of a query, with its question mark; what belongs to a `campaign` goes there."""
    rest: list[str] = []
    for parameter in query[1:].split("&"):
        name, _, value = parameter.partition("=")
        known = fit(unquote_plus(name), NAME_LIMIT).lower().removeprefix("amp;")  # of mails that escaped it twice
        if not known.startswith("utm_") and known not in _KNOWN:
            rest.append(parameter)
        elif len(campaign) < _MOST:
            campaign.setdefault(known, fit(unquote_plus(value), CAMPAIGN_LIMIT))
    return f"?{'&'.join(rest)}" if any(rest) else ""
