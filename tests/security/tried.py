"""What came of trying something that somebody may, or may not."""

from collections.abc import Iterable
from typing import NamedTuple

IN, FORBIDDEN = "in", "forbidden"


class Tried(NamedTuple):
    """Somebody tried something somewhere.

    Attributes:
        where: the socket or address.
        what: the row of the registry, or what else it was.
        who: the caller; a session's role, a process, or a stranger of some kind.
        about: the department of the conversation that it was about, where it was about one.
        must: what has to come of it.
        came: what came of it.

    """

    where: str
    what: str
    who: str
    about: str
    must: str
    came: str

    @property
    def held(self) -> bool:
        """Whether it came as it must."""
        return self.must == self.came


def matrix(tried: Iterable[Tried]) -> str:
    """A line for each thing that was tried, and what came of it for everybody."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for one in tried:
        said = one.came if one.held else f"{one.came.upper()} (must: {one.must})"
        rows.setdefault((one.where, one.what, one.about), []).append(f"{one.who} {said}")
    return "\n".join(
        f"{where:<10} {what + (f' [{about}]' if about else ''):<30} {', '.join(said)}"
        for (where, what, about), said in rows.items()
    )
