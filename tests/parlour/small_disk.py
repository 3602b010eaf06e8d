"""A small disk of its own: a tmpfs, mounted for one test and always unmounted after it."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE, MEGABYTE = 4096, 1 << 20
INSIDE = "PARLOUR_TEST_NAMESPACE"  # says that this run is the one inside
MOUNT, UNMOUNT = "/bin/mount", "/bin/umount"
NAMESPACE = ("/usr/bin/unshare", "--user", "--map-root-user", "--mount")


class SmallDisk:
    """The mounted folder, and a file that takes its room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "somebody's big file"

    @property
    def free(self) -> int:
        """Bytes that are left."""
        return shutil.disk_usage(self.folder).free

    def fill(self, leave: int = 0) -> None:
        """Take room until only so much is left; with 0 not a page more can be written."""
        with self._filler.open("ab", buffering=0) as file:
            while self.free > leave:
                try:
                    file.write(bytes(max(PAGE, min(MEGABYTE, self.free - leave))))
                except OSError:
                    if leave:
                        raise
                    return

    def empty(self) -> None:
        """Give the room back."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk of this size at `folder`, which is made."""
    folder.mkdir(mode=0o700)
    subprocess.run([MOUNT, "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run([UNMOUNT, "--lazy", str(folder)], check=True)


def on_small_disk(megabytes: int) -> Callable[[Callable[[SmallDisk], None]], Callable[..., None]]:
    """Run a test with a small disk: here where one may mount, else by itself in a namespace where one may."""

    def decorate(test: Callable[[SmallDisk], None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(tmp_path: Path, request: pytest.FixtureRequest) -> None:
            if _may_mount(tmp_path / "trial"):
                with mounted(tmp_path / "disk", megabytes) as disk:
                    test(disk)
            elif INSIDE not in os.environ and subprocess.run([*NAMESPACE, "true"], check=False).returncode == 0:
                command = [*NAMESPACE, sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
                subprocess.run([*command, request.node.nodeid], env=os.environ | {INSIDE: "1"}, check=True)
            else:
                pytest.skip("no disk can be mounted here, nor a namespace made in which one can")

        del run.__wrapped__  # pytest would ask for the test's own arguments
        return run

    return decorate


def _may_mount(folder: Path) -> bool:
    try:
        with mounted(folder, 1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
