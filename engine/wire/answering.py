"""What all our answers over HTTP have: HEAD where there is GET, and nothing of what they are made with."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from tornado.httputil import HTTPHeaders
from tornado.web import Application, OutputTransform, RequestHandler

App = TypeVar("App", bound=Application)


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


def nameless(application: App) -> App:
    """The application, whose every answer, errors and foreign handlers' too, says nothing of its server."""
    application.add_transform(_Nameless)
    return application
