"""What a house has from its first start, whatever is asked of it first: the department Support.

It must not know which command or server started it.
"""

from engine.commands import SetPart
from engine.core import Core
from engine.door.administration import FIRST_DEPARTMENT
from engine.door.rights import HOUSE
from engine.events import DepartmentId
from engine.events.parts import Department
from engine.ids import draw_id


async def furnish(core: Core) -> None:
    """Give its first department to a house in which nothing has happened yet."""
    if core.position == 0:
        first = Department(id=DepartmentId(draw_id()), name=FIRST_DEPARTMENT)
        await core.send(SetPart(part=first), sender=HOUSE)
