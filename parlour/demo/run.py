"""The parent process of the demo: a server, the shop, people, and then the visitors.

On standard output it prints one line when everything is ready, and nothing else ever.
"""

import sys
from typing import Any

import msgspec

from engine.door.remote import RemoteDoor
from parlour import journal_end, lost_secrets
from parlour.administer import Declined
from parlour.data_dir import CannotStart, claim
from parlour.demo.people import Cast, load_or_draw
from parlour.demo.seed import seed, seed_robot
from parlour.keys import analyst_key, door_key, robot_password
from parlour.options import DemoOptions
from parlour.processes import DEMO, GUESTS
from parlour.reach import connected
from parlour.serve import children, program

PATIENCE = 30.0  # seconds until main must answer


async def demo(options: DemoOptions) -> None:
    """Run the demo until it is told to stop. Raises `CannotStart`."""
    ports = options.ports(DEMO)
    with claim(options.data_dir, host=options.host, ports=ports, least_room=options.least_room) as mine:
        journal_end.check(options.data_dir)
        lost_secrets.check(options.data_dir)
        cast = load_or_draw(options.data_dir)
        async with children(options, mine, DEMO) as supervisor:
            await supervisor.ready("main")
            await supervisor.unless_failed(_seed(options, cast))
            await supervisor.ready(*DEMO)
            _say_ready(options, cast)
            for guest in filter(options.wants, GUESTS):
                supervisor.start(program(guest, options))
            await supervisor.failed


async def _seed(options: DemoOptions, cast: Cast) -> None:
    async with RemoteDoor(options.door_url, door_key(options.data_dir)) as door:
        try:
            await connected(door, PATIENCE)
            await seed(door, cast, shop_origin=options.shop_url, visitors=options.visitors)
            if options.wants("robot"):
                await seed_robot(door, robot_password(options.data_dir))
        except TimeoutError:
            raise CannotStart(f"Main does not answer; see {options.data_dir / 'logs' / 'main.log'}.") from None
        except Declined as reason:
            raise CannotStart(f"The demo's people cannot be added: {reason}") from None


def ready_line(options: DemoOptions, cast: Cast) -> dict[str, Any]:
    """What a program that started the demo needs to know."""
    return {
        "ready": True,
        "site": f"{options.shop_url}/",
        "dashboard": options.dashboard_url,
        "operators": [msgspec.to_builtins(person) for person in cast.people],
        "analyst": {"url": options.analytics_url, "token": analyst_key(options.data_dir)},
    }


def _say_ready(options: DemoOptions, cast: Cast) -> None:
    print(for_people(options, cast), file=sys.stderr, flush=True)
    print(msgspec.json.encode(ready_line(options, cast)).decode(), flush=True)


def for_people(options: DemoOptions, cast: Cast) -> str:
    """What somebody who started the demo needs to know: one login to begin with, and the others."""
    first, *others = cast.people
    width = max(len(p.login) for p in others)
    logins = "\n".join(
        f"  {p.login.ljust(width)}  {p.password}  {p.name}, {p.role}: {', '.join(p.departments)}" for p in others
    )
    robot = "The robot operator takes what nobody has taken for 15 seconds.\n" if options.robot else ""
    return (
        f"The shop:      {options.shop_url}/\n"
        f"The dashboard: {options.dashboard_url}\n"
        f"To begin with: sign in as {first.login}, password {first.password}, and switch “Live Help” on.\n"
        f"Other people (login, password):\n{logins}\n"
        f"{robot}"
        f"Visitors: about {options.visitors} at a time. Ctrl+C ends everything; the next start goes on from here."
    )
