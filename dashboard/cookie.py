"""The cookie of a sign-in: out of reach of scripts and other sites, and nothing but the session's secret."""

from tornado.web import RequestHandler

from engine.door.answers import SignedIn

COOKIE = "parlour_operator"


def secret_of(handler: RequestHandler) -> str | None:
    """The secret that a browser brings."""
    return handler.get_cookie(COOKIE)


def keep(handler: RequestHandler, signed_in: SignedIn, *, secure: bool) -> None:
    """Let the browser bring it until the session's end; `secure` where all our addresses are behind TLS."""
    handler.set_cookie(
        COOKIE,
        signed_in.session,
        path="/app",
        httponly=True,
        samesite="Strict",
        expires=signed_in.until,
        secure=secure or handler.request.protocol == "https",
    )


def forget(handler: RequestHandler) -> None:
    """Let the browser bring it no more."""
    handler.clear_cookie(COOKIE, path="/app", httponly=True, samesite="Strict")
