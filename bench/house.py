"""A server of the bench's own: `parlour demo` on a free port and a temporary folder, ended by its process id."""

import json
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.wire.descriptors import raise_limit
from parlour.data_dir import CannotStart, holder
from parlour.demo.people import load_or_draw

STARTING, ENDING = 60.0, 10.0  # seconds that a start and an end may take


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where visitors come: main's port, the shop's origin, and its public key."""

    port: int
    shop: str
    site_key: str


@dataclass(frozen=True, kw_only=True)
class OwnDemo:
    """A running demo without visitors and robot."""

    port: int
    data_dir: Path
    pid: int
    dashboard: str
    shop: str

    @property
    def gateway(self) -> str:
        """The widget's origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def door(self) -> str:
        """Main's door."""
        return f"ws://127.0.0.1:{self.port}/door"

    @property
    def site_key(self) -> str:
        """The shop's public key."""
        return load_or_draw(self.data_dir).site_key

    @property
    def place(self) -> Place:
        """Where visitors come."""
        return Place(port=self.port, shop=self.shop, site_key=self.site_key)

    @property
    def analytics(self) -> str:
        """Where analysts ask."""
        return f"http://127.0.0.1:{self.port + 2}"

    @property
    def processes(self) -> dict[str, int]:
        """The server's processes by name."""
        had = holder(self.data_dir)
        return had.processes if had else {}


@contextmanager
def own_demo() -> Iterator[OwnDemo]:
    """A fresh demo, ready. Raises `CannotStart`."""
    raise_limit()
    with tempfile.TemporaryDirectory(prefix="parlour-bench-", ignore_cleanup_errors=True) as folder:
        data_dir, port = Path(folder) / "data", free_port()
        command = [sys.executable, "-m", "parlour", "demo", "--visitors", "0", "--no-robot"]
        with (
            (Path(folder) / "said").open("w+") as said,
            subprocess.Popen(  # noqa: S603 - our own program
                [*command, "--data-dir", str(data_dir), "--port", str(port)],
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            ) as process,
        ):
            try:
                line = _ready_line(process, said.name)
                yield OwnDemo(
                    port=port,
                    data_dir=data_dir,
                    pid=process.pid,
                    dashboard=line["dashboard"].removesuffix("/app"),
                    shop=line["site"].removesuffix("/"),
                )
            finally:
                _end(process)


def free_port() -> int:
    """A port that is free with the three after it."""
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311 - not a secret
        if all(_is_free(port + more) for more in range(4)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def _ready_line(process: subprocess.Popen[str], said: str) -> dict[str, str]:
    out = process.stdout
    ready = out is not None and select.select([out], [], [], STARTING)[0]
    line = out.readline() if out is not None and ready else ""
    if not line:
        raise CannotStart(f"The bench's own demo did not start: {Path(said).read_text().strip() or 'it said nothing'}")
    told: dict[str, str] = json.loads(line)
    return told


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()  # its children end with it
