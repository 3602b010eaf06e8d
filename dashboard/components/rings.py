"""The stack of "Incoming chat request": what rings at this operator, and the answers to it."""

from dashboard.components.acting import Acting
from engine import views


class Rings(Acting):
    """The stack of requests."""

    in_shell = True
    views = (views.Rings(),)
