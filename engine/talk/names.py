"""What things are called, by whoever knows it."""

from typing import Protocol

from engine.events import DepartmentId, OperatorId


class Names(Protocol):
    """The names of operators and departments."""

    def operator(self, one: OperatorId, /) -> str:
        """An operator's name."""
        ...

    def department(self, one: DepartmentId, /) -> str:
        """A department's name."""
        ...
