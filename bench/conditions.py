"""Under what conditions was measured: the machine and the versions, without which no figure says anything."""

import os
import platform
from importlib.metadata import version

PACKAGES = ("tornado", "bokeh", "panel", "msgspec", "reactivex", "pysqlite3")


def conditions() -> dict[str, str]:
    """What there is to say, by name, in the order to show it."""
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "versions": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }
