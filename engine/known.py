"""What the events up to a position make known: the desk's state and every pipeline's.

It must not know how it is saved.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from engine.desk.state import DeskState

States = Mapping[str, Any]  # the state of each pipeline, by its name


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the events up to a position make known.

    Attributes:
        position: of the last event.
        at: when that was; None where there was none.
        desk: is not to be changed by two.

    """

    position: int
    at: datetime | None
    desk: DeskState
    states: States
