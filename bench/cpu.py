"""Who used the processor while something was measured: by process, and everybody else on the machine (Linux)."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

TICKS = os.sysconf("SC_CLK_TCK")  # a second


class Cpu(msgspec.Struct, frozen=True):
    """Processor seconds used so far: by process, and by all in the machine."""

    by_process: dict[str, float]
    busy: float

    @classmethod
    def read(cls, processes: Mapping[str, int]) -> Self:
        """The state now of the named processes."""
        fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        busy = sum(fields) - fields[3] - fields[4]  # all but idle and waiting for input and output
        return cls({name: _used(pid) for name, pid in processes.items()}, busy / TICKS)

    def until(self, later: "Cpu", seconds: float) -> str:
        """What was used from now until `later`, in shares of one core."""
        used = {name: later.by_process[name] - was for name, was in self.by_process.items()}
        used["others"] = later.busy - self.busy - sum(used.values())
        return ", ".join(f"{name} {spent / seconds:.0%}" for name, spent in used.items())


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
