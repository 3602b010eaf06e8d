"""The closed unions of commands: all, the command line's, a dashboard tab's."""

from engine.commands.both import EndConversation, SeeMessages, WriteMessage
from engine.commands.clock import FireDeadline, StartEngine
from engine.commands.house import AddDepartment, AddOperator, AddSite, ChangeDepartment, ChangeSetting, ChangeSite
from engine.commands.operator import (
    AcceptRequest,
    ArriveOperator,
    DeclineRequest,
    EndChat,
    EngageVisitor,
    FinishWrapUp,
    HoldChat,
    InviteVisitor,
    LoseOperator,
    MarkLeftMessage,
    QueueRequest,
    ReadMessages,
    ResumeChat,
    SayToVisitor,
    SignOutOperator,
    SwitchLiveHelp,
    Type,
)
from engine.commands.visitor import (
    AskForHelp,
    CancelRequest,
    IdentifyVisitor,
    LeaveMessage,
    LoseVisitor,
    RefuseInvitation,
    ReturnVisitor,
    SleepVisitor,
    StartInvitedChat,
    TrackAction,
    ViewPage,
    WakeVisitor,
)

AnyCommand = (
    ViewPage
    | LoseVisitor
    | ReturnVisitor
    | SleepVisitor
    | WakeVisitor
    | IdentifyVisitor
    | TrackAction
    | AskForHelp
    | CancelRequest
    | StartInvitedChat
    | RefuseInvitation
    | LeaveMessage
    | WriteMessage
    | EndConversation
    | SeeMessages
    | SwitchLiveHelp
    | AcceptRequest
    | DeclineRequest
    | QueueRequest
    | InviteVisitor
    | HoldChat
    | ResumeChat
    | MarkLeftMessage
    | FinishWrapUp
    | ArriveOperator
    | LoseOperator
    | SignOutOperator
    | AddSite
    | ChangeSite
    | AddDepartment
    | ChangeDepartment
    | AddOperator
    | ChangeSetting
    | StartEngine
    | FireDeadline
)

# What the one who holds the house's key may ask for: the command line, on the same machine.
HouseCommand = AddSite | ChangeSite | AddDepartment | ChangeDepartment | AddOperator | ChangeSetting

# What a dashboard tab may ask for through the door; the last is a signal and never kept.
KeptTabCommand = (
    SwitchLiveHelp
    | AcceptRequest
    | DeclineRequest
    | QueueRequest
    | SayToVisitor
    | EndChat
    | ReadMessages
    | EngageVisitor
    | HoldChat
    | ResumeChat
    | MarkLeftMessage
    | FinishWrapUp
)
TabCommand = KeptTabCommand | Type
