"""What events of older versions are today. Where one leads to another kind, the older one is in no vocabulary any more.

What is personal is not cast: it stands apart, and must read as that of the kind that is led to.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Cast(NamedTuple):
    """The fields of an event as a kind and a version has them."""

    kind: str
    version: int
    fields: dict[str, Any]


Upcaster = Callable[[dict[str, Any]], Cast]


def _to_part(kind: str, *names: str, **added: str) -> Upcaster:
    """To the setting of a part: its own fields of these names; `added` are those that the older kind did not have."""

    def cast(fields: dict[str, Any]) -> Cast:
        kept = {name: fields[name] for name in names if name in fields}
        part = {"part": kind, "id": fields[kind], **added, **kept}
        return Cast("PartSet", 1, {"kind": "PartSet", "at": fields["at"], "part": part})

    return cast


_DEPARTMENT = ("name", "takes_part", "hours")

# (kind, version) of a payload: what makes it one of a later version or another kind.
UPCASTERS: dict[tuple[str, int], Upcaster] = {
    ("SiteAdded", 1): _to_part("site", "key", "name", "origins"),
    ("SiteChanged", 1): _to_part("site", "name", "origins", key=""),  # see `engine.events.parts.settled`
    ("DepartmentAdded", 1): _to_part("department", *_DEPARTMENT),
    ("DepartmentChanged", 1): _to_part("department", *_DEPARTMENT),
    ("OperatorAdded", 1): _to_part("operator", "role", "departments", "max_chats"),
}
