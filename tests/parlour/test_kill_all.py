"""All processes of a server killed at once, again and again, while people talk: what was acked is there, once.

As `parlour bench recovery`, where main alone is killed; its people come back by the widget's and the dashboard's rules.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import islice, repeat
from pathlib import Path

import pytest

from bench.crew import Crew
from bench.delivery.talk import Key, Ledger, doubled, lost, read
from bench.house import Place
from bench.recovery.people import People
from bench.staff import hire
from bench.worker import Worker
from engine.events import ByVisitor, MessageWritten
from parlour.data_dir import holder
from parlour.doctor.examine import examine
from parlour.options import Options
from tests.parlour.test_full_disk import answers, events, furnish
from tests.parlour.whole import alive, free_port, until
from tests.running import SHOP_KEY, SHOP_ORIGIN

CHATS, PERIOD = 20, 1.0  # seconds between two messages of one side of a chat
PATIENCE = 180.0  # seconds for a start and for the chats to be back, also where others work on the machine
HOUSE = {"main", "dashboard", "analytics"}


class Server:
    """`parlour serve` on a folder, which has several lives."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._parent: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin a life; it answers soon."""
        command = [sys.executable, "-m", "parlour", "serve", "--data-dir", str(self.folder), "--port", str(self.port)]
        self._parent = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def comes_up(self) -> None:
        """Wait until main answers, and all its processes are there."""
        until(lambda: answers(self.port) and set(self.children) == HOUSE, PATIENCE, what="an answer")

    @property
    def children(self) -> dict[str, int]:
        """Its children's process ids by name."""
        had = holder(self.folder)
        return had.processes if had else {}

    def is_killed(self) -> float:
        """All of its processes at once; when that was."""
        assert self._parent is not None
        pids = [self._parent.pid, *self.children.values()]
        assert len(pids) == 1 + len(HOUSE)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        killed = time.monotonic()
        self._parent.wait(5)
        until(lambda: not any(map(alive, pids)))
        return killed

    def end(self) -> None:
        """Ask it to end."""
        if self._parent is not None:
            self._parent.send_signal(signal.SIGTERM)
            self._parent.wait(10)


def come_back(people: Worker, killed: float) -> None:
    """Wait until the chats are there again; their pages, the other half of the sockets, take up to 20 s."""

    def back() -> bool:
        wanted, welcomed, _ = people.ask("back", killed)
        return bool(welcomed >= wanted / 2)

    until(back, PATIENCE, what="the chats' return")


def books(people: Worker, crew: Worker) -> tuple[list[Ledger], set[Key]]:
    """What both sides sent and saw, and what was acked; as soon as nothing is missing, or when it is too late."""
    deadline = time.monotonic() + PATIENCE
    while True:
        reports: list[tuple[Ledger, set[Key]]] = [worker.ask("report") for worker in (people, crew)]
        ledgers, acked = [ledger for ledger, _ in reports], set[Key]().union(*(keys for _, keys in reports))
        if not lost(ledgers) or time.monotonic() > deadline:
            return ledgers, acked
        time.sleep(0.1)


def kept(folder: Path) -> Counter[Key]:
    """How often each message is in the journal."""
    found: Counter[Key] = Counter()
    for event in events(folder):
        if isinstance(event, MessageWritten) and event.personal and (said := read(event.personal.text)):
            author = "visitor" if isinstance(event.author, ByVisitor) else "operator"
            found[Key(said[0], event.conversation, author, said[1])] += 1  # type: ignore[arg-type] # one of the two
    return found


def talk_over(server: Server, kills: int) -> tuple[list[Ledger], set[Key]]:
    """Let people talk while all is killed so often."""
    dice = random.Random(29)
    hired = asyncio.run(hire(f"ws://127.0.0.1:{server.port}/door", server.folder, operators=2, chats_each=CHATS // 2))
    place = Place(port=server.port, shop=SHOP_ORIGIN, site_key=SHOP_KEY)
    with (
        Worker(Crew, f"ws://127.0.0.1:{server.port}/door", str(server.folder)) as crew,
        Worker(People, place) as people,
    ):
        crew.ask("open", hired, True)
        departments = [one.department for one in hired for _ in range(CHATS // 2)]
        people.ask("open", CHATS, list(islice(departments, CHATS)))
        people.ask("begin", PERIOD)
        crew.ask("begin", 5.0, PERIOD)
        for _ in repeat(None, kills):
            time.sleep(dice.random())  # of talk
            killed = server.is_killed()
            server.start()
            server.comes_up()
            come_back(people, killed)
        people.ask("rest")
        crew.ask("rest")
        told = books(people, crew)
        people.ask("close")
        crew.ask("close")
    return told


@pytest.mark.slow
@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
def test_all_are_killed_at_once_under_load_and_nothing_acked_is_lost_or_doubled(tmp_path: Path, kills: int) -> None:
    folder = tmp_path / "data"
    furnish(folder)
    server = Server(folder, free_port())
    server.start()
    try:
        server.comes_up()
        ledgers, acked = talk_over(server, kills)
        in_journal = kept(folder)
        print(f"{kills} kills: {len(acked)} acked, {sum(len(one.sent) for one in ledgers)} sent")
        assert len(acked) > kills * CHATS
        assert [key for key in acked if in_journal[key] != 1] == []
        assert lost(ledgers) & acked == set()
        assert doubled(ledgers) == set()
        assert max(in_journal.values()) == 1
        until(lambda: examine(Options(data_dir=folder)).problems == (), 30, what="a house that is well")
    finally:
        server.end()
