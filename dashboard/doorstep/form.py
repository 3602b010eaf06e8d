"""A page with a form: its fields, and what a person reads where what they sent is refused."""

from collections.abc import Mapping
from typing import ClassVar

from tornado.web import HTTPError

from dashboard import cookie
from dashboard.addresses import HOME
from dashboard.doorstep.pages import write_page
from dashboard.signins import SignIns
from engine.commands import Refused
from engine.counters import Browsers
from engine.door.interface import Door, DoorError
from engine.door.requests import SignIn
from engine.look.catalogue import catalogue
from engine.wire.answering import Answering

FIELDS = ("name", "login", "password")
_LONGEST_FIELD = 1_000  # characters of a name, a login or a password
_STATUS = {"bad-login": 401, "bad-code": 403, "too-fast": 429, "busy": 503, "disconnected": 503}
_WAIT = {"too-fast", "busy", "disconnected"}  # what is otherwise in a moment


def refusal_text(refused: Refused, words: Mapping[str, str]) -> str:
    """What a person reads when a sign-in or a first password is refused; equal for unknown names."""
    known = words.get(f"login.refused.{refused.reason}", words["login.refused"])
    if refused.reason == "bad-text" and refused.detail:
        known = words["login.refused.why"].replace("{why}", refused.detail)
    known = words.get(f"login.refused.{refused.reason}.{refused.detail}", known)
    return known.format(seconds=refused.limit or 1, limit=refused.limit or "", code=refused.reason)


def wrong_field(refused: Refused) -> str:
    """The field that a refusal is about: the first that its reason names, or none."""
    if refused.reason == "exists":
        return "login"
    return next((word for word in (refused.detail or "").split() if word in FIELDS), "")


class FormPage(Answering):
    """A page with a form before the dashboard; `unset`: nobody has a login yet, so another page comes first."""

    template: ClassVar[str]
    unset = False

    def initialize(self, door: Door, signins: SignIns, counted: Browsers) -> None:
        """Keep what the pages need."""
        self.door = door
        self.signins = signins
        self.counted = counted

    def show(self, *, error: str = "", wrong: str = "") -> None:
        """Write the page, with what went wrong, in which field, and what was typed but the password."""
        typed = {name: self.get_body_argument(name, "") for name in ("name", "login")}
        told = {"error": error, "wrong": wrong, "typed": typed, "unset": self.unset}
        write_page(self, self.template, xsrf=self.xsrf_token.decode(), **told)

    def field(self, name: str) -> str:
        """A form field; 400 where it is beyond any honest length."""
        value = self.get_body_argument(name, "", strip=False)
        if len(value) > _LONGEST_FIELD:
            raise HTTPError(400)
        return value

    async def refused(self, refused: Refused) -> None:
        """Show the page again with the reason."""
        self.counted.sign_ins += refused.reason != "disconnected"
        self.set_status(_STATUS.get(refused.reason, 400))
        if refused.reason in _WAIT:
            self.set_header("Retry-After", str(refused.limit or 1))
        self.show(error=refusal_text(refused, catalogue()), wrong=wrong_field(refused))

    async def sign_in(self, login: str, password: str) -> None:
        """Sign in and go to the dashboard, or show why not."""
        try:
            address, browser = self.request.remote_ip or "", cookie.browser_of(self)
            answer = await self.door.ask(SignIn(login=login, password=password, address=address, browser=browser))
        except DoorError as gone:
            answer = Refused(reason="disconnected", detail=gone.reason)
        if isinstance(answer, Refused):
            await self.refused(answer)
            return
        cookie.keep(self, answer)
        self.redirect(HOME, status=303)
