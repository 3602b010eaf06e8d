"""The visitor's key in a site's storage: the visitor's id with our signature, so that nobody takes another's."""

import base64
import hashlib
import hmac
from uuid import UUID

from engine.events import VisitorId

SIGNATURE_BYTES = 16


class VisitorKeys:
    """Makes and reads visitor keys with the server's own secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def make(self, visitor: VisitorId) -> str:
        """The key of a visitor."""
        return f"{visitor}.{self._signature(visitor)}"

    def read(self, key: str | None) -> VisitorId | None:
        """Whose key it is, or None for no key and for one we did not make."""
        visitor, _, signature = (key or "").partition(".")
        try:
            UUID(visitor)
        except ValueError:
            return None
        genuine = hmac.compare_digest(signature.encode(), self._signature(visitor).encode())
        return VisitorId(visitor) if genuine else None

    def _signature(self, visitor: str) -> str:
        digest = hmac.digest(self._secret, visitor.encode(), hashlib.sha256)[:SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
