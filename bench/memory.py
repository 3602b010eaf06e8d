"""How much memory a process has for itself (Linux)."""

import re
from pathlib import Path


def kib(pid: int) -> int:
    """Its proportional set in KiB: its own pages, and its share of those it has with others."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"process {pid} does not say what memory it has")
    return int(found[1])
