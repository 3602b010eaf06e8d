"""The content security policy of every page of the dashboard: own scripts by nonce, no other host, no frame."""

import re
import secrets

_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?")  # a policy can name no IPv6 address: there 'self' must do


def new_nonce() -> str:
    """A nonce for one response."""
    return secrets.token_urlsafe(16)


def policy(nonce: str, host: str) -> str:
    """The header's value; `host` is the asked one, so that the page may open its own websocket."""
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; media-src 'self'; "
        "worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def headers(nonce: str, host: str) -> dict[str, str]:
    """The headers of a page."""
    return {
        "Content-Security-Policy": policy(nonce, host),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
