"""Under what conditions was measured: the machine and the versions, without which no figure says anything."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("tornado", "bokeh", "panel", "msgspec", "reactivex", "pysqlite3", "duckdb")
QUIET = 1.5  # load of the last minute above which the figures say more of the others than of us


def conditions() -> dict[str, str]:
    """What there is to say, by name, in the order to show it."""
    return {
        "cores": f"{len(os.sched_getaffinity(0))}{_model()}",
        "load before": load(),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "versions": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def load() -> str:
    """How many wanted the processor in the last one, five and fifteen minutes."""
    return " ".join(f"{each:.2f}" for each in os.getloadavg())


def warning() -> str | None:
    """What to say beforehand where others are at work."""
    busy = os.getloadavg()[0]
    return (
        f"Others are at work on this machine (load {busy:.2f}): these figures are theirs too." if busy > QUIET else None
    )


def _model() -> str:
    """Of what kind they are, where the system says it (Linux)."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" × {models[0]}" if models else ""
