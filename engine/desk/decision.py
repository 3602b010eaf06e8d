"""What a decision of the desk is, and how a room says whose commands it decides."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.commands.base import Command
from engine.commands.outcome import Refused
from engine.desk.state import DeskState
from engine.events import Event

Decision = Sequence[Event] | Refused  # the first events of a command, or why it does not happen
Rules = Mapping[type[Command], Callable[[DeskState, Any, datetime], Decision]]
