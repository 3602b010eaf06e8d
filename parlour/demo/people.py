"""The demo's cast: site, departments and people with their passwords, drawn once and kept in `demo.json`.

It must not know how they come into the house; `parlour.demo.seed` brings them there.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path

import msgspec

from engine.events import Role
from parlour.data_dir import CannotStart
from parlour.keys import write_secretly

SITE_NAME = "Fernweh"
DEPARTMENTS = ("Support", "Sales")  # the first is preselected

# The first two serve the first department; what follows may be in any order.
PEOPLE: tuple[tuple[str, str, Role, tuple[str, ...]], ...] = (
    ("anna", "Anna Berger", "operator", ("Support",)),
    ("bob", "Bob Okafor", "operator", ("Support", "Sales")),
    ("clara", "Clara Lindqvist", "operator", ("Sales",)),
    ("samir", "Samir Haddad", "supervisor", ("Support", "Sales")),
    ("admin", "Ada Novak", "administrator", ("Support", "Sales")),
)


class DemoPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can sign in to the demo's dashboard."""

    login: str
    password: str
    name: str
    role: Role
    departments: tuple[str, ...]


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of the demo that must be the same at the next start.

    Attributes:
        site_key: the public key of the shop's tag.

    """

    site_key: str
    people: tuple[DemoPerson, ...]


def load_or_draw(data_dir: Path) -> Cast:
    """The cast of this folder. Raises `CannotStart` where the folder holds data that is not a demo's."""
    file = data_dir / "demo.json"
    if file.exists():
        return _load(file)
    if (data_dir / "journal.db").exists():
        raise CannotStart(f"The data folder {data_dir} holds a house that is not a demo's.")
    cast = _draw(PEOPLE)
    write_secretly(file, msgspec.json.format(msgspec.json.encode(cast)))
    return cast


def _load(file: Path) -> Cast:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Cast)
    except (OSError, msgspec.MsgspecError) as error:
        raise CannotStart(f"{file} cannot be read: {error}.") from None


def _draw(people: Iterable[tuple[str, str, Role, tuple[str, ...]]]) -> Cast:
    return Cast(
        site_key=secrets.token_hex(8),
        people=tuple(
            DemoPerson(login=login, password=secrets.token_urlsafe(12), name=name, role=role, departments=departments)
            for login, name, role, departments in people
        ),
    )
