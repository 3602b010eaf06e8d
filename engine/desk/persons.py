"""Whether who a site says is there is somebody else than who was there before. Pure."""

from engine.events import VisitorIdentity

Said = tuple[VisitorIdentity | None, bool]  # and whether it was signed


def is_same(one: VisitorIdentity, other: VisitorIdentity) -> bool:
    """Whether both may be one person: the first that both have decides, of the site's own id, the e-mail, the name."""
    pairs = ((one.user, other.user), (one.email, other.email), (one.name, other.name))
    return next((first == second for first, second in pairs if first and second), False)


def is_another(said: VisitorIdentity, *, now: Said | None, before: VisitorIdentity | None) -> bool:
    """Whether a signed user is another than who was signed for last, or than the user this visit was said to be of.

    Who only gave a name was nobody in particular, and may have signed in since.
    """
    identity, signed = now or (None, False)
    last = identity if signed else before
    if last is not None and not is_same(last, said):
        return True
    user = identity.user if identity else None
    return bool(user and said.user) and user != said.user
