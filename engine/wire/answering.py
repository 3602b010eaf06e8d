"""What all our answers over HTTP have: HEAD where there is GET, their kind and policy, nothing of what makes them."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from tornado.httputil import HTTPHeaders
from tornado.web import Application, OutputTransform, RequestHandler

App = TypeVar("App", bound=Application)
# Of what is opened by itself though it is no page of ours: an error, JSON, a script.
NO_PAGE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ALWAYS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": NO_PAGE}  # of what has no policy of its own


class Answering(RequestHandler):
    """What can be asked for by GET can be by HEAD: all but the body, which Tornado leaves out by itself."""

    def head(self, *args: Any, **kwargs: Any) -> Awaitable[None] | None:
        """As GET."""
        return self.get(*args, **kwargs)


class _Nameless(OutputTransform):
    """An answer without the name of its server."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Take it out."""
        headers.pop("Server", None)
        return status_code, headers, chunk


class _Guarded(_Nameless):
    """An answer that no browser takes for another kind than it says, nor shows as a page where it has no policy."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Add what it does not say by itself."""
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        kind = headers.get("Content-Type", "")
        if kind.startswith("text/") and "charset" not in kind.lower():
            headers["Content-Type"] = f"{kind}; charset=UTF-8"
        return super().transform_first_chunk(status_code, headers, chunk, finishing)


def nameless(application: App) -> App:
    """The application, whose every answer, errors and foreign handlers' too, says nothing of its server."""
    application.add_transform(_Nameless)
    return application


def guarded(application: App) -> App:
    """The application, nameless, whose every answer says how it may be taken."""
    application.add_transform(_Guarded)
    return application
