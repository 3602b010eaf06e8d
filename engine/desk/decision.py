"""What a decision of the desk is."""

from collections.abc import Sequence

from engine.commands import Refused
from engine.events import Event

Decision = Sequence[Event] | Refused  # the first events of a command, or why it does not happen
