"""The process of the demo's visitors, restarted like any other; it knows the public addresses only."""

import asyncio
import logging
from collections.abc import Callable

from parlour.demo.people import load_or_draw
from parlour.demo.visitors.crowd import crowd
from parlour.demo.visitors.shop import Shop, read_shop
from parlour.demo.visitors.visitor import Surroundings
from parlour.demo.work import work_until
from parlour.options import DemoOptions

log = logging.getLogger(__name__)


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Let visitors come until `stop`."""
    await work_until(stop, _come(options), name="visitors", ready=ready)


async def _come(options: DemoOptions) -> None:
    around = Surroundings(
        shop=options.shop_url, gateway=options.gateway_url, site_key=load_or_draw(options.data_dir).site_key
    )
    await crowd(around, await _find_shop(around.shop), visitors=options.visitors, seed=options.seed)


async def _find_shop(base: str) -> Shop:
    while True:
        try:
            return await read_shop(base)
        except Exception as error:
            log.info("the shop does not answer: %r", error)
            await asyncio.sleep(0.5)
