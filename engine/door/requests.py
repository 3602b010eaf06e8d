"""What can be asked of main, beside views and acts: a struct each, whose parameter is the type of its answer.

Who may ask, and who answers, stands in `engine.door.registry`. `session` is the secret of `SignedIn`.
"""

from typing import Annotated, Any, Generic, TypeVar, get_args

import msgspec

from engine.commands import HouseCommand, Outcome, Refused
from engine.commands.filling import FrameId
from engine.counters import Browsers, Counters
from engine.door.answers import House, Permit, Person, Question, SignedIn
from engine.events import ConversationId, DepartmentId, OperatorId, Role, SiteId
from engine.found import Found
from engine.ids import draw_id
from engine.story import Step

A_co = TypeVar("A_co", covariant=True)
Secret = Annotated[str, msgspec.Meta(max_length=200)]


class Request(
    msgspec.Struct, Generic[A_co], frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="request", tag=str
):
    """Something asked of main, which answers with an `A_co`, or with a `DoorError`."""


def answer_of(request: type[Request[Any]]) -> Any:
    """The type of the answer to a kind of request."""
    (parent,) = request.__orig_bases__  # type: ignore[attr-defined] # every class with a parametrized parent has them
    return get_args(parent)[0]


def kinds() -> tuple[type[Request[Any]], ...]:
    """Every kind of request there is: those of this file."""
    return tuple(Request.__subclasses__())


# --- the doorstep ----------------------------------------------------------------------------------------------------


class SignIn(Request[SignedIn | Refused], frozen=True, kw_only=True):
    """Check a password. `address` is the asking browser's, for the rate limit. Unknown names take as long.

    `browser` is what it brings of an earlier sign-in (`SignedIn`), so that strangers' failures do not keep it out.
    """

    login: str
    password: str
    address: str
    browser: str = ""


class SignOut(Request[None], frozen=True, kw_only=True):
    """Forget a sign-in; its views end with `signed-out`."""

    session: Secret


class Who(Request[Person | None], frozen=True, kw_only=True):
    """Whose session this is, or None."""

    session: Secret


class SetFirstPassword(Request[Refused | None], frozen=True, kw_only=True):
    """Use the one-time code of a house where nobody has a login to make the administrator's; `name` is for visitors."""

    code: str
    name: str
    login: str
    password: str


class AskUnset(Request[bool], frozen=True, kw_only=True):
    """Whether nobody has a login yet, so that the one-time address comes first."""


# --- what was, for who may read it -----------------------------------------------------------------------------------


class AskStory(Request[tuple[Step, ...]], frozen=True, kw_only=True):
    """Why a conversation is as it is, line by line. Raises `unknown-conversation`."""

    conversation: ConversationId


class FindMessages(Request[tuple[Found, ...]], frozen=True, kw_only=True):
    """What was written with all words of `text`, or words that begin so; at most 50, the latest first.

    Only of conversations that who asks may read. `before`: to go on, the position of the last one. Raises `too-slow`.
    """

    text: str
    before: int | None = None


class AskHistory(Request[Permit], frozen=True, kw_only=True):
    """Leave to ask the history this, before it is asked: *analytics* knows no persons."""

    question: Question


# --- the house -------------------------------------------------------------------------------------------------------


class AskHouse(Request[House], frozen=True, kw_only=True):
    """What there is."""


class AskCounters(Request[Counters], frozen=True, kw_only=True):
    """What was counted of what was dropped: by main, and by each worker as it last told."""


class TellCounters(Request[None], frozen=True, kw_only=True):
    """Tell main what the asking process has counted since its start."""

    counted: Browsers


class Administer(Request[Outcome], frozen=True, kw_only=True):
    """Change the house. The same (asker, client_id) gets the first answer again."""

    command: HouseCommand
    client_id: FrameId = msgspec.field(default_factory=draw_id)


class AddPerson(Request[Outcome], frozen=True, kw_only=True):
    """Add an operator with a login. The same request once more adds nobody."""

    login: str
    password: str
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]
    operator: OperatorId = msgspec.field(default_factory=lambda: OperatorId(draw_id()))


class SetPassword(Request[Outcome], frozen=True, kw_only=True):
    """Give an operator who has a login another password; their sessions are over."""

    operator: OperatorId
    password: str


class EndSessions(Request[Outcome], frozen=True, kw_only=True):
    """Sign an operator out of every browser; they may sign in again."""

    operator: OperatorId


class AskSiteSecret(Request[str], frozen=True, kw_only=True):
    """What the site's server signs its users' ids with. Raises `unknown-site`."""

    site: SiteId


class AskSecret(Request[str], frozen=True, kw_only=True):
    """One of the secrets that the asking process needs, by name; of others nothing is told."""

    name: str
