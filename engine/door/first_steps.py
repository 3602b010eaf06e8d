"""What a house lacks before a visitor can ask and reach who looks. Pure; it must not know how that is mended."""

from typing import Literal

import msgspec

from engine.door.answers import Person
from engine.door.rights import has
from engine.streams.folds.directory import Directory

Lack = Literal["site", "department"]


class FirstSteps(msgspec.Struct, frozen=True, kw_only=True):
    """What comes next.

    Attributes:
        lack: no site may show the button, or who looks serves no department; None where nothing is lacking.
        mends: whether who looks may mend it.

    """

    lack: Lack | None
    mends: bool


def first_steps(names: Directory, person: Person) -> FirstSteps:
    """What comes next for somebody, a site first: without one nobody can come."""
    mends = has(person.role, "administer")
    if not names.sites:
        return FirstSteps(lack="site", mends=mends)
    serves_nobody = has(person.role, "operate") and not names.departments_of(person.operator)
    return FirstSteps(lack="department" if serves_nobody else None, mends=mends)
