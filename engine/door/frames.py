"""The door's frames, as JSON on a websocket: requests with an id in, their answers and the steps of views out."""

import msgspec

from engine.commands.filling import FrameId, bare_frames
from engine.door.interface import Frame
from engine.door.requests import Secret
from engine.views import AnyView


class Call(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="r", tag=str):
    """What is wanted; `id` is the connection's own number of it."""

    id: int


class Hello(Call, frozen=True, kw_only=True):
    """The first frame: the key of the process that calls; it says which one it is."""

    key: Secret


class Ask(Call, frozen=True, kw_only=True):
    """See `Requests.ask`; `request` is one of the requests below."""

    request: msgspec.Raw
    session: Secret | None = None


class Act(Call, frozen=True, kw_only=True):
    """See `Acts.act`."""

    session: Secret
    client_id: FrameId
    act: bare_frames("dashboard")  # type: ignore[valid-type] # made of what there is


class Watch(Call, frozen=True, kw_only=True):
    """See `Views.watch`; steps come as `Next` with this id until `Unwatch`."""

    session: Secret
    view: AnyView
    after: str | None = None


class Unwatch(Call, frozen=True, kw_only=True):
    """End the watch with this id; no answer."""


class OpenTab(Call, frozen=True, kw_only=True):
    """See `Door.open_tab`; no answer."""

    session: Secret
    tab: str


class CloseTab(Call, frozen=True, kw_only=True):
    """Close a tab of this connection; no answer."""

    tab: str


AnyCall = Hello | Ask | Act | Watch | Unwatch | OpenTab | CloseTab


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag_field="r", tag=str):
    """What main says to a call's id."""

    id: int


class Answer(Reply, frozen=True, kw_only=True):
    """The answer to a request, the outcome of an act; true to `Hello`."""

    result: msgspec.Raw


class Next(Reply, frozen=True, kw_only=True):
    """A step of a watched view."""

    frame: Frame


class Failed(Reply, frozen=True, kw_only=True):
    """A call or a watch has ended with a `DoorError`."""

    reason: str


AnyReply = Answer | Next | Failed
