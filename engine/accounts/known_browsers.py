"""Which browsers have signed in with a login before: what they bring says so, signed by the house. Pure.

It opens nothing: it only counts apart who brings it (OWASP's "device cookies"). Of a login nothing stands in it.
"""

import hashlib
import hmac
import re
import secrets

LOGINS = 5  # that one browser is known for; the oldest gives way
LONGEST = LOGINS * (16 + 1 + 64 + 1)  # characters of what is brought
_MARK = re.compile(r"([\w-]{16})\.([0-9a-f]{64})")


class KnownBrowsers:
    """Reads and makes what a browser brings: a mark for each login, `id.signature`, joined by `~`."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def id_of(self, brought: str, login: str) -> str | None:
        """The browser's id as one that has signed in with this login; None where it has not."""
        for mark in _marks(brought):
            number, _, signature = mark.partition(".")
            if hmac.compare_digest(signature, self._signature(number, login)):
                return number
        return None

    def keep(self, brought: str, login: str) -> str:
        """What it is to bring from now on, after a sign-in with this login."""
        if self.id_of(brought, login) is not None:
            return brought
        number = secrets.token_urlsafe(12)
        return "~".join([f"{number}.{self._signature(number, login)}", *_marks(brought)][:LOGINS])

    def _signature(self, number: str, login: str) -> str:
        return hmac.new(self._key, f"{number} {login}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _marks(brought: str) -> list[str]:
    said = brought.split("~") if len(brought) <= LONGEST else []
    return [mark for mark in said[:LOGINS] if _MARK.fullmatch(mark)]
