"""The cookies of a sign-in, out of reach of scripts and other sites: the session's secret, and what stays after it.

Over TLS they are this host's alone (`__Host-`): a page of a neighbouring name can set none that is read here. That a
browser has signed in before opens nothing: strangers' failures at its login do not keep it out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tornado.web import RequestHandler

from engine.door.answers import SignedIn

COOKIE = "parlour_operator"
KNOWN = "parlour_browser"
KNOWN_LIFE = timedelta(days=390)  # browsers keep none for more than 400


def settings(*, secure: bool) -> Mapping[str, Any]:
    """An application's, by which its cookies are set and read; `secure` where all our addresses are behind TLS."""
    return {
        "behind_tls": secure,
        "xsrf_cookie_name": _name("_xsrf", secure),
        "xsrf_cookie_kwargs": _attributes(secure),
    }


def secret_of(handler: RequestHandler) -> str | None:
    """The secret that a browser brings."""
    return handler.get_cookie(_name(COOKIE, _is_secure(handler)))


def browser_of(handler: RequestHandler) -> str:
    """What a browser brings of earlier sign-ins."""
    return handler.get_cookie(_name(KNOWN, _is_secure(handler))) or ""


def keep(handler: RequestHandler, signed_in: SignedIn) -> None:
    """Let the browser bring it until the session's end."""
    _set(handler, COOKIE, signed_in.session, expires=signed_in.until)
    if signed_in.browser:
        _set(handler, KNOWN, signed_in.browser, expires=datetime.now(UTC) + KNOWN_LIFE)


def forget(handler: RequestHandler) -> None:
    """Let the browser bring it no more."""
    secure = _is_secure(handler)
    handler.clear_cookie(_name(COOKIE, secure), **_attributes(secure))


def _set(handler: RequestHandler, name: str, value: str, *, expires: datetime) -> None:
    secure = _is_secure(handler)
    handler.set_cookie(_name(name, secure), value, expires=expires, **_attributes(secure))


def _is_secure(handler: RequestHandler) -> bool:
    return handler.application.settings["behind_tls"] or handler.request.protocol == "https"


def _name(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name


def _attributes(secure: bool) -> dict[str, Any]:
    """Browsers take `__Host-` with the path `/` alone."""
    return {"httponly": True, "samesite": "Strict", "path": "/" if secure else "/app", "secure": secure}
