"""What a rule of the desk is."""

from collections.abc import Callable, Iterator
from typing import Any

from engine.desk.state import DeskState
from engine.events import Event

# From an event that was just applied to what follows; each event a rule yields is applied before the rule goes on.
Rule = Callable[[DeskState, Any], Iterator[Event]]
