"""Operators coming and going, and their "Live Help" switch."""

from datetime import datetime

from engine.commands import ArriveOperator, FinishWrapUp, LoseOperator, Refused, SignOutOperator, SwitchLiveHelp
from engine.desk.decision import Decision, Rules
from engine.desk.state import DeskState
from engine.events import LiveHelpSwitched, OperatorArrived, OperatorGone, OperatorLost, OperatorReturned, WrapUpEnded


def arrive_operator(desk: DeskState, command: ArriveOperator, now: datetime) -> Decision:
    """A dashboard tab is open; who may not serve is never present."""
    operator = desk.operators.get(command.operator)
    if operator is None:
        return Refused(reason="signed-out")
    if not operator.serves:
        return Refused(reason="forbidden")
    if not operator.present:
        return [OperatorArrived(at=now, operator=operator.id)]
    return [] if operator.lost_at is None else [OperatorReturned(at=now, operator=operator.id)]


def lose_operator(desk: DeskState, command: LoseOperator, now: datetime) -> Decision:
    """The last tab closed: the grace begins."""
    operator = desk.operators.get(command.operator)
    if operator is None or not operator.present or operator.lost_at is not None:
        return []
    return [OperatorLost(at=now, operator=operator.id)]


def sign_out_operator(desk: DeskState, command: SignOutOperator, now: datetime) -> Decision:
    """Gone at once."""
    operator = desk.operators.get(command.operator)
    if operator is None or not operator.present:
        return []
    return [OperatorGone(at=now, operator=operator.id, reason="signed-out")]


def switch_live_help(desk: DeskState, command: SwitchLiveHelp, now: datetime) -> Decision:
    """Become available, or not."""
    operator = desk.operators.get(command.operator)
    if operator is not None and not operator.serves:
        return Refused(reason="forbidden")
    if operator is None or not operator.present:
        return Refused(reason="signed-out")
    if operator.live_help == command.on:
        return []
    return [LiveHelpSwitched(at=now, operator=operator.id, on=command.on)]


def finish_wrap_up(desk: DeskState, command: FinishWrapUp, now: datetime) -> Decision:
    """Ready for the next before the time is over; of no effect where there is no wrap-up."""
    operator = desk.operators.get(command.operator)
    if operator is None or not operator.present:
        return Refused(reason="signed-out")
    if operator.wraps_up_until is None:
        return []
    return [WrapUpEnded(at=now, operator=operator.id, reason="by-hand")]


DECIDE: Rules = {
    FinishWrapUp: finish_wrap_up,
    ArriveOperator: arrive_operator,
    LoseOperator: lose_operator,
    SignOutOperator: sign_out_operator,
    SwitchLiveHelp: switch_live_help,
}
