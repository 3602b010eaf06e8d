"""What a limit is: of how much there may be at once, or of how much in a time. It must not know any by name."""

from typing import Literal

import msgspec

Unit = Literal["characters", "bytes", "parts", "seconds", "at once", "a day"]
By = Literal["visitor", "address", "socket", "login", "login and address", "browser"]


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """No more than this.

    Attributes:
        name: as it is counted under where something was refused by it.
        of: what it bounds, in words for the documents.
        beyond: what happens to what goes beyond it.

    """

    name: str
    of: str
    most: int
    unit: Unit
    beyond: str


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """So many at once, and after that as many again in the course of `within` seconds, evenly.

    Attributes:
        by: whose they are counted as.
        unit: what one of them is, where it is not a thing that is done.

    """

    name: str
    of: str
    most: int
    within: float
    by: By
    beyond: str
    unit: Literal["times", "bytes"] = "times"


Limit = Bound | Rate
