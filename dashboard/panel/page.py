"""The page of a document and the files of its components, over HTTP."""

import asyncio
from typing import Any

from panel.io.server import ComponentResourceHandler, DocHandler
from tornado.web import HTTPError

from dashboard.panel.making import why_not_made


class Page(DocHandler):
    """A document's page, which may be changed as a whole before it is sent."""

    def finished(self, html: str) -> str:
        """The page as it goes out, with its headers set."""
        return html

    async def get_session(self) -> Any:
        """The tab's session with its document; the page is made of it in a turn of the loop of its own.

        Raises what stood in the way of the document.
        """
        session = await super().get_session()
        if error := why_not_made(session.document):
            raise error
        session.block_expiration()  # however long the others' turns are
        try:
            await asyncio.sleep(0)
        finally:
            session.unblock_expiration()
        return session

    def write(self, chunk: Any) -> None:
        """Send a piece of the answer; Panel gives the page in one."""
        super().write(self.finished(chunk) if isinstance(chunk, str) and "<script" in chunk else chunk)


def with_nonce(html: str, nonce: str) -> str:
    """The page with the nonce on each of its script tags; for templates of our own only, never for foreign text."""
    return html.replace("<script", f'<script nonce="{nonce}"')


class ComponentFiles(ComponentResourceHandler):
    """Files of the modules of one package only: the stock handler imports whatever module the address names."""

    package: str

    def parse_url_path(self, path: str) -> str:
        """As the stock handler, for modules of the package."""
        if not path.startswith(f"{self.package}."):
            raise HTTPError(404)
        try:
            located: str = super().parse_url_path(path)
        except HTTPError:
            raise
        except Exception as error:  # it takes each part of an address for a name that there is
            raise HTTPError(404) from error
        return located
