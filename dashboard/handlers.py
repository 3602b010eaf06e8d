"""The Bokeh side of the HTTP server: the document, the components' files, and who may have them.

It must not know what a document shows.
"""

from typing import Any

from bokeh.application.handlers.handler import Handler
from bokeh.document import Document
from bokeh.server.auth_provider import AuthProvider
from tornado.web import HTTPError, RequestHandler

from dashboard import cookie, csp
from dashboard.addresses import LOGIN
from dashboard.doorstep.pages import write_away, write_trouble
from dashboard.made_of import MADE_OF
from dashboard.origins import is_ours
from dashboard.panel.page import ComponentFiles, Page, with_nonce
from dashboard.signins import SignIns
from engine.door.interface import DoorError

SERVERS_OWN = 500  # from this status on it is no fault of who asks


class SignedOut(Exception):
    """Who asked for a page has signed out while it was made."""


class CookieAuth(AuthProvider):
    """Asks main whose cookie it is. The current user is the public id of the sign-in."""

    def __init__(self, signins: SignIns) -> None:
        self._signins = signins
        super().__init__()

    @property
    def get_user(self) -> None:
        """Not used: asking is asynchronous."""
        return

    @property
    def get_user_async(self) -> Any:
        """The function Bokeh calls for each page and socket."""

        async def user(handler: RequestHandler) -> str | None:
            found = await self._signins.find(cookie.secret_of(handler))
            return found.person.login_session if found else None

        return user

    @property
    def login_url(self) -> str:
        """Bokeh wants to know it; `Doc` redirects by itself."""
        return LOGIN


class LoginInToken(Handler):
    """Puts the sign-in's public id into the page's signed token, and what the page is made of; nothing else."""

    def modify_document(self, doc: Document) -> None:
        """Nothing to show."""

    def process_request(self, request: Any) -> dict[str, Any]:
        """What the token carries."""
        login = getattr(request, "login", None)
        return {"login": login, "made_of": MADE_OF} if login else {}


class Doc(Page):
    """The dashboard's page, for who is signed in."""

    async def prepare(self) -> None:
        """Let in who is signed in; a session id or token from the address is refused."""
        self.nonce = csp.new_nonce()
        for name in ("bokeh-token", "bokeh-session-id"):
            if self.get_argument(name, None) is not None:
                raise HTTPError(403)
        if "Bokeh-Session-Id" in self.request.headers:
            raise HTTPError(403)
        try:
            await super().prepare()
        except DoorError:
            write_away(self)
            return
        if self.current_user is None:
            self.redirect(LOGIN)
            return
        if not is_ours(self.request.host, self.application.settings["origins"]):
            self.set_status(403)
            write_trouble(self, "trouble.elsewhere")
            return
        self.request.login = self.current_user

    async def get(self, *args: Any, **kwargs: Any) -> None:
        """The page; who signed out meanwhile is asked to sign in."""
        try:
            await super().get(*args, **kwargs)
        except SignedOut:
            self.redirect(LOGIN)

    async def head(self, *args: Any, **kwargs: Any) -> None:
        """As GET."""
        await self.get(*args, **kwargs)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Say in words that there is no page, and what to do: what went wrong is in the log alone."""
        write_trouble(self, "trouble.text" if status_code >= SERVERS_OWN else "trouble.refused")

    def finished(self, html: str) -> str:
        """The page with its nonce, its headers and the form token of "Sign out"."""
        for name, value in csp.headers(self.nonce, self.request.host).items():
            self.set_header(name, value)
        return with_nonce(html, self.nonce).replace("__XSRF__", self.xsrf_token.decode())


class Components(ComponentFiles):
    """The scripts of our own components."""

    package = "dashboard.components"
