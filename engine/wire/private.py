"""How a name of a library is kept in mind that is ours to use only as long as that library does not change it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Private:
    """A name that a library does not document. `test` fails if it is no longer what we take it for."""

    name: str  # with its class or module, as the library has it
    why: str  # what goes wrong without it
    test: str  # the test's file and function, as pytest takes them
    waits_for: str  # the public way for which it would go
