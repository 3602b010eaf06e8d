"""The door's interface: the one way in from outside the main process, in three: views, acts, and requests.

Two implementations (`in_process`, `remote`) pass the same tests. Pages see only this. A body is JSON, encoded once by
main, and passed on undecoded. Main itself checks each caller's right: see `engine.door.registry`.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec
from reactivex import Observable

from engine.commands import Outcome
from engine.counters import Sockets
from engine.door.requests import Request
from engine.views import AnyView

A = TypeVar("A")


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a view.

    Attributes:
        view: its name.
        token: opaque; hand it back as `after` to go on from here. Empty where a view begins with its whole picture.
        body: JSON. Row views: `{"all": [row, …]}` first, then `{"set": [row, …], "gone": [id, …]}`, every row with
            its `id`. Value views: `{"value": {…}}`, each whole. A conversation: `{"entry": {…}}`, one numbered
            event, or `{"typing": "visitor" | "operator"}`, a signal.

    """

    view: str
    token: str
    body: msgspec.Raw


class DoorError(Exception):
    """A view cannot be watched, a request not be answered; `reason` is one of `engine.commands.Reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Views(Protocol):
    """What can be watched."""

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        """A view, from its present picture on; cold, never completes; after a lost connection it goes on by itself.

        `after` is a frame's token, to go on from there. Ends with `DoorError`: `forbidden` where the session's person
        may not watch it, or not any more, `signed-out` when the session is over.
        """
        ...


class Acts(Protocol):
    """What an operator does."""

    async def act(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """Do something, or give a signal: an act as a browser sent it, or the command itself.

        What is not the client's is filled in. The same (operator, client_id) gets the first answer again.
        """
        ...


class Requests(Protocol):
    """Everything else: signing in, the past, the house."""

    async def ask(self, request: Request[A], *, session: str | None = None) -> A:
        """The answer, for a signed-in person, or without a session for the process that asks.

        Raises `DoorError`: `signed-out`, `forbidden`, what the request says, and `disconnected` while main is away,
        but for answers that can be `Refused`.
        """
        ...


class Door(Views, Acts, Requests, Protocol):
    """What other processes and the command line ask of main. Every `session` is the secret of `SignedIn`."""

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """Say that a dashboard tab is open (it makes the operator present); returns what closes it."""
        ...

    def connected(self) -> Observable[bool]:
        """Whether main answers; the present state first."""
        ...


class HouseDoor(Door, Protocol):
    """The house's own door, which other processes' keys open too."""

    @property
    def counted(self) -> Sockets:
        """What became of the sockets of the processes at this door."""
        ...

    def for_process(self, process: str) -> Door:
        """The same door, as a process may use it."""
        ...
