"""The closed union of everything that can happen."""

from engine.events.conversation import (
    Abandoned,
    Accepted,
    Ended,
    Held,
    HelpAsked,
    HelpAskedAgain,
    Lost,
    MessagesSeen,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Queued,
    Resumed,
)
from engine.events.house import (
    DepartmentAdded,
    DepartmentChanged,
    EngineStarted,
    OperatorAdded,
    SettingChanged,
    SiteAdded,
    SiteChanged,
)
from engine.events.identity import ActionTracked, VisitorIdentified
from engine.events.invitation import InvitationAccepted, InvitationExpired, InvitationRefused, Invited
from engine.events.left_message import LeftMessageAnswered, LeftMessageClosed, LeftMessageReopened, MessageLeft
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
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
    WrapUpEnded,
    WrapUpStarted,
)

AnyEvent = (
    SiteAdded
    | SiteChanged
    | DepartmentAdded
    | DepartmentChanged
    | OperatorAdded
    | SettingChanged
    | EngineStarted
    | VisitStarted
    | PageViewed
    | VisitorSlept
    | VisitorWoke
    | VisitorLost
    | VisitorReturned
    | VisitEnded
    | OperatorArrived
    | OperatorLost
    | OperatorReturned
    | OperatorGone
    | LiveHelpSwitched
    | WrapUpStarted
    | WrapUpEnded
    | VisitorIdentified
    | ActionTracked
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
    | MessagesSeen
    | Held
    | Resumed
    | Ended
    | Lost
    | Abandoned
    | Invited
    | InvitationAccepted
    | InvitationRefused
    | InvitationExpired
    | MessageLeft
    | LeftMessageAnswered
    | LeftMessageClosed
    | LeftMessageReopened
)
