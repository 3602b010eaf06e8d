"""Adding sites, departments and operators, and changing settings."""

from datetime import datetime

from engine.commands import (
    AddDepartment,
    AddOperator,
    AddSite,
    ChangeDepartment,
    ChangeSetting,
    ChangeSite,
    Refused,
    StartEngine,
)
from engine.desk.decision import Decision, Rules
from engine.desk.hours import fault_of
from engine.desk.settings import SETTINGS
from engine.desk.state import DeskState
from engine.events import (
    DepartmentAdded,
    DepartmentChanged,
    DepartmentId,
    EngineStarted,
    OperatorAdded,
    OperatorName,
    SettingChanged,
    SiteAdded,
    SiteChanged,
)


def add_site(desk: DeskState, command: AddSite, now: datetime) -> Decision:
    """A site with a key of its own."""
    if not command.name.strip() or not command.key.strip() or not command.origins:
        return Refused(reason="empty")
    if any(site.key == command.key for site in desk.sites.values()):
        return Refused(reason="exists")
    return [SiteAdded(at=now, site=command.site, key=command.key, name=command.name, origins=command.origins)]


def change_site(desk: DeskState, command: ChangeSite, now: datetime) -> Decision:
    """Another name or other origins."""
    if command.site not in desk.sites:
        return Refused(reason="unknown-site")
    if not command.name.strip() or not command.origins:
        return Refused(reason="empty")
    return [SiteChanged(at=now, site=command.site, name=command.name, origins=command.origins)]


def add_department(desk: DeskState, command: AddDepartment, now: datetime) -> Decision:
    """A department with a name of its own."""
    if not command.name.strip():
        return Refused(reason="empty")
    if _is_taken(desk, command.name):
        return Refused(reason="exists")
    added = DepartmentAdded(at=now, department=command.department, name=command.name, takes_part=command.takes_part)
    return [added]


def change_department(desk: DeskState, command: ChangeDepartment, now: datetime) -> Decision:
    """Another name of its own, another part in communication, or other hours."""
    department = desk.departments.get(command.department)
    if department is None:
        return Refused(reason="unknown-department")
    if not command.name.strip():
        return Refused(reason="empty")
    if _is_taken(desk, command.name, by_other_than=department.id):
        return Refused(reason="exists")
    if command.hours is not None and (fault := fault_of(command.hours)):
        return Refused(reason="bad-value", detail=fault)
    if (department.name, department.takes_part, department.hours) == (command.name, command.takes_part, command.hours):
        return []
    changed = DepartmentChanged(
        at=now, department=department.id, name=command.name, takes_part=command.takes_part, hours=command.hours
    )
    return [changed]


def _is_taken(desk: DeskState, name: str, *, by_other_than: DepartmentId | None = None) -> bool:
    others = (one for one in desk.departments.values() if one.id != by_other_than)
    return any(one.name.casefold() == name.casefold() for one in others)


def add_operator(desk: DeskState, command: AddOperator, now: datetime) -> Decision:
    """An operator of departments that exist."""
    if not command.name.strip():
        return Refused(reason="empty")
    if command.operator in desk.operators:
        return Refused(reason="exists")
    if any(department not in desk.departments for department in command.departments):
        return Refused(reason="unknown-department")
    added = OperatorAdded(
        at=now,
        operator=command.operator,
        role=command.role,
        departments=tuple(dict.fromkeys(command.departments)),
        max_chats=command.max_chats,
        personal=OperatorName(name=command.name),
    )
    return [added]


def change_setting(desk: DeskState, command: ChangeSetting, now: datetime) -> Decision:
    """A value within the setting's bounds."""
    setting = SETTINGS.get(command.name)
    if setting is None:
        return Refused(reason="unknown-setting", detail=f"one of {', '.join(SETTINGS)}")
    if not setting.least <= command.value <= setting.most:
        return Refused(reason="bad-value", detail=f"{setting.least} to {setting.most}")
    if desk.settings[command.name] == command.value:
        return []
    return [SettingChanged(at=now, name=command.name, value=command.value)]


def start_engine(_desk: DeskState, _command: StartEngine, now: datetime) -> Decision:
    """Whoever was connected is not any more."""
    return [EngineStarted(at=now)]


DECIDE: Rules = {
    AddSite: add_site,
    ChangeSite: change_site,
    AddDepartment: add_department,
    ChangeDepartment: change_department,
    AddOperator: add_operator,
    ChangeSetting: change_setting,
    StartEngine: start_engine,
}
