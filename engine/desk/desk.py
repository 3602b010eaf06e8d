"""The desk: commands in, events out. It knows the rules and nothing of the world around them."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from engine.commands import (
    AcceptRequest,
    AddDepartment,
    AddOperator,
    AddSite,
    ArriveOperator,
    AskForHelp,
    CancelRequest,
    ChangeDepartment,
    ChangeSetting,
    ChangeSite,
    Command,
    DeclineRequest,
    EndConversation,
    FinishWrapUp,
    FireDeadline,
    HoldChat,
    IdentifyVisitor,
    InviteVisitor,
    LeaveMessage,
    LoseOperator,
    LoseVisitor,
    MarkLeftMessage,
    QueueRequest,
    Refused,
    RefuseInvitation,
    ResumeChat,
    ReturnVisitor,
    SeeMessages,
    SignOutOperator,
    SleepVisitor,
    StartEngine,
    StartInvitedChat,
    SwitchLiveHelp,
    TrackAction,
    ViewPage,
    WakeVisitor,
    WriteMessage,
)
from engine.desk import answers, holding, house, invitations, left_messages, loss, presence, requests, visitors, wrap_up
from engine.desk.apply import apply
from engine.desk.deadlines import Deadlines, What
from engine.desk.decision import Decision
from engine.desk.follow import FOLLOW
from engine.desk.offers import open_to, time_out
from engine.desk.state import DeskState
from engine.desk.validate import validate
from engine.events import ConversationId, Event, Party

DECIDE: dict[type[Command], Callable[[DeskState, Any, datetime], Decision]] = {
    ViewPage: visitors.view_page,
    LoseVisitor: visitors.lose_visitor,
    ReturnVisitor: visitors.return_visitor,
    SleepVisitor: visitors.sleep_visitor,
    WakeVisitor: visitors.wake_visitor,
    IdentifyVisitor: visitors.identify_visitor,
    TrackAction: visitors.track_action,
    AskForHelp: requests.ask_for_help,
    CancelRequest: requests.cancel_request,
    StartInvitedChat: invitations.start_invited_chat,
    RefuseInvitation: invitations.refuse_invitation,
    LeaveMessage: requests.leave_message,
    WriteMessage: answers.write_message,
    EndConversation: answers.end_conversation,
    SeeMessages: answers.see_messages,
    AcceptRequest: answers.accept_request,
    DeclineRequest: answers.decline_request,
    QueueRequest: answers.queue_request,
    InviteVisitor: invitations.invite_visitor,
    HoldChat: holding.hold_chat,
    ResumeChat: holding.resume_chat,
    MarkLeftMessage: left_messages.mark_left_message,
    FinishWrapUp: presence.finish_wrap_up,
    ArriveOperator: presence.arrive_operator,
    LoseOperator: presence.lose_operator,
    SignOutOperator: presence.sign_out_operator,
    SwitchLiveHelp: presence.switch_live_help,
    AddSite: house.add_site,
    ChangeSite: house.change_site,
    AddDepartment: house.add_department,
    ChangeDepartment: house.change_department,
    AddOperator: house.add_operator,
    ChangeSetting: house.change_setting,
    StartEngine: house.start_engine,
}


class Consequence(NamedTuple):
    """An event of a command's unit; `cause` is the index in the unit of the event it followed, None: the command."""

    event: Event
    cause: int | None


class Desk:
    """The rules over one state.

    `handle` is `decide`, `apply`, and what follows by rule, as one unit; a replay needs only `apply`.
    """

    def __init__(self, state: DeskState | None = None) -> None:
        self.state = DeskState() if state is None else state
        self._deadlines = Deadlines(self.state)

    def handle(self, command: Command, now: datetime) -> list[Consequence] | Refused:
        """What the command makes happen, already applied; or why not, and then nothing has changed."""
        decision = self.decide(command, now)
        if isinstance(decision, Refused):
            return decision
        unit: list[Consequence] = []
        to_follow: deque[int] = deque()

        def happen(event: Event, cause: int | None) -> None:
            self.apply(event)
            to_follow.append(len(unit))
            unit.append(Consequence(event, cause))

        for event in decision:
            happen(event, None)
        while to_follow:
            cause = to_follow.popleft()
            rule = FOLLOW.get(type(unit[cause].event))
            for event in rule(self.state, unit[cause].event) if rule else ():
                happen(event, cause)
        return unit

    def decide(self, command: Command, now: datetime) -> Decision:
        """The first events of a command, or the refusal; changes nothing."""
        if isinstance(command, FireDeadline):
            return self._fire(now)
        return DECIDE[type(command)](self.state, command, now)

    def apply(self, event: Event) -> None:
        """Change the state by an event that has happened."""
        apply(self.state, event)
        self._deadlines.note(event)

    def next_deadline(self) -> datetime | None:
        """When the next thing is due, or None."""
        first = self._deadlines.first()
        return first.when if first else None

    def may_type(self, conversation: ConversationId, party: Party) -> bool:
        """Whether the party may be seen typing in a conversation: one of the two, while it is active."""
        return answers.may_type(self.state, conversation, party)

    def validate(self) -> None:
        """Raise `engine.desk.validate.Invalid` where the state breaks an invariant."""
        validate(self.state)

    def _fire(self, now: datetime) -> Sequence[Event]:
        first = self._deadlines.first()
        return DUE[first.what](self.state, first.id, now) if first is not None and first.when <= now else []


DUE: dict[What, Callable[[DeskState, Any, datetime], Sequence[Event]]] = {
    What.OFFER: time_out,
    What.OPENING: open_to,
    What.INVITATION: invitations.expire,
    What.VISITOR: loss.end_visit,
    What.OPERATOR: loss.lose_for_good,
    What.WRAP_UP: wrap_up.run_out,
}
