"""What a site's script tells of its visitor, as commands: who it is, and what was done. It trusts signatures only."""

import hashlib
import hmac

from engine.commands import IdentifyVisitor, TrackAction
from engine.events import VisitorId
from engine.text import EMAIL_LIMIT, NAME_LIMIT, SUBJECT_LIMIT, TextRefused, clean, required, valid_email
from widget.protocol import Identify, Track

USER_LIMIT, VALUE_LIMIT, PARAMETERS = 200, SUBJECT_LIMIT, 20


class BadSignature(Exception):
    """There is a signature, and it is not this site's of these values."""


def signature(secret: bytes, *, user: str, name: str, email: str) -> str:
    """What a site signs of its visitor, in hexadecimal: the lines up to the last that says something."""
    signed = "\n".join((user, name, email)).rstrip("\n")
    return hmac.new(secret, signed.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def identify_command(frame: Identify, visitor: VisitorId, secret: bytes) -> IdentifyVisitor:
    """Who the visitor is. Raises `TextRefused`, and `BadSignature` for one that is not by `secret`."""
    verified = bool(frame.signature)
    wanted = signature(secret, user=frame.user, name=frame.name, email=frame.email)
    if verified and any("\n" in value for value in (frame.user, frame.name, frame.email)):
        raise BadSignature  # lines of its own would make others' values of the same lines
    if verified and not hmac.compare_digest(frame.signature.lower().encode("utf-8", "replace"), wanted.encode()):
        raise BadSignature
    email = clean(frame.email, EMAIL_LIMIT, lines=False)
    if email and not valid_email(email):
        raise TextRefused("bad-text")
    return IdentifyVisitor(
        visitor=visitor,
        user=clean(frame.user, USER_LIMIT, lines=False) or None,
        name=clean(frame.name, NAME_LIMIT, lines=False) or None,
        email=email or None,
        verified=verified,
    )


def track_command(frame: Track, visitor: VisitorId) -> TrackAction:
    """What was done. Raises `TextRefused`."""
    if len(frame.parameters) > PARAMETERS:
        raise TextRefused("too-long", PARAMETERS)
    return TrackAction(
        visitor=visitor,
        name=required(frame.name, NAME_LIMIT, lines=False),
        parameters=tuple(
            (required(name, NAME_LIMIT, lines=False), clean(_text(value), VALUE_LIMIT, lines=False))
            for name, value in frame.parameters.items()
        ),
    )


def _text(value: str | int | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
