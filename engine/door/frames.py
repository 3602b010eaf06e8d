"""The door's frames, as JSON on a websocket: requests with an id in, their answers and the steps of views out."""

from typing import Annotated

import msgspec

from engine.commands import HouseCommand
from engine.commands.filling import bare_frames
from engine.door.interface import Frame
from engine.events import ConversationId, DepartmentId, Role, SiteId
from engine.views import View

Session = Annotated[str, msgspec.Meta(max_length=200)]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag=str):
    """One request; `id` is the connection's own number of it."""

    id: int


class Hello(Request, frozen=True, kw_only=True):
    """The first frame: the door's secret."""

    secret: Session


class SignIn(Request, frozen=True, kw_only=True):
    """See `Door.sign_in`."""

    login: str
    password: str
    address: str


class SignOut(Request, frozen=True, kw_only=True):
    """See `Door.sign_out`."""

    session: Session


class Who(Request, frozen=True, kw_only=True):
    """See `Door.who`."""

    session: Session


class SetFirstPassword(Request, frozen=True, kw_only=True):
    """See `Door.set_first_password`."""

    code: str
    login: str
    password: str


class Send(Request, frozen=True, kw_only=True):
    """See `Door.send`."""

    session: Session
    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    act: bare_frames("dashboard")  # type: ignore[valid-type] # made of what there is


class Watch(Request, frozen=True, kw_only=True):
    """See `Door.watch`; steps come as `Next` with this id until `Unwatch`."""

    session: Session
    view: View
    key: str | None = None
    after: str | None = None


class WatchConversation(Request, frozen=True, kw_only=True):
    """See `Door.conversation`."""

    session: Session
    conversation: ConversationId
    after: str | None = None


class Unwatch(Request, frozen=True, kw_only=True):
    """End the watch with this id; no answer."""


class OpenTab(Request, frozen=True, kw_only=True):
    """See `Door.open_tab`; no answer."""

    session: Session
    tab: str


class CloseTab(Request, frozen=True, kw_only=True):
    """Close a tab of this connection; no answer."""

    tab: str


class Administer(Request, frozen=True, kw_only=True):
    """See `Door.administer`."""

    command: HouseCommand


class AddPerson(Request, frozen=True, kw_only=True):
    """See `Door.add_person`."""

    login: str
    password: str
    name: str
    role: Role
    departments: tuple[DepartmentId, ...]


class AskStory(Request, frozen=True, kw_only=True):
    """See `Door.story`."""

    conversation: ConversationId
    session: Session | None = None


class FindMessages(Request, frozen=True, kw_only=True):
    """See `Door.find_messages`."""

    text: str
    session: Session
    before: int | None = None


class AskSiteSecret(Request, frozen=True, kw_only=True):
    """See `Door.site_secret`."""

    site: SiteId


class AskHouse(Request, frozen=True, kw_only=True):
    """See `Door.house`."""


AnyRequest = (
    Hello
    | SignIn
    | SignOut
    | Who
    | SetFirstPassword
    | Send
    | Watch
    | WatchConversation
    | Unwatch
    | OpenTab
    | CloseTab
    | Administer
    | AddPerson
    | AskStory
    | FindMessages
    | AskSiteSecret
    | AskHouse
)


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag_field="r", tag=str):
    """What main says to a request's id."""

    id: int


class Answer(Reply, frozen=True, kw_only=True):
    """The result, as the method of `Door` gives it."""

    result: msgspec.Raw


class Next(Reply, frozen=True, kw_only=True):
    """A step of a watched view."""

    frame: Frame


class Failed(Reply, frozen=True, kw_only=True):
    """A request or a watch has ended with a `DoorError`."""

    reason: str


AnyReply = Answer | Next | Failed
