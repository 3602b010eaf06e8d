"""What the golden files' names, fields and values have become since 2ad0367: each difference that is allowed, by name.

Names are those of a view (`view`), a table (`table`), or "operator", "visitor" and "story" for the entries as either
side reads them and the steps of a story. A path goes into what stands inside: `pages.address`.
"""

from typing import Any, NamedTuple

# A view or table of 2ad0367 → what it is called today.
NAMES: dict[str, str] = {}

# A view or table of 2ad0367, and the path of a field in it → the field's own name today.
FIELDS: dict[tuple[str, str], str] = {}

# A view or table of 2ad0367 → the fields (paths by their names of today) that it has got since.
ADDED: dict[str, frozenset[str]] = {
    "queue": frozenset({"turn"}),  # what the clients sort by, instead of a rule of their own
    "rings": frozenset({"may"}),  # which buttons a ring has, instead of its policy
}

# Views and tables of today that 2ad0367 did not have.
NEW: frozenset[str] = frozenset()


class Differs(NamedTuple):
    """One line says something else, for a reason.

    Attributes:
        where: fields by which the golden files' one line is found.
        field: what of the line is another; None: there is no such line any more.
        was: its golden value; `now` the one of today.

    """

    journal: str
    part: str
    where: dict[str, Any]
    field: str | None
    was: Any
    now: Any
    reason: str


VALUES: tuple[Differs, ...] = ()
