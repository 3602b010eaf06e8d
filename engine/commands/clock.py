"""What the clock and a start ask for."""

from engine.commands.base import Command


class StartEngine(Command, frozen=True, kw_only=True):
    """The first command after a start: whoever was connected is not any more."""


class FireDeadline(Command, frozen=True, kw_only=True):
    """The earliest deadline that is due fires; the engine repeats it until none is."""
