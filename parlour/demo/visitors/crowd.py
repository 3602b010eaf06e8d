"""Lets the planned visitors come, and keeps about as many on the site as were asked for."""

import asyncio
import itertools
import logging
from functools import partial

from parlour.demo.visitors import plan
from parlour.demo.visitors.shop import Shop
from parlour.demo.visitors.visitor import Surroundings, Visitor

log = logging.getLogger(__name__)


async def crowd(around: Surroundings, shop: Shop, *, visitors: int, seed: int) -> None:
    """Let visitors come until cancelled; their sockets are closed then."""
    share, here = plan.asking_share(visitors), set[Visitor]()
    async with asyncio.TaskGroup() as tasks:
        for number, gap in zip(itertools.count(), plan.gaps(seed, visitors), strict=False):
            await asyncio.sleep(gap * around.pace)
            if sum(visitor.on_site for visitor in here) >= 1.5 * visitors + 1:
                continue  # chats hold people on the site; nobody comes to a full shop
            itinerary = plan.plan(seed, number, shop, asking=share, midway=number < visitors)
            visitor = Visitor(itinerary, around)
            here.add(visitor)
            task = tasks.create_task(_live(visitor), name=f"visitor {number}")
            task.add_done_callback(partial(_leave, here, visitor))


def _leave(here: set[Visitor], visitor: Visitor, _: asyncio.Task[None]) -> None:
    here.discard(visitor)


async def _live(visitor: Visitor) -> None:
    try:
        await visitor.live()
    except Exception:
        log.exception("a visitor stumbled")
