"""What is published of the house, and the accounts know, as the door tells it. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from immutables import Map

from engine.door.answers import House, HousePart
from engine.events import OperatorId
from engine.events.parts import Department, Operator, Site
from engine.streams.folds.directory import Directory

K = TypeVar("K")
T = TypeVar("T")


def house_of(names: Directory, logins: Mapping[str, OperatorId]) -> House:
    """Sites, departments, operators with their logins, each as they were added, and the settings."""
    by_operator = {operator: login for login, operator in logins.items()}
    return House(
        sites=tuple(_site(names, one) for one in _by_age(names.sites)),
        departments=tuple(_department(names, names.departments[one]) for one in names.order),
        operators=tuple(_operator(names, one, by_operator.get(one.id)) for one in _by_age(names.operators)),
        settings=names.settings,
    )


def _site(names: Directory, site: Site) -> HousePart:
    version = names.versions[site.id]
    return HousePart(id=site.id, name=site.name, part=site, version=version, key=site.key, more=site.origins)


def _department(names: Directory, one: Department) -> HousePart:
    version = names.versions[one.id]
    return HousePart(id=one.id, name=one.name, part=one, version=version, takes_part=one.takes_part, hours=one.hours)


def _operator(names: Directory, one: Operator, login: str | None) -> HousePart:
    return HousePart(
        id=one.id,
        name=names.operator(one.id),
        part=one,
        version=names.versions[one.id],
        key=login,
        role=one.role,
        more=tuple(names.department(department) for department in one.departments),
    )


def _by_age(parts: Map[K, T]) -> list[T]:
    """The oldest first, as ids are drawn in the order of time."""
    return [part for _, part in sorted(parts.items(), key=lambda item: str(item[0]))]
