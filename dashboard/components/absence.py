"""What who comes back after the grace has to know: Live Help is off, and these chats wait again."""

from dashboard.components.acting import Acting
from engine import views


class AbsenceBanner(Acting):
    """The banner "You were away … too long", with "Available" and "Take them back"."""

    in_shell = True
    views = (views.OwnAbsence(),)
