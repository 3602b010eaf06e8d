"""The cookies of a sign-in, out of reach of scripts and other sites: the session's secret, and what stays after it.

That a browser has signed in before opens nothing: strangers' failures at its login do not keep it out.
"""

from datetime import UTC, datetime, timedelta

from tornado.web import RequestHandler

from engine.door.answers import SignedIn

COOKIE = "parlour_operator"
KNOWN = "parlour_browser"
KNOWN_LIFE = timedelta(days=390)  # browsers keep none for more than 400


def secret_of(handler: RequestHandler) -> str | None:
    """The secret that a browser brings."""
    return handler.get_cookie(COOKIE)


def browser_of(handler: RequestHandler) -> str:
    """What a browser brings of earlier sign-ins."""
    return handler.get_cookie(KNOWN) or ""


def keep(handler: RequestHandler, signed_in: SignedIn, *, secure: bool) -> None:
    """Let the browser bring it until the session's end; `secure` where all our addresses are behind TLS."""
    secure = secure or handler.request.protocol == "https"
    _set(handler, COOKIE, signed_in.session, expires=signed_in.until, secure=secure)
    if signed_in.browser:
        _set(handler, KNOWN, signed_in.browser, expires=datetime.now(UTC) + KNOWN_LIFE, secure=secure)


def forget(handler: RequestHandler) -> None:
    """Let the browser bring it no more."""
    handler.clear_cookie(COOKIE, path="/app", httponly=True, samesite="Strict")


def _set(handler: RequestHandler, name: str, value: str, *, expires: datetime, secure: bool) -> None:
    handler.set_cookie(name, value, path="/app", httponly=True, samesite="Strict", expires=expires, secure=secure)
