"""Where somebody comes from where proxies stand between: the address and the scheme their browser truly has. Pure.

Anybody can write the headers that tell it. So they are believed of a peer that is a named proxy alone, and read from
the right: each proxy appends whom it heard, so that the first who is no named proxy is the one.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

Network = IPv4Network | IPv6Network
KNOWN = 4_096  # addresses that are not read again with each request
_MAPPED = 96  # bits of ::ffff:0:0/96, under which an IPv6 socket sees IPv4


class Comes(NamedTuple):
    """Whence a request comes: the address, and the scheme where a proxy says it."""

    address: str
    protocol: str | None = None


class _Hop(NamedTuple):
    address: str | None  # None: it is not told, or none
    protocol: str | None


def network(text: str) -> Network:
    """`text` as the network it names, which may be of one address. Raises `ValueError`."""
    found = ip_network(text.strip(), strict=False)
    if isinstance(found, IPv6Network) and found.prefixlen >= _MAPPED and (inside := found[0].ipv4_mapped):
        return IPv4Network((inside, found.prefixlen - _MAPPED))
    return found


@lru_cache(maxsize=KNOWN)
def plain(address: str) -> str:
    """An address as it is written everywhere: IPv4 is IPv4, also where an IPv6 socket sees it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str((found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found)


@lru_cache(maxsize=KNOWN)
def household(address: str) -> str:
    """Whom a limit by address counts as one: an IPv4 address, or the /64 of an IPv6 one, which one house holds."""
    try:
        found = ip_address(plain(address))
    except ValueError:
        return address[:80]
    return str(IPv6Network((found.packed, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


class Proxies:
    """The proxies that a setting names."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._networks = tuple(map(network, named))

    def know(self, address: str) -> bool:
        """Whether it is the address of one of them."""
        if not self._networks:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in one for one in self._networks)

    def overlooks(self, peer: str, headers: Mapping[str, str]) -> bool:
        """Whether a peer near us, on this machine or in a network of its own, brings a proxy's word and is not named.

        Far ones are not meant: anybody writes such headers.
        """
        at = plain(peer)
        if self.know(at) or not (headers.get("X-Forwarded-For") or headers.get("Forwarded")):
            return False
        try:
            return ip_address(at).is_private
        except ValueError:
            return False

    def true_origin(self, peer: str, headers: Mapping[str, str]) -> Comes:
        """Whence a request comes that `peer` brings with these headers.

        A proxy writes one of the two kinds and may pass the other on as somebody made it up: where they tell different
        addresses, neither is believed.
        """
        at = plain(peer)
        if not self.know(at):
            return Comes(at)
        kinds = [hops for hops in (_forwarded_for(headers), _forwarded(headers)) if hops]
        told = {self._first(at, hops) for hops in kinds}
        return told.pop() if len({one.address for one in told}) == 1 else Comes(at)

    def _first(self, peer: str, hops: list[_Hop]) -> Comes:
        """The first from the right who is no named proxy; where that is not told, the one who did not tell it."""
        found = Comes(peer)
        for hop in reversed(hops):
            found = Comes(hop.address or found.address, hop.protocol)
            if hop.address is None or not self.know(hop.address):
                break
        return found


def _forwarded_for(headers: Mapping[str, str]) -> list[_Hop]:
    addresses, protocols = _parts(headers, "X-Forwarded-For"), _parts(headers, "X-Forwarded-Proto")
    schemes = map(_protocol, protocols if len(protocols) == len(addresses) else protocols[-1:] * len(addresses))
    told = list(schemes) or [None] * len(addresses)
    return [_Hop(_address(address), scheme) for address, scheme in zip(addresses, told, strict=True)]


def _forwarded(headers: Mapping[str, str]) -> list[_Hop]:
    """The hops of RFC 7239. No address has a comma in it: a quote that a stranger opened swallows nothing."""
    hops = []
    for part in _parts(headers, "Forwarded"):
        pairs = dict(pair.strip().partition("=")[::2] for pair in part.lower().split(";"))
        hops.append(_Hop(_address(pairs.get("for", "")), _protocol(pairs.get("proto", ""))))
    return hops


def _parts(headers: Mapping[str, str], name: str) -> list[str]:
    return [part for part in headers.get(name, "").split(",") if part.strip()]


def _protocol(text: str) -> str | None:
    said = text.strip().strip('"').lower()
    return said if said in {"http", "https"} else None


def _address(text: str) -> str | None:
    """The address in one part of such a header, which may have a port, brackets and quotes."""
    said = text.strip().strip('"')
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        ip_address(said)
    except ValueError:
        return None
    return plain(said)
