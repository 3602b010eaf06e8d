"""The door's interface: the one way in from outside the main process.

Two implementations (`in_process`, `remote`) pass the same tests. Pages see only this. A body is JSON, encoded once by
main, and passed on undecoded.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec
from reactivex import Observable

from engine.commands import HouseCommand, Outcome, Refused
from engine.events import ConversationId, DepartmentId, Hours, OperatorId, Role, SiteId
from engine.found import Found
from engine.story import Step
from engine.views import View


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a view.

    Attributes:
        view: which view, or "conversation".
        token: opaque; hand it back as `after` to go on from here.
        body: JSON. Row views: `{"all": [row, …]}` first, then `{"set": [row, …], "gone": [id, …]}`, every row with
            its `id`. Value views: `{"value": {…}}`, each whole. A conversation: `{"entry": {…}}`, one numbered
            event, or `{"typing": "visitor" | "operator"}`, a signal.

    """

    view: str
    token: str
    body: msgspec.Raw


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in. `login_session` is the public id of this sign-in; it opens nothing."""

    login_session: str
    operator: OperatorId
    login: str
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="signed-in"):
    """A sign-in: `session` is the secret for the cookie, valid until `until`."""

    session: str
    until: datetime
    person: Person


class HousePart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of `parlour site|department|user list`: its id, name, and whatever else there is to say of it.

    Attributes:
        key: a site's public key, or an operator's login.
        more: a site's origins, an operator's departments (names).
        takes_part: whether visitors may choose a department, and its `hours` (None: always open).

    """

    id: str
    name: str
    key: str | None = None
    role: Role | None = None
    more: tuple[str, ...] = ()
    takes_part: bool = True
    hours: Hours | None = None


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what there is, and the value of every setting by name."""

    sites: tuple[HousePart, ...]
    departments: tuple[HousePart, ...]
    operators: tuple[HousePart, ...]
    settings: dict[str, int]


class DoorError(Exception):
    """A view cannot be watched, a question not be answered; `reason` is one of `engine.commands.Reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Door(Protocol):
    """What a dashboard asks of main. Every `session` is the secret of `SignedIn`."""

    async def sign_in(self, login: str, password: str, *, address: str) -> SignedIn | Refused:
        """Check a password. `address` is the asking browser's, for the rate limit. Unknown names take as long."""
        ...

    async def sign_out(self, session: str) -> None:
        """Forget a sign-in; its views end with `signed-out`."""
        ...

    async def who(self, session: str) -> Person | None:
        """Whose session this is, or None. Raises `DoorError("disconnected")` while main is away."""
        ...

    async def set_first_password(self, code: str, login: str, password: str) -> Refused | None:
        """Use the one-time code of an empty house to make the administrator's login."""
        ...

    async def send(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """Ask for something: an act as a browser sent it, or the command itself; what is not the client's is filled in.

        The same (operator, client_id) gets the first answer again.
        """
        ...

    def watch(self, view: View, *, session: str, key: str | None = None, after: str | None = None) -> Observable[Frame]:
        """A view, from its present picture on; cold, never completes; after a lost connection it begins again by
        itself with a whole picture. Ends with `DoorError` where it may not be watched or the session ended.
        """
        ...

    def conversation(
        self, conversation: ConversationId, *, session: str, after: str | None = None
    ) -> Observable[Frame]:
        """A conversation's entries from the first (or the one after `after`) on, without a hole and without doubles."""
        ...

    async def story(self, conversation: ConversationId, *, session: str | None) -> tuple[Step, ...]:
        """Why a conversation is as it is, line by line. Without a session: for the command line as `administer`.

        Raises `DoorError`: `signed-out`, `unknown-conversation`, `disconnected`.
        """
        ...

    async def find_messages(self, text: str, *, session: str, before: int | None = None) -> tuple[Found, ...]:
        """What was written with all words of `text`, or words that begin so; at most 50, the latest first.

        `before`: to go on, the position of the last one. Raises `DoorError`: `signed-out`, `too-slow`, `disconnected`.
        """
        ...

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """Say that a dashboard tab is open (it makes the operator present); returns what closes it."""
        ...

    def connected(self) -> Observable[bool]:
        """Whether main answers; the present state first."""
        ...

    async def administer(self, command: HouseCommand) -> Outcome:
        """Change the house; only for who holds the door's secret (the command line), not for tabs."""
        ...

    async def add_person(
        self, login: str, password: str, *, name: str, role: Role, departments: tuple[DepartmentId, ...]
    ) -> Outcome:
        """Add an operator with a login; for the command line as `administer`."""
        ...

    async def site_secret(self, site: SiteId) -> str:
        """What the site's server signs its users' ids with; for the command line as `administer`.

        Raises `DoorError("unknown-site")`.
        """
        ...

    async def house(self) -> House:
        """What there is; for the command line as `administer`."""
        ...
