"""What is published of the house, and the accounts know, as the door tells it. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from immutables import Map

from engine.desk.settings import DEFAULTS
from engine.door.answers import House, HousePart
from engine.events import OperatorId
from engine.streams.directory import Directory

K = TypeVar("K")
T = TypeVar("T")


def house_of(names: Directory, logins: Mapping[str, OperatorId]) -> House:
    """Sites, departments, operators with their logins, each as they were added, and the settings."""
    departments = [names.departments[one] for one in names.order]
    return House(
        sites=tuple(HousePart(id=one.id, name=one.name, key=one.key, more=one.origins) for one in _by_age(names.sites)),
        departments=tuple(
            HousePart(id=one.id, name=one.name, takes_part=one.takes_part, hours=one.hours) for one in departments
        ),
        operators=_operators(names, {operator: login for login, operator in logins.items()}),
        settings={name: names.settings[name] for name in DEFAULTS},
    )


def _operators(names: Directory, logins: Mapping[OperatorId, str]) -> tuple[HousePart, ...]:
    return tuple(
        HousePart(
            id=one.id,
            name=one.name,
            key=logins.get(one.id),
            role=one.role,
            more=tuple(names.department(department) for department in one.departments),
        )
        for one in _by_age(names.operators)
    )


def _by_age(parts: Map[K, T]) -> list[T]:
    """The oldest first, as ids are drawn in the order of time."""
    return [part for _, part in sorted(parts.items(), key=lambda item: str(item[0]))]
