"""The engine's pictures as the widget's frames."""

from functools import partial
from typing import Any

from msgspec.structs import replace
from reactivex import Observable, operators

from engine.entries import conversation_entries, token_of
from engine.events import ConversationId
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.directory import Directory
from engine.streams.views.service import SiteService
from engine.talk.entries import Entry, for_visitor
from widget import protocol
from widget.visitors import Visitors


def entries(visitors: Visitors, conversation: ConversationId, *, after: int) -> Observable[Entry]:
    """A conversation's entries past `after` as the visitor sees them; cold, from the journal on, then live."""
    views = visitors.views
    seen = conversation_entries(visitors.core.conversation(conversation), lambda: views.directory, after=after)
    return seen.pipe(operators.map(partial(_for_visitor, visitors.epoch)))


def _for_visitor(epoch: str, told: Entry) -> Entry:
    return replace(for_visitor(told), token=token_of(epoch, told.conversation, told.number))


def departments(service: SiteService) -> dict[str, Any]:
    """What a site's button says, and the departments to choose from, as fields of a frame."""
    offered = (protocol.Department(id=one.id, name=one.name, service=one.service) for one in service.departments)
    return {"service": service.service, "departments": tuple(offered)}


def summary(conversation: Conversation, directory: Directory) -> protocol.Conversation:
    """The conversation as it stands."""
    return protocol.Conversation(
        id=conversation.id,
        state=conversation.state,
        department=directory.department(conversation.department),
        operator=directory.operator(conversation.operator) if conversation.operator else None,
    )
