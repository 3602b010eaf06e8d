"""Setting and removing parts of the house, whatever their kind, and changing settings; the start of the engine."""

from datetime import datetime

import msgspec

from engine.commands import ChangeSetting, Refused, RemovePart, SetPart, StartEngine
from engine.desk.decision import Decision, Rules
from engine.desk.parts import KINDS
from engine.desk.state import DeskState, Mark, Standing
from engine.events import EngineStarted, OperatorName, Part, PartRemoved, PartSet, SettingChanged
from engine.events.parts import Operator, kind_of
from engine.settings import FIELDS, bounds_of, changed


def set_part(desk: DeskState, command: SetPart, now: datetime) -> Decision:
    """A new part, or another one in its place; what is so already changes nothing, whatever it rests on."""
    part, standing = _tidied(command.part), desk.parts.get(command.part.id)
    personal = _personal(command, standing)
    if standing is not None and (standing.part, standing.personal) == (part, personal):
        return []
    refused = (
        _not_theirs(desk, part, standing, command.rests_on)
        or _nameless(part, personal, standing)
        or KINDS[kind_of(part)].fault(desk, part)
    )
    return refused or [PartSet(at=now, part=part, by=command.by, personal=personal)]


def remove_part(desk: DeskState, command: RemovePart, now: datetime) -> Decision:
    """A part less, where nothing is done with it any more."""
    kind, standing = KINDS[command.part], desk.parts.get(command.id)
    if standing is None or kind_of(standing.part) != command.part:
        return Refused(reason=kind.unknown)
    if refused := _not_seen(desk, standing.mark, command.rests_on):
        return refused
    if held := kind.holds(desk, command.id):
        return Refused(reason="in-use", detail=held)
    return [PartRemoved(at=now, part=command.part, id=command.id, by=command.by)]


def change_setting(desk: DeskState, command: ChangeSetting, now: datetime) -> Decision:
    """A value within the setting's bounds."""
    if command.name not in FIELDS:
        return Refused(reason="unknown-setting", detail=f"one of {', '.join(FIELDS)}")
    try:
        after = changed(desk.settings, command.name, command.value)
    except msgspec.ValidationError:
        return Refused(reason="bad-value", detail=bounds_of(FIELDS[command.name]))
    if after == desk.settings:
        return []
    mark = desk.marks.get(command.name, Mark(0, None))
    if command.rests_on is not None and (refused := _not_seen(desk, mark, command.rests_on)):
        return refused
    value = msgspec.to_builtins(getattr(after, command.name))
    return [SettingChanged(at=now, name=command.name, value=value, by=command.by)]


def start_engine(_desk: DeskState, _command: StartEngine, now: datetime) -> Decision:
    """Whoever was connected is not any more."""
    return [EngineStarted(at=now)]


def _not_theirs(desk: DeskState, part: Part, standing: Standing | None, rests_on: int) -> Refused | None:
    if standing is None:
        return Refused(reason=KINDS[kind_of(part)].unknown) if rests_on else None
    if kind_of(standing.part) != kind_of(part):
        return Refused(reason="exists")
    return _not_seen(desk, standing.mark, rests_on)


def _not_seen(desk: DeskState, mark: Mark, rests_on: int) -> Refused | None:
    """Somebody else was quicker."""
    if rests_on == mark.version:
        return None
    who = desk.operators.get(mark.by) if mark.by is not None else None
    return Refused(reason="changed", by=who.name if who else None)


def _tidied(part: Part) -> Part:
    """A department that is named twice is one."""
    if not isinstance(part, Operator):
        return part
    return msgspec.structs.replace(part, departments=tuple(dict.fromkeys(part.departments)))


def _personal(command: SetPart, standing: Standing | None) -> OperatorName | None:
    if not isinstance(command.part, Operator):
        return None
    if command.name is None:
        return standing.personal if standing else None
    return OperatorName(name=command.name)


def _nameless(part: Part, personal: OperatorName | None, standing: Standing | None) -> Refused | None:
    """An operator has a name; only whose name was erased has none."""
    if not isinstance(part, Operator) or (personal is None and standing is not None):
        return None
    return None if personal is not None and personal.name.strip() else Refused(reason="empty")


DECIDE: Rules = {
    SetPart: set_part,
    RemovePart: remove_part,
    ChangeSetting: change_setting,
    StartEngine: start_engine,
}
