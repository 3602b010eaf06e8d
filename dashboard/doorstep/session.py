"""The session of a person: its beginning at the sign-in page, its end at "Sign out"."""

from dashboard import cookie
from dashboard.addresses import HOME, LOGIN
from dashboard.doorstep.form import FormPage
from dashboard.doorstep.pages import write_away
from engine.commands import Refused
from engine.door.interface import DoorError
from engine.door.requests import AskUnset, SignOut


class Login(FormPage):
    """The sign-in page."""

    template = "login.html"

    async def get(self) -> None:
        """The form, or the dashboard for who is signed in already."""
        try:
            found = await self.signins.find(cookie.secret_of(self))
        except DoorError:
            found = None
        if found:
            self.redirect(HOME)
        else:
            self.unset = await self._is_unset()
            self.show()

    async def post(self) -> None:
        """Check the password."""
        await self.sign_in(self.field("login").strip(), self.field("password"))

    async def refused(self, refused: Refused) -> None:
        """Who can sign in nowhere yet is told of the page that comes first."""
        self.unset = await self._is_unset()
        await super().refused(refused)

    async def _is_unset(self) -> bool:
        try:
            return await self.door.ask(AskUnset())
        except DoorError:
            return False


class Logout(FormPage):
    """The target of "Sign out", a POST; the sockets of this sign-in close in every tab."""

    async def post(self) -> None:
        """Forget the sign-in here and at main."""
        secret = cookie.secret_of(self)
        try:
            found = await self.signins.find(secret)
            if secret and found:
                await self.door.ask(SignOut(session=secret))
        except DoorError:
            write_away(self)
            return
        cookie.forget(self)
        if found:
            self.signins.end(found.person.login_session)
        self.redirect(LOGIN, status=303)
