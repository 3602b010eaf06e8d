"""The parts of the house: one struct for each kind in a closed union, and the two events that all kinds share.

A new kind of part is a struct here, in `Part` and `PartKind`, and whatever reads it. It must not know a rule.
"""

from typing import ClassVar, Literal

import msgspec

from engine.events.base import Actor, DepartmentId, Event, OperatorId, Personal, SiteId

# Supervisors may do what operators may, administrators what supervisors may; analysts look and serve nobody.
Role = Literal["operator", "supervisor", "administrator", "analyst"]


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open on a day of the week (0 is Monday) from `opens` up to `closes`, in minutes since midnight (0 to 1,440)."""

    day: int
    opens: int
    closes: int


class Hours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a department is open, by the clock of a time zone (its IANA name)."""

    zone: str
    openings: tuple[Opening, ...]


class _Part(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="part"
):
    """What every part is: the whole of it, as it is from the event that sets it on."""


class Site(_Part, frozen=True, kw_only=True, tag="site"):
    """A web site may embed the widget from `origins` (scheme://host[:port]); `key` is the public key of its tag."""

    id: SiteId
    key: str
    name: str
    origins: tuple[str, ...]


class Department(_Part, frozen=True, kw_only=True, tag="department"):
    """A department, open in its `hours` (None: always).

    Visitors may choose it where it `takes_part` in communication. The first that was added is preselected.
    """

    id: DepartmentId
    name: str
    takes_part: bool = True
    hours: Hours | None = None


class Operator(_Part, frozen=True, kw_only=True, tag="operator"):
    """Somebody with a login, who serves visitors of `departments`; `max_chats` None follows the setting.

    Who is `disabled` may not sign in. The name is personal and stands in the event.
    """

    id: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None = None
    disabled: bool = False

    @property
    def serves(self) -> bool:
        """Whether requests may ever be offered to them."""
        return not self.disabled and self.role != "analyst"


Part = Site | Department | Operator
PartKind = Literal["site", "department", "operator"]
PartId = SiteId | DepartmentId | OperatorId


class OperatorName(Personal, frozen=True, kw_only=True):
    """An operator's display name."""

    name: str


class PartSet(Event, frozen=True, kw_only=True):
    """A part of the house is new, or is another from now on."""

    renames: ClassVar[bool] = True

    part: Part
    by: Actor = None
    personal: OperatorName | None = None

    @property
    def subject(self) -> PartId:
        """The part."""
        return self.part.id


class PartRemoved(Event, frozen=True, kw_only=True):
    """The part is none of the house any more; what happened with it stays."""

    renames: ClassVar[bool] = True

    part: PartKind
    id: PartId
    by: Actor = None

    @property
    def subject(self) -> PartId:
        """The part."""
        return self.id


def kind_of(part: Part) -> PartKind:
    """Which kind of part it is."""
    kind: PartKind = type(part).__struct_config__.tag  # type: ignore[assignment] # a text of ours
    return kind


def settled(part: Part, before: Part | None) -> Part:
    """The part as it stands once it is set: a site that says no key, as old events do, keeps the one it had."""
    if isinstance(part, Site) and isinstance(before, Site) and not part.key:
        return msgspec.structs.replace(part, key=before.key)
    return part
