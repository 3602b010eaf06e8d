"""What the door answers requests with. It must not know who asks, nor how it is found."""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events import DepartmentId, Hours, OperatorId, Part, Role
from engine.settings import Settings


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in. `login_session` is the public id of this sign-in; it opens nothing."""

    login_session: str
    operator: OperatorId
    login: str
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="signed-in"):
    """A sign-in: `session` is the secret for the cookie, valid until `until`.

    `browser` is what its browser is to bring at the next one.
    """

    session: str
    until: datetime
    person: Person
    browser: str = ""


class HousePart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of `parlour site|department|user list`: its id, name, and whatever else there is to say of it.

    Attributes:
        part: all of it, as it was set last; `version` is what a change of it rests on.
        key: a site's public key, or an operator's login.
        more: a site's origins, an operator's departments (names).
        takes_part: whether visitors may choose a department, and its `hours` (None: always open).

    """

    id: str
    name: str
    part: Part
    version: int
    key: str | None = None
    role: Role | None = None
    more: tuple[str, ...] = ()
    takes_part: bool = True
    hours: Hours | None = None


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what there is, and every setting."""

    sites: tuple[HousePart, ...]
    departments: tuple[HousePart, ...]
    operators: tuple[HousePart, ...]
    settings: Settings


Question = Literal["visitors", "report", "export", "past"]  # what of the history is asked for


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to ask the history one question: it says to whom."""

    question: Question
    operator: OperatorId | None
