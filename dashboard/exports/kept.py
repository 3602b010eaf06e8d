"""Tables to be downloaded: exactly the rows that are shown, kept while they are shown. It must not know who asks."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Export:
    """A table with its header; `owner` is the public id of the sign-in that may have it."""

    owner: str
    file: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Exports:
    """What may be downloaded now."""

    def __init__(self) -> None:
        self._kept: dict[str, Export] = {}

    def keep(self, export: Export) -> str:
        """Keep a table; its address."""
        name = secrets.token_hex(8)
        self._kept[name] = export
        return f"/app/export/{name}.csv"

    def drop(self, address: str) -> None:
        """The table is no longer shown."""
        self._kept.pop(_name(address), None)

    def find(self, address: str) -> Export | None:
        """The table of an address."""
        return self._kept.get(_name(address))


def _name(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".csv")
