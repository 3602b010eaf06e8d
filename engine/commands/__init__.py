"""Every command: what a visitor, an operator, an administrator or the clock asks for, in the imperative.

A command brings the ids of what it would make (drawn by its sender), so that the same commands always give the same
events. Text in a command is cleaned already (`engine.text`); whether the thing may happen is for the desk to say.
"""

from engine.commands.base import Command
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
    OperatorCommand,
    QueueRequest,
    ReadMessages,
    ResumeChat,
    SayToVisitor,
    SignOutOperator,
    SwitchLiveHelp,
    Type,
)
from engine.commands.outcome import Done, Outcome, Reason, Refused
from engine.commands.unions import AnyCommand, HouseCommand, KeptTabCommand, TabCommand
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

__all__ = [
    "AcceptRequest",
    "AddDepartment",
    "AddOperator",
    "AddSite",
    "AnyCommand",
    "ArriveOperator",
    "AskForHelp",
    "CancelRequest",
    "ChangeDepartment",
    "ChangeSetting",
    "ChangeSite",
    "Command",
    "DeclineRequest",
    "Done",
    "EndChat",
    "EndConversation",
    "EngageVisitor",
    "FinishWrapUp",
    "FireDeadline",
    "HoldChat",
    "HouseCommand",
    "IdentifyVisitor",
    "InviteVisitor",
    "KeptTabCommand",
    "LeaveMessage",
    "LoseOperator",
    "LoseVisitor",
    "MarkLeftMessage",
    "OperatorCommand",
    "Outcome",
    "QueueRequest",
    "ReadMessages",
    "Reason",
    "RefuseInvitation",
    "Refused",
    "ResumeChat",
    "ReturnVisitor",
    "SayToVisitor",
    "SeeMessages",
    "SignOutOperator",
    "SleepVisitor",
    "StartEngine",
    "StartInvitedChat",
    "SwitchLiveHelp",
    "TabCommand",
    "TrackAction",
    "Type",
    "ViewPage",
    "WakeVisitor",
    "WriteMessage",
]
