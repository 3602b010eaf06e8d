"""Origins: as people write them, as browsers say them, and which of a site's an origin is one of. Pure.

A site's origin may stand for all names below one: `https://*.example.org`, which is not `https://example.org` itself.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv6Address
from urllib.parse import urlsplit

import idna

ANY_BELOW = "*."
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")


class NoOrigin(ValueError):
    """Why a text is no origin, in one sentence for people."""


def normal(text: str, *, below: bool = False) -> str:
    """`text` as browsers say it, scheme://host[:port]; with `below` it may stand for all names below one.

    Raises `NoOrigin`.
    """
    said = text.strip()
    if "://" not in said:
        raise NoOrigin(f"“{text}” is not an origin like https://www.example.org: its scheme is missing.")
    try:
        parts = urlsplit(said)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        raise _none(text) from None
    if scheme not in DEFAULT_PORTS or parts.username is not None or port == 0:
        raise _none(text)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise NoOrigin(f"“{text}” is not an origin: it ends with its name or its port, without a path.")
    wild = host.startswith(ANY_BELOW)
    if wild and not below:
        raise NoOrigin(f"“{text}” stands for many origins; here it must be one.")
    name = _name(host.removeprefix(ANY_BELOW), text)
    if wild and (name.startswith("[") or name.replace(".", "").isdigit()):
        raise NoOrigin(f"“{text}” is none: nothing is below an address.")
    if wild and "." not in name and name != "localhost":
        raise NoOrigin(f"“{text}” would be everybody's: name what it is below, like https://*.example.org.")
    tail = "" if port in {None, DEFAULT_PORTS[scheme]} else f":{port}"
    return f"{scheme}://{ANY_BELOW if wild else ''}{name}{tail}"


def matches(origin: str, listed: Iterable[str]) -> bool:
    """Whether an origin, as a browser says it, is one of those listed; `wire/origins.js` says the same."""
    return any(origin == one or _is_below(origin, one) for one in listed)


def near(origin: str, listed: Iterable[str]) -> str | None:
    """The one of those listed that was likely meant where `origin` is none of them: the same place by another name."""
    place = _place(origin)
    alike = [one for one in listed if _place(one) == place]
    same_port = [one for one in alike if urlsplit(one).port == urlsplit(origin).port]
    return next(iter(same_port or alike), None)


def _is_below(origin: str, one: str) -> bool:
    scheme, wild, name = one.partition(f"//{ANY_BELOW}")
    front, back = f"{scheme}//", f".{name}"
    return bool(wild) and origin.startswith(front) and origin.endswith(back) and len(origin) > len(front) + len(back)


def _place(origin: str) -> str:
    """What an origin is of, however it is written: this machine, or a name without `www.` in front."""
    host = urlsplit(origin).netloc.partition("@")[2] or urlsplit(origin).netloc
    name = re.sub(r":\d+$", "", host)
    return "localhost" if name in LOOPBACK else name.removeprefix(ANY_BELOW).removeprefix("www.")


def _name(host: str, text: str) -> str:
    """A host as browsers say it: IDN as A-labels, IPv6 in brackets and short."""
    if ":" in host:
        try:
            return f"[{IPv6Address(host).compressed}]"
        except ValueError:
            raise _none(text) from None
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise NoOrigin(f"“{text}” is not an origin: no name is written like that.") from None
    if not _HOST.fullmatch(name) or ".." in name:
        raise _none(text)
    return name


def _none(text: str) -> NoOrigin:
    return NoOrigin(f"“{text}” is not an origin like https://www.example.org.")
