"""The administrator's first password, at the one-time address. The code never reaches an address."""

from dashboard.doorstep.form import FormPage
from engine.commands import Refused
from engine.door.interface import DoorError
from engine.door.requests import SetFirstPassword


class Setup(FormPage):
    """The page of the one-time address."""

    template = "setup.html"

    def get(self) -> None:
        """The form."""
        self.show()

    async def post(self) -> None:
        """Use the code, then sign in."""
        code, login, password = self.field("code"), self.field("login").strip(), self.field("password")
        try:
            refused = await self.door.ask(SetFirstPassword(code=code, login=login, password=password))
        except DoorError as gone:
            refused = Refused(reason="disconnected", detail=gone.reason)
        if refused:
            self.refuse(refused, login)
        else:
            await self.sign_in(login, password)
