"""The table of requests and rights, tried over every socket of a whole house, and by every address."""

import asyncio
from pathlib import Path

import pytest

from engine.door.registry import ACTS, REQUESTS, VIEWS
from tests.security.rights import try_all
from tests.security.table import PROCESSES, ROLES
from tests.security.tried import matrix

pytestmark = pytest.mark.slow


def test_everybody_gets_in_where_they_may_and_nowhere_else(tmp_path: Path) -> None:
    tried = asyncio.run(try_all(tmp_path / "house"))
    assert not [one for one in tried if not one.held], matrix(one for one in tried if not one.held)
    at_the_door = {(one.what, one.who) for one in tried if one.where == "door"}
    rows = {kind.__name__ for table in (REQUESTS, VIEWS, ACTS) for kind in table}
    assert {(row, role) for row in rows for role in ROLES} <= at_the_door
    assert {(kind.__name__, process) for kind in REQUESTS for process in PROCESSES} <= at_the_door
