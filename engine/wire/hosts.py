"""Under which names a house may be asked. Pure.

Whoever owns a name may turn it to this machine (DNS rebinding): a browser then takes their page and ours for one
origin, and only the Host that it says tells them apart. So a house knows its names. Nobody owns an address as a name.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from engine.wire.origins import ANY_BELOW, normal

LOCAL = "localhost"
_SAID = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|(?:[a-z0-9_][a-z0-9_.-]*)?[a-z0-9_])\.?(:\d{0,5})?")


def name_of(host: str) -> str | None:
    """The name in a Host header as it is compared: small, without port and last dot, an address in its short form.

    None where it is no name.
    """
    said = _SAID.fullmatch(host.strip().lower())
    if said is None:
        return None
    name = said["name"]
    address = _address(name)
    if address is None:
        return None if name.startswith("[") else name
    return str(address)


def known_by(text: str) -> str:
    """A name as an option says it (`*.example.org`: all below one; an origin is taken too). Raises `NoOrigin`."""
    return urlsplit(normal(text if "://" in text else f"http://{text.strip()}", below=True)).hostname or ""


class Hosts:
    """The names that a house knows: this machine's own, and those it is told; with `addresses`, every address too."""

    def __init__(self, names: Iterable[str] = (), *, addresses: bool = False) -> None:
        told = tuple(names)
        self._names = {LOCAL, *(_told(name) for name in told if not name.startswith(ANY_BELOW))}
        self._below = tuple(name.removeprefix("*").lower() for name in told if name.startswith(ANY_BELOW))
        self._addresses = addresses

    def know(self, host: str) -> bool:
        """Whether a Host header says one of them."""
        name = name_of(host)
        if name is None:
            return False
        address = _address(name)
        if address is not None and (self._addresses or address.is_loopback):
            return True
        return name in self._names or any(name.endswith(one) and name != one[1:] for one in self._below)


def _told(text: str) -> str | None:
    """A name as it is compared, where an IPv6 address may stand without its brackets."""
    return name_of(text) or name_of(f"[{text}]")


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(name.strip("[]"))
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found
