"""What things are called, by whoever knows it."""

from typing import Protocol

from engine.events import DepartmentId, OperatorId, PartSet

UNKNOWN = "–"  # whose name was erased, and who was never known


def given_in(event: PartSet) -> str:
    """The name that an operator has from this event on."""
    return event.personal.name if event.personal else UNKNOWN


class Names(Protocol):
    """The names of operators and departments."""

    def operator(self, one: OperatorId, /) -> str:
        """An operator's name."""
        ...

    def department(self, one: DepartmentId, /) -> str:
        """A department's name."""
        ...
