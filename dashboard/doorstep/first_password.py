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
        name, login, password = self.field("name"), self.field("login").strip(), self.field("password")
        first = SetFirstPassword(code=self.field("code"), name=name, login=login, password=password)
        try:
            refused = await self.door.ask(first)
        except DoorError as gone:
            refused = Refused(reason="disconnected", detail=gone.reason)
        if refused:
            await self.refused(refused)
        else:
            await self.sign_in(login, password)
