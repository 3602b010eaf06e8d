"""Who a visitor says they are, and what a site's scripts tell of them."""

from engine.events.base import Personal, VisitorEvent


class VisitorIdentity(Personal, frozen=True, kw_only=True):
    """What the site says of a visitor: its own id of them, name, e-mail; None where it does not say."""

    user: str | None = None
    name: str | None = None
    email: str | None = None


class VisitorIdentified(VisitorEvent, frozen=True, kw_only=True):
    """A site's script said who the visitor is; `verified` where the site signed it with its secret."""

    verified: bool
    personal: VisitorIdentity | None = None


class ActionTracked(VisitorEvent, frozen=True, kw_only=True):
    """A site's script told of something its visitor did: a name, and parameters as (name, value) in their order."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
