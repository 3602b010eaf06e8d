"""What the desk and the accounts know of the house, as the door tells it. Pure."""

from collections.abc import Mapping

from engine.desk import DeskState
from engine.door.interface import House, HousePart
from engine.events import OperatorId


def house_of(desk: DeskState, logins: Mapping[str, OperatorId]) -> House:
    """Sites, departments, operators with their logins, and the settings."""
    return House(
        sites=tuple(HousePart(id=one.id, name=one.name, key=one.key, more=one.origins) for one in desk.sites.values()),
        departments=tuple(
            HousePart(id=one.id, name=one.name, takes_part=one.takes_part, hours=one.hours)
            for one in desk.departments.values()
        ),
        operators=_operators(desk, {operator: login for login, operator in logins.items()}),
        settings=dict(desk.settings),
    )


def _operators(desk: DeskState, logins: Mapping[OperatorId, str]) -> tuple[HousePart, ...]:
    return tuple(
        HousePart(
            id=one.id,
            name=one.name,
            key=logins.get(one.id),
            role=one.role,
            more=tuple(desk.departments[department].name for department in one.departments),
        )
        for one in desk.operators.values()
    )
