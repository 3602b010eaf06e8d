"""The engine's pictures as the widget's frames."""

from typing import Any

from reactivex import Observable, operators

from engine.door.entries import conversation_entries, token_of
from engine.events import ConversationId
from engine.streams import entries as told
from engine.streams.conversation import Conversation
from engine.streams.directory import Directory
from engine.streams.service import SiteService
from widget import protocol
from widget.visitors import Visitors


def entries(visitors: Visitors, conversation: ConversationId, *, after: int) -> Observable[protocol.Entry]:
    """A conversation's entries past `after` as the visitor sees them; cold, from the journal on, then live."""
    views = visitors.views
    seen = conversation_entries(visitors.core, lambda: views.directory, conversation, after=after)

    def frame(entry: told.Entry) -> protocol.Entry:
        return _frame(entry, visitors.epoch)

    return seen.pipe(operators.map(frame))


def _frame(entry: told.Entry, epoch: str) -> protocol.Entry:
    seen = told.for_visitor(entry)
    by_themselves = entry.what == "seen" and entry.author == "visitor"  # for the visitor's other tabs
    spans = None if seen.spans is None else tuple(protocol.Span(text=one.text, href=one.href) for one in seen.spans)
    return protocol.Entry(
        conversation=seen.conversation,
        number=seen.number,
        token=token_of(epoch, seen.conversation, seen.number),
        at=seen.at,
        what="seen" if by_themselves else seen.what,
        state=seen.state,
        author=entry.author if by_themselves else seen.author,
        operator=seen.operator,
        message=seen.message,
        client_id=seen.client_id,
        spans=spans,
        reason=seen.reason,
        upto=entry.upto if by_themselves else seen.upto,
    )


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
