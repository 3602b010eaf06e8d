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
from engine.streams.live import LiveViews


async def furnish(core: Core, views: LiveViews) -> None:
    """Give its first department to a house that has never had a part."""
    if not views.directory.names:
        first = Department(id=DepartmentId(draw_id()), name=FIRST_DEPARTMENT)
        await core.send(SetPart(part=first), sender=HOUSE)
