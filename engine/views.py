"""The views that can be watched, each a struct with its parameters. It must not know how they are made, nor who looks.

Whose a view is beside its parameters (everybody's, the onlooker's own, of their departments) stands in
`engine.streams.shown`.
"""

import msgspec

from engine.events import ConversationId, VisitorId


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="view"):
    """Something that can be watched."""


class Visitors(View, frozen=True, kw_only=True, tag="visitors"):
    """Badges of who is on the site now."""


class VisitsAMinute(View, frozen=True, kw_only=True, tag="visits_a_minute"):
    """Visits that began in each minute of the last hour."""


class WaitingTimes(View, frozen=True, kw_only=True, tag="waiting_times"):
    """Who waits, and how long."""


class FirstResponses(View, frozen=True, kw_only=True, tag="first_responses"):
    """How quickly visitors of the last hour got an answer."""


class TopPages(View, frozen=True, kw_only=True, tag="top_pages"):
    """The pages with most visitors now."""


class Overview(View, frozen=True, kw_only=True, tag="overview"):
    """Counts of visitors and operators, over all departments."""


class Rings(View, frozen=True, kw_only=True, tag="rings"):
    """Requests that ring at the asking operator."""


class Mine(View, frozen=True, kw_only=True, tag="mine"):
    """Conversations the asking operator serves."""


class OwnAbsence(View, frozen=True, kw_only=True, tag="absence"):
    """What the asking operator, back after the grace, has to know: Live Help that is off, chats that wait again."""


class Queue(View, frozen=True, kw_only=True, tag="queue"):
    """The Communication Queue of the asking operator's departments."""


class LeftMessages(View, frozen=True, kw_only=True, tag="messages"):
    """The Message Queue of the asking operator's departments."""


class Operators(View, frozen=True, kw_only=True, tag="operators"):
    """Operators now."""


class Visit(View, frozen=True, kw_only=True, tag="visit"):
    """A visitor's present visit, page by page."""

    visitor: VisitorId


class ConversationEntries(View, frozen=True, kw_only=True, tag="conversation"):
    """A conversation's entries, without a hole and without doubles, and the signals in it."""

    conversation: ConversationId


class HouseCondition(View, frozen=True, kw_only=True, tag="condition"):
    """What is not as it should be with the house's disk and journal: an `engine.room.Condition`."""


class HouseSteps(View, frozen=True, kw_only=True, tag="first_steps"):
    """What the house lacks before a visitor can ask and reach who looks: an `engine.door.first_steps.FirstSteps`."""


AnyView = (
    Visitors
    | VisitsAMinute
    | WaitingTimes
    | FirstResponses
    | TopPages
    | Overview
    | Rings
    | Mine
    | OwnAbsence
    | Queue
    | LeftMessages
    | Operators
    | Visit
    | ConversationEntries
    | HouseCondition
    | HouseSteps
)


def name_of(view: View | type[View]) -> str:
    """A view's name, as frames bear it."""
    return str(view.__struct_config__.tag)
