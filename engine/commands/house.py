"""What an administrator asks for."""

from engine.commands.base import Command
from engine.commands.forgetting import ForgetEntry, ForgetVisitor
from engine.events import DepartmentId, Hours, OperatorId, Role, SiteId


class AddSite(Command, frozen=True, kw_only=True):
    """Let a site embed the widget."""

    site: SiteId
    key: str
    name: str
    origins: tuple[str, ...]


class ChangeSite(Command, frozen=True, kw_only=True):
    """Give a site another name or other origins."""

    site: SiteId
    name: str
    origins: tuple[str, ...]


class AddDepartment(Command, frozen=True, kw_only=True):
    """Add a department."""

    department: DepartmentId
    name: str
    takes_part: bool = True


class ChangeDepartment(Command, frozen=True, kw_only=True):
    """Give a department another name, part in communication or hours; `hours` None: always open."""

    department: DepartmentId
    name: str
    takes_part: bool = True
    hours: Hours | None = None


class AddOperator(Command, frozen=True, kw_only=True):
    """Add an operator; their login and password are kept apart, in `engine.accounts`."""

    operator: OperatorId
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None = None


class ChangeSetting(Command, frozen=True, kw_only=True):
    """Give a setting a value, in the unit of its name."""

    name: str
    value: int


# What the one who holds the house's key may ask for: the command line, on the same machine.
HouseCommand = (
    AddSite | ChangeSite | AddDepartment | ChangeDepartment | AddOperator | ChangeSetting | ForgetVisitor | ForgetEntry
)
