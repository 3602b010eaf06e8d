"""Who asks, as limits count them: a visitor, and the address they come from.

What each deed counts as stands here alone. It must not know what becomes of it.
"""

from collections.abc import Mapping

from engine.commands import (
    Act,
    AskForHelp,
    ChangeFirstWords,
    LeaveMessage,
    SeeMessages,
    SleepVisitor,
    Type,
    ViewPage,
    WakeVisitor,
)
from engine.commands.filling import acts
from engine.limits import Budgets, Rate
from engine.limits.budgets import Share
from engine.limits.table import (
    ACTS,
    ADDRESS_ACTS,
    ADDRESS_PAGES,
    ADDRESS_TOLD,
    ASKS,
    ASKS_PACE,
    BYTES,
    HELLOS,
    LEFT,
    PAGES,
    TOLD,
    TURNS,
    TYPING,
    VISITORS,
    WORDS,
)
from engine.wire.proxies import household

Counts = tuple[tuple[Rate, ...], tuple[Rate, ...]]  # by the visitor, by the address

_CHAT: Counts = (ACTS,), (ADDRESS_ACTS,)
_TOLD: Counts = (TOLD,), (ADDRESS_TOLD,)
_OTHERS: dict[type[Act], Counts] = {
    AskForHelp: ((ACTS,), (ADDRESS_ACTS, ASKS)),
    ChangeFirstWords: ((ACTS, WORDS), (ADDRESS_ACTS,)),
    LeaveMessage: ((ACTS,), (ADDRESS_ACTS, LEFT)),
    Type: ((TYPING,), ()),  # told, and never kept
    SeeMessages: _TOLD,
    ViewPage: ((PAGES,), (ADDRESS_PAGES,)),
    SleepVisitor: ((TURNS,), (ADDRESS_TOLD,)),
    WakeVisitor: ((TURNS,), (ADDRESS_TOLD,)),
}
# Every deed that a visitor's browser may ask for has its rates: one that is new is a chat's, or is told by a page.
COUNTS: Mapping[type[Act], Counts] = {
    act: _OTHERS.get(act, _TOLD if "page" in act.doors else _CHAT)
    for act in {*acts("page"), *acts("chat"), *acts("form")}
}


class Asker:
    """One socket, or one request."""

    def __init__(self, budgets: Budgets, address: str) -> None:
        self._budgets, self.address = budgets, household(address)

    def deed(self, act: type[Act], visitor: str, size: int) -> int:
        """0 and counted, or the seconds until the visitor may do this, with a frame of `size` bytes."""
        by_visitor, by_address = COUNTS[act]
        shares: list[Share] = [(rate, visitor) for rate in by_visitor]
        shares += [(rate, self.address) for rate in by_address]
        return self._budgets.take(*shares, (BYTES, self.address, size))

    def turn(self, act: type[Act]) -> float:
        """In how many seconds it is the turn of a deed that may be done."""
        return self._budgets.pace((ASKS_PACE, self.address)) if act is AskForHelp else 0.0

    def form(self) -> int:
        """The same for a message that is left by POST, whose bytes were counted with the request."""
        return self._budgets.take((LEFT, self.address))

    def hello(self, size: int, *, new: bool) -> int:
        """0 and counted, or the seconds until somebody may say hello; `new`: as a new visitor."""
        shares: list[Share] = [(HELLOS, self.address), (BYTES, self.address, size)]
        return self._budgets.take(*shares, *(((VISITORS, self.address),) if new else ()))
