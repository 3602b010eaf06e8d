"""The closed union of everything that can happen."""

from engine.events.conversation import (
    Abandoned,
    Accepted,
    Ended,
    HelpAsked,
    HelpAskedAgain,
    MessageLeft,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Queued,
)
from engine.events.house import (
    DepartmentAdded,
    EngineStarted,
    OperatorAdded,
    SettingChanged,
    SiteAdded,
    SiteChanged,
)
from engine.events.presence import (
    LiveHelpSwitched,
    OperatorArrived,
    OperatorGone,
    OperatorLost,
    OperatorReturned,
    PageViewed,
    VisitEnded,
    VisitorLost,
    VisitorReturned,
    VisitStarted,
)

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
