"""What a site signs of its visitor. It trusts nothing else that a page says."""

import hashlib
import hmac
from typing import Any


class BadSignature(Exception):
    """There is a signature, and it is not this site's of these values."""


def signature(secret: bytes, *, user: str, name: str, email: str) -> str:
    """What a site signs of its visitor, in hexadecimal: the lines up to the last that says something."""
    signed = "\n".join((user, name, email)).rstrip("\n")
    return hmac.new(secret, signed.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_signed(frame: Any, secret: bytes) -> bool:
    """Whether an `IdentifyVisitor` is signed by `secret`. Raises `BadSignature` for one that is not by it."""
    if not frame.signature:
        return False
    user, name, email = frame.user or "", frame.name or "", frame.email or ""
    if any("\n" in value for value in (user, name, email)):
        raise BadSignature  # lines of its own would make others' values of the same lines
    wanted = signature(secret, user=user, name=name, email=email)
    if not hmac.compare_digest(frame.signature.lower().encode("utf-8", "replace"), wanted.encode()):
        raise BadSignature
    return True
