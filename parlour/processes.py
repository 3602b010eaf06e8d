"""The processes of a house, one row each: what it does, how it is started and seen, what goes on without it.

Whoever starts, keeps, examines or describes them reads this table. It must not know how any of that is done.
"""

from dataclasses import dataclass
from typing import Literal

MACHINE = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What there is to know of a process beforehand; its log is called as it is.

    Attributes:
        module: has `run(options, stop, ready)`; loaded only in the process itself.
        part: of every house, of the demo's, or one who comes to the demo when all others are ready.
        wanted: the option without which it is not started, of those of a demo.
        offset: its port is P plus this; None: it listens on none.
        host: under which name this machine reaches its port; None: under the options' address.
        health: the path that says whether it is ready; None: an open port is enough.
        does: its work, in some words.
        without: what goes on without it.
        mortal: whether what people ask of it may end it, so that it is started again at once however often it did.
        speaks: whether it speaks over the door, with a key of its own (`parlour.keys`).
        secrets: the names of those that main may tell it over the door.

    """

    name: str
    module: str
    part: Literal["house", "demo", "guest"]
    wanted: str | None = None
    offset: int | None = None
    host: str | None = None
    health: str | None = None
    does: str
    without: str
    mortal: bool = False
    speaks: bool = False
    secrets: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """How one sees that it is ready."""
        if self.health is not None:
            return f"{self.health} says ready"
        return "it runs" if self.offset is None else "its port takes connections"


# In the order in which they are started.
PROCESSES: dict[str, Process] = {
    process.name: process
    for process in (
        Process(
            name="main",
            module="parlour.main_process",
            part="house",
            offset=0,
            host=MACHINE,
            does="gateway for visitors, rules, journal, door",
            without="nothing is lost: widgets and dashboards wait, keep what is written, and come back by themselves",
        ),
        Process(
            name="dashboard",
            module="parlour.dashboard_process",
            part="house",
            offset=1,
            health="/app/health",
            does="the operators' pages",
            without="visitors write on and all is kept; operators see “Reconnecting…” and come back by themselves",
            speaks=True,
            secrets=("analyst",),
        ),
        Process(
            name="analytics",
            module="parlour.analytics_process",
            part="house",
            offset=2,
            health="/health",
            does="the history in DuckDB, reports and notebooks ask it",
            mortal=True,
            without="chats and live boards go on; reports are stale, and analysts are told to try again",
        ),
        Process(
            name="demo-site",
            module="parlour.demo.site_process",
            part="demo",
            offset=3,
            host="localhost",
            does="the demo's shop",
            without="the house goes on; the demo's shop is closed",
        ),
        Process(
            name="robot",
            module="parlour.demo.robot.process",
            part="guest",
            wanted="robot",
            does="an operator who takes what nobody has taken",
            without="the house goes on; only people take requests",
            speaks=True,
            secrets=("robot",),
        ),
        Process(
            name="visitors",
            module="parlour.demo.visitors.process",
            part="guest",
            wanted="visitors",
            does="believable visitors",
            without="the house goes on; the demo's visitors are gone",
        ),
    )
}


def of(*parts: Literal["house", "demo", "guest"]) -> tuple[str, ...]:
    """The names of the processes that are of one of these parts."""
    return tuple(name for name, process in PROCESSES.items() if process.part in parts)


HOUSE, DEMO, GUESTS = of("house"), of("house", "demo"), of("guest")
SPEAKERS = tuple(name for name, process in PROCESSES.items() if process.speaks)
