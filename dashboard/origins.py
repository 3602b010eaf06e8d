"""Under which addresses the dashboard is opened: exact ones, with their scheme or as `host[:port]`. Pure."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit


def may_connect(origin: str, origins: Iterable[str]) -> bool:
    """Whether a page of this origin is ours."""
    return origin in origins or urlsplit(origin).netloc in origins


def is_ours(host: str, origins: Iterable[str]) -> bool:
    """Whether a page that is asked for under this host could connect."""
    return any(host.lower() in (one, urlsplit(one).netloc) for one in origins)


def are_behind_tls(origins: Collection[str]) -> bool:
    """Whether a browser reaches the dashboard over TLS alone."""
    return bool(origins) and all(origin.startswith("https://") for origin in origins)
