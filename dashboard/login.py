"""The pages before the dashboard: sign-in, sign-out, the first password, "is it up?", and the page shown while main is
away.

It must not know Panel: these pages have to work while nothing else does.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from tornado.web import RequestHandler, StaticFileHandler

from dashboard import csp
from dashboard.signins import SignIns
from engine.commands import Refused
from engine.counters import Browsers
from engine.door.answers import SignedIn
from engine.door.interface import Door, DoorError
from engine.door.requests import SetFirstPassword, SignIn, SignOut
from engine.look.catalogue import catalogue, direction

COOKIE = "parlour_operator"
HOME = "/app/"
LOGIN = "/app/login"
STATIC = Path(__file__).parent / "client"
_LONGEST_FIELD = 1_000  # characters of a login or a password
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
)
_STATUS = {"bad-login": 401, "bad-code": 403, "too-fast": 429, "disconnected": 503}


def page(name: str, **values: object) -> str:
    """One of our own pages, with the catalogue's words as `w`."""
    return _PAGES.get_template(name).render(w=catalogue(), dir=direction("en"), **values)


def write_away(handler: RequestHandler, nonce: str) -> None:
    """Answer 503 with a page that says so and comes back by itself."""
    handler.set_status(503)
    for key, value in csp.headers(nonce, handler.request.host).items():
        handler.set_header(key, value)
    handler.finish(page("away.html", nonce=nonce))


def refusal_text(refused: Refused, words: Mapping[str, str]) -> str:
    """What a person reads when a sign-in or a first password is refused; equal for unknown names."""
    known = words.get(f"login.refused.{refused.reason}", words["login.refused"])
    if refused.reason == "bad-text" and refused.detail:
        known = words["login.refused.why"].replace("{why}", refused.detail)
    return known.format(seconds=refused.limit or 1, limit=refused.limit or "", code=refused.reason)


class FormPage(RequestHandler):
    """A page with a form before the dashboard."""

    template: ClassVar[str]

    def initialize(self, door: Door, signins: SignIns, secure: bool, counted: Browsers) -> None:
        """Keep what the pages need."""
        self.door = door
        self.counted = counted
        self.signins = signins
        self.secure = secure

    def show(self, *, error: str = "", login: str = "") -> None:
        """Write the page, with what went wrong."""
        nonce = csp.new_nonce()
        for key, value in csp.headers(nonce, self.request.host).items():
            self.set_header(key, value)
        token = self.xsrf_token.decode()
        self.finish(page(self.template, nonce=nonce, error=error, login=login, xsrf=token))

    def field(self, name: str) -> str:
        """A form field, or 400 where it is missing or beyond any honest length."""
        value = self.get_body_argument(name, "", strip=False)
        if len(value) > _LONGEST_FIELD:
            self.send_error(400)
            return ""
        return value

    def refuse(self, refused: Refused, login: str) -> None:
        """Show the page again with the reason."""
        self.counted.sign_ins += refused.reason != "disconnected"
        self.set_status(_STATUS.get(refused.reason, 400))
        if refused.reason == "too-fast":
            self.set_header("Retry-After", str(refused.limit or 1))
        self.show(error=refusal_text(refused, catalogue()), login=login)

    async def sign_in(self, login: str, password: str) -> None:
        """Sign in and go to the dashboard, or show why not."""
        try:
            answer = await self.door.ask(SignIn(login=login, password=password, address=self.request.remote_ip or ""))
        except DoorError as gone:
            answer = Refused(reason="disconnected", detail=gone.reason)
        if isinstance(answer, Refused):
            self.refuse(answer, login)
            return
        self.keep(answer)
        self.redirect(HOME, status=303)

    def keep(self, signed_in: SignedIn) -> None:
        """Set the cookie, out of reach of scripts and other sites."""
        self.set_cookie(
            COOKIE,
            signed_in.session,
            path="/app",
            httponly=True,
            samesite="Strict",
            expires=signed_in.until,
            secure=self.secure or self.request.protocol == "https",
        )


class Login(FormPage):
    """The sign-in page."""

    template = "login.html"

    async def get(self) -> None:
        """The form, or the dashboard for who is signed in already."""
        try:
            found = await self.signins.find(self.get_cookie(COOKIE))
        except DoorError:
            found = None
        if found:
            self.redirect(HOME)
        else:
            self.show()

    async def post(self) -> None:
        """Check the password."""
        login, password = self.field("login"), self.field("password")
        if not self._finished:
            await self.sign_in(login.strip(), password)


class Setup(FormPage):
    """The page of the one-time address: the administrator's first password. The code never reaches an address."""

    template = "setup.html"

    def get(self) -> None:
        """The form."""
        self.show()

    async def post(self) -> None:
        """Use the code, then sign in."""
        code, login, password = self.field("code"), self.field("login").strip(), self.field("password")
        if self._finished:
            return
        try:
            refused = await self.door.ask(SetFirstPassword(code=code, login=login, password=password))
        except DoorError as gone:
            refused = Refused(reason="disconnected", detail=gone.reason)
        if refused:
            self.refuse(refused, login)
        else:
            await self.sign_in(login, password)


class Logout(FormPage):
    """The target of "Sign out", a POST; the sockets of this sign-in close in every tab."""

    async def post(self) -> None:
        """Forget the sign-in here and at main."""
        secret = self.get_cookie(COOKIE)
        try:
            found = await self.signins.find(secret)
            if secret and found:
                await self.door.ask(SignOut(session=secret))
        except DoorError:
            write_away(self, csp.new_nonce())
            return
        self.clear_cookie(COOKIE, path="/app", httponly=True, samesite="Strict")
        if found:
            self.signins.end(found.person.login_session)
        self.redirect(LOGIN, status=303)


class Health(RequestHandler):
    """Whether the dashboard can be used: JSON, for the shell that waits and for the supervisor."""

    def initialize(self, connected: asyncio.Event) -> None:
        """Keep what says that main answers."""
        self._connected = connected

    def get(self) -> None:
        """`{"ready": bool}`."""
        self.set_header("Cache-Control", "no-store")
        self.finish({"ready": self._connected.is_set()})


class Home(RequestHandler):
    """The server's root leads to the dashboard."""

    def get(self) -> None:
        """Go there."""
        self.redirect(HOME)


class Static(StaticFileHandler):
    """Our own scripts and styles; looked at again after each change."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep them, and ask."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")

    def get_content_type(self) -> str:
        """Text is UTF-8; scripts are scripts whatever the machine's own table says."""
        known: dict[str, Any] = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
        suffix = Path(self.absolute_path or "").suffix
        return f"{known[suffix]}; charset=UTF-8" if suffix in known else super().get_content_type()
