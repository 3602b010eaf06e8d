"""What happens to the house itself: sites, departments, operators, settings, a start of the engine."""

from typing import ClassVar, Literal

import msgspec

from engine.events.base import DepartmentId, Event, OperatorId, Personal, SiteId

Role = Literal["operator", "supervisor", "administrator", "analyst"]


class SiteAdded(Event, frozen=True, kw_only=True):
    """A web site may embed the widget from `origins` (scheme://host[:port]); `key` is the public key of its tag."""

    renames: ClassVar[bool] = True
    site: SiteId
    key: str
    name: str
    origins: tuple[str, ...]

    @property
    def subject(self) -> SiteId:
        """The site."""
        return self.site


class SiteChanged(Event, frozen=True, kw_only=True):
    """A site got another name or other origins."""

    renames: ClassVar[bool] = True
    site: SiteId
    name: str
    origins: tuple[str, ...]

    @property
    def subject(self) -> SiteId:
        """The site."""
        return self.site


class DepartmentAdded(Event, frozen=True, kw_only=True):
    """A department; visitors may choose it where it `takes_part` in communication. The first added is preselected."""

    renames: ClassVar[bool] = True
    department: DepartmentId
    name: str
    takes_part: bool = True

    @property
    def subject(self) -> DepartmentId:
        """The department."""
        return self.department


class Opening(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open on a day of the week (0 is Monday) from `opens` up to `closes`, in minutes since midnight (0 to 1,440)."""

    day: int
    opens: int
    closes: int


class Hours(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a department is open, by the clock of a time zone (its IANA name)."""

    zone: str
    openings: tuple[Opening, ...]


class DepartmentChanged(Event, frozen=True, kw_only=True):
    """A department got another name, part in communication or hours (None: always open)."""

    renames: ClassVar[bool] = True
    department: DepartmentId
    name: str
    takes_part: bool
    hours: Hours | None = None

    @property
    def subject(self) -> DepartmentId:
        """The department."""
        return self.department


class OperatorName(Personal, frozen=True, kw_only=True):
    """An operator's display name."""

    name: str


class OperatorAdded(Event, frozen=True, kw_only=True):
    """Somebody who serves visitors in `departments`; `max_chats` None follows the setting."""

    renames: ClassVar[bool] = True
    operator: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None = None
    personal: OperatorName | None = None

    @property
    def subject(self) -> OperatorId:
        """The operator."""
        return self.operator


class SettingChanged(Event, frozen=True, kw_only=True):
    """A setting of `engine.desk.settings` got a value, in the unit of its name."""

    name: str
    value: int


class EngineStarted(Event, frozen=True, kw_only=True):
    """The engine read its journal and takes commands again: nobody is connected yet, grace times begin anew."""

    renames: ClassVar[bool] = True
