"""Who may do what, tried from outside on a whole house: `python -m tests.security.rights` prints what came of it."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from tests.security import at_analytics, at_the_dashboard, at_the_door, at_the_gateway
from tests.security.house import WholeHouse, whole_house
from tests.security.tried import Tried, matrix

TRIALS: tuple[Callable[[WholeHouse], AsyncIterator[Tried]], ...] = (
    at_the_door.people_and_processes,
    at_the_door.strangers,
    at_the_door.pages,
    at_the_dashboard.addresses,
    at_the_dashboard.acts,
    at_the_dashboard.sockets,
    at_the_gateway.visitors,
    at_the_gateway.origins,
    at_analytics.keys,
)


async def try_all(data_dir: Path) -> list[Tried]:
    """Everything, one after the other, on a house in a fresh folder."""
    async with whole_house(data_dir) as house:
        return [one for trial in TRIALS async for one in trial(house)]


def main() -> None:
    """Print the matrix; the exit code is 1 where anything came otherwise than it must."""
    with tempfile.TemporaryDirectory() as folder:
        tried = asyncio.run(try_all(Path(folder) / "house"))
    print(matrix(tried))
    wrong = [one for one in tried if not one.held]
    print(f"{len(tried)} tried, {len(wrong)} came otherwise than they must")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
