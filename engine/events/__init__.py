"""The vocabulary of the whole system: everything that can happen, one frozen struct each, in the past tense."""

from engine.events.base import (
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Event,
    EventId,
    MessageId,
    OperatorId,
    PageViewId,
    Personal,
    SiteId,
    Subject,
    VisitId,
    VisitorId,
)
from engine.events.conversation import (
    Abandoned,
    Accepted,
    ByOperator,
    ByVisitor,
    Ended,
    HelpAsked,
    HelpAskedAgain,
    LeftMessage,
    MessageLeft,
    MessageText,
    MessageWritten,
    Mode,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Party,
    Queued,
    QueuedReason,
    VisitorName,
    WithdrawnReason,
)
from engine.events.house import (
    DepartmentAdded,
    EngineStarted,
    OperatorAdded,
    OperatorName,
    Role,
    SettingChanged,
    SiteAdded,
    SiteChanged,
)
from engine.events.presence import (
    LiveHelpSwitched,
    OperatorArrived,
    OperatorEvent,
    OperatorGone,
    OperatorLost,
    OperatorReturned,
    PageViewed,
    VisitEnded,
    VisitorEvent,
    VisitorLost,
    VisitorOrigin,
    VisitorReturned,
    VisitStarted,
)
from engine.events.record import Record, Tick

AnyEvent = (
    SiteAdded
    | SiteChanged
    | DepartmentAdded
    | OperatorAdded
    | SettingChanged
    | EngineStarted
    | VisitStarted
    | PageViewed
    | VisitorLost
    | VisitorReturned
    | VisitEnded
    | OperatorArrived
    | OperatorLost
    | OperatorReturned
    | OperatorGone
    | LiveHelpSwitched
    | HelpAsked
    | HelpAskedAgain
    | OfferMade
    | OfferExtended
    | OfferDeclined
    | OfferWithdrawn
    | OfferTimedOut
    | Queued
    | Accepted
    | MessageWritten
    | Ended
    | Abandoned
    | MessageLeft
)

__all__ = [
    "Abandoned",
    "Accepted",
    "AnyEvent",
    "ByOperator",
    "ByVisitor",
    "ConversationEvent",
    "ConversationId",
    "DepartmentAdded",
    "DepartmentId",
    "Ended",
    "EngineStarted",
    "Event",
    "EventId",
    "HelpAsked",
    "HelpAskedAgain",
    "LeftMessage",
    "LiveHelpSwitched",
    "MessageId",
    "MessageLeft",
    "MessageText",
    "MessageWritten",
    "Mode",
    "OfferDeclined",
    "OfferExtended",
    "OfferMade",
    "OfferTimedOut",
    "OfferWithdrawn",
    "OperatorAdded",
    "OperatorArrived",
    "OperatorEvent",
    "OperatorGone",
    "OperatorId",
    "OperatorLost",
    "OperatorName",
    "OperatorReturned",
    "PageViewId",
    "PageViewed",
    "Party",
    "Personal",
    "Queued",
    "QueuedReason",
    "Record",
    "Role",
    "SettingChanged",
    "SiteAdded",
    "SiteChanged",
    "SiteId",
    "Subject",
    "Tick",
    "VisitEnded",
    "VisitId",
    "VisitStarted",
    "VisitorEvent",
    "VisitorId",
    "VisitorLost",
    "VisitorName",
    "VisitorOrigin",
    "VisitorReturned",
    "WithdrawnReason",
]
