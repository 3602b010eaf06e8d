"""Whose chats a browser may read: a secret for each visitor, drawn for the first who asks, kept with the first deed.

Who only looks costs no row. Until there is one the secret stands in memory; it is signed, so that who brings it after a
restart is known by it all the same. Of a secret only its digest is kept.
"""

import base64
import hashlib
import hmac
import secrets
from collections import OrderedDict

from engine.accounts.store import Database, Store

DRAWN = 20_000  # not kept yet; beyond it the one longest untouched is forgotten, which only who brings it can undo
SIGNATURE_BYTES = 16


class Chats:
    """The chat secrets of a store; `key` signs them."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store, self._key = store, key
        self._drawn: OrderedDict[str, bytes] = OrderedDict()

    async def claim(self, visitor: str, secret: str | None) -> str | None:
        """The visitor's chat secret: a new one at the first claim, the same for who brings it, else None."""
        kept = await self._store.run(lambda db: _kept(db, visitor)) or self._drawn.get(visitor)
        if kept is not None:
            return secret if secret is not None and hmac.compare_digest(kept, _digest(secret)) else None
        own = secret if secret is not None and self._is_ours(visitor, secret) else self._draw(visitor)
        self._remember(visitor, _digest(own))
        return own

    async def keep(self, visitor: str, secret: str) -> bool:
        """From now on this secret alone opens the visitor's chats; False where another one does already."""
        digest = _digest(secret)

        def keep(db: Database) -> bool:
            kept = _kept(db, visitor)
            if kept is None:
                db.execute("INSERT INTO chats VALUES(?,?)", (visitor, digest))
            return kept is None or hmac.compare_digest(kept, digest)

        return await self._store.run(keep)

    async def release(self, visitor: str) -> None:
        """From now on no secret opens the visitor's chats; who never had one cannot claim it either."""
        digest = _digest(secrets.token_urlsafe(32))
        self._remember(visitor, digest)
        await self._store.run(lambda db: db.execute("INSERT OR REPLACE INTO chats VALUES(?,?)", (visitor, digest)))

    def _remember(self, visitor: str, digest: bytes) -> None:
        self._drawn[visitor] = digest
        self._drawn.move_to_end(visitor)
        if len(self._drawn) > DRAWN:
            self._drawn.popitem(last=False)

    def _draw(self, visitor: str) -> str:
        drawn = secrets.token_urlsafe(32)
        return f"{drawn}.{self._signature(visitor, drawn)}"

    def _is_ours(self, visitor: str, secret: str) -> bool:
        drawn, _, signature = secret.partition(".")
        return hmac.compare_digest(signature.encode("utf-8", "replace"), self._signature(visitor, drawn).encode())

    def _signature(self, visitor: str, drawn: str) -> str:
        signed = f"{visitor}\n{drawn}".encode("utf-8", "replace")
        digest = hmac.digest(self._key, signed, hashlib.sha256)[:SIGNATURE_BYTES]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _kept(db: Database, visitor: str) -> bytes | None:
    row = db.execute("SELECT digest FROM chats WHERE visitor=?", (visitor,)).fetchone()
    return None if row is None else bytes(row[0])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
