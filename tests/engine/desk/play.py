"""A desk with people at it, so that a test reads like a script: who does what, when, and what the desk says."""

from datetime import UTC, datetime, timedelta

from engine.commands import (
    AcceptRequest,
    AddDepartment,
    AddOperator,
    AddSite,
    ArriveOperator,
    AskForHelp,
    CancelRequest,
    ChangeSetting,
    Command,
    DeclineRequest,
    EndConversation,
    FireDeadline,
    LeaveMessage,
    LoseOperator,
    LoseVisitor,
    QueueRequest,
    Refused,
    ReturnVisitor,
    SignOutOperator,
    StartEngine,
    SwitchLiveHelp,
    ViewPage,
    WriteMessage,
)
from engine.desk import Desk, State
from engine.desk.state import Conversation, Operator
from engine.events import (
    ByOperator,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Event,
    MessageId,
    OperatorId,
    PageViewId,
    Party,
    SiteId,
    VisitId,
    VisitorId,
)

BEGIN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SHOP = SiteId("shop")


class Play:
    """A desk, its clock, and all it ever said. Every command is followed by `validate()`."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.now = BEGIN
        self.history: list[Event] = []
        self.asked = 0
        self.do(AddSite(site=SHOP, key="shop", name="Shop", origins=("http://shop.test",)))
        self.departments("Support", "Sales")

    def do(self, command: Command) -> list[Event] | Refused:
        """One command, now."""
        self.now += timedelta(microseconds=1)
        said = self.desk.handle(command, self.now)
        self.desk.validate()
        if isinstance(said, Refused):
            return said
        events = [consequence.event for consequence in said]
        self.history += events
        return events

    def passes(self, seconds: float) -> None:
        """Time passes, and what is due fires on whole seconds."""
        end = self.now + timedelta(seconds=seconds)
        while (due := self.desk.next_deadline()) is not None and due <= end:
            self.now = max(self.now, due.replace(microsecond=0) + timedelta(seconds=1 if due.microsecond else 0))
            self.do(FireDeadline())
        self.now = max(self.now, end)

    # --- the house

    def departments(self, *names: str) -> None:
        for name in names:
            self.do(AddDepartment(department=DepartmentId(name), name=name))

    def operator(self, name: str, *departments: str, on: bool = True, max_chats: int | None = None) -> None:
        """Somebody of the departments (Support where none is said) signs in, and is available if `on`."""
        serves = tuple(DepartmentId(one) for one in departments or ("Support",))
        operator = OperatorId(name)
        self.do(AddOperator(operator=operator, name=name, role="operator", departments=serves, max_chats=max_chats))
        self.do(ArriveOperator(operator=operator))
        if on:
            self.switches(name, on=True)

    def set(self, name: str, value: int) -> list[Event] | Refused:
        return self.do(ChangeSetting(name=name, value=value))

    def restarts(self) -> None:
        """The engine starts anew from what was kept."""
        self.desk = replayed(self.history)
        self.do(StartEngine())

    # --- operators

    def switches(self, name: str, *, on: bool) -> list[Event] | Refused:
        return self.do(SwitchLiveHelp(operator=OperatorId(name), on=on))

    def arrives(self, name: str) -> list[Event] | Refused:
        return self.do(ArriveOperator(operator=OperatorId(name)))

    def closes_tab(self, name: str) -> list[Event] | Refused:
        return self.do(LoseOperator(operator=OperatorId(name)))

    def signs_out(self, name: str) -> list[Event] | Refused:
        return self.do(SignOutOperator(operator=OperatorId(name)))

    def accepts(self, name: str, conversation: ConversationId) -> list[Event] | Refused:
        return self.do(AcceptRequest(operator=OperatorId(name), conversation=conversation))

    def declines(self, name: str, conversation: ConversationId) -> list[Event] | Refused:
        return self.do(DeclineRequest(operator=OperatorId(name), conversation=conversation))

    def queues(self, name: str, conversation: ConversationId) -> list[Event] | Refused:
        return self.do(QueueRequest(operator=OperatorId(name), conversation=conversation))

    # --- visitors

    def views(self, name: str, address: str = "http://shop.test/") -> list[Event] | Refused:
        ids = f"{name}-{len(self.history)}"
        return self.do(
            ViewPage(
                visitor=VisitorId(name),
                visit=VisitId(ids),
                page_view=PageViewId(ids),
                site=SHOP,
                address=address,
            )
        )

    def leaves_site(self, name: str) -> list[Event] | Refused:
        return self.do(LoseVisitor(visitor=VisitorId(name)))

    def returns(self, name: str) -> list[Event] | Refused:
        return self.do(ReturnVisitor(visitor=VisitorId(name)))

    def asks(self, name: str, department: str | None = None) -> ConversationId:
        """The visitor opens a page and asks; the conversation's id."""
        if name not in self.desk.state.visitors:
            self.views(name)
        said = self.ask(name, department)
        assert not isinstance(said, Refused)
        return next(event.conversation for event in said if isinstance(event, ConversationEvent))

    def ask(self, name: str, department: str | None = None) -> list[Event] | Refused:
        self.asked += 1
        return self.do(
            AskForHelp(
                visitor=VisitorId(name),
                visit=VisitId(f"{name}-{len(self.history)}"),
                site=SHOP,
                conversation=ConversationId(f"c{self.asked:03}"),
                department=DepartmentId(department) if department else None,
                name=name,
            )
        )

    def cancels(self, name: str, conversation: ConversationId) -> list[Event] | Refused:
        return self.do(CancelRequest(visitor=VisitorId(name), conversation=conversation))

    def leaves_message(self, name: str, text: str = "Call me", department: str | None = None) -> list[Event] | Refused:
        self.asked += 1
        return self.do(
            LeaveMessage(
                visitor=VisitorId(name),
                site=SHOP,
                conversation=ConversationId(f"c{self.asked:03}"),
                department=DepartmentId(department) if department else None,
                email=f"{name}@example.org",
                text=text,
            )
        )

    # --- both

    def writes(self, party: Party, conversation: ConversationId, text: str = "Hello") -> list[Event] | Refused:
        client_id = f"m{len(self.history)}"
        return self.do(
            WriteMessage(
                author=party, conversation=conversation, message=MessageId(client_id), client_id=client_id, text=text
            )
        )

    def ends(self, party: Party, conversation: ConversationId) -> list[Event] | Refused:
        return self.do(EndConversation(by=party, conversation=conversation))

    # --- what can be seen

    def conversation(self, one: ConversationId) -> Conversation:
        return self.desk.state.conversations[one]

    def state(self, one: ConversationId) -> State:
        return self.conversation(one).state

    def rings_at(self, one: ConversationId) -> list[str]:
        return [str(operator) for operator in self.conversation(one).ringing]

    def person(self, name: str) -> Operator:
        return self.desk.state.operators[OperatorId(name)]

    def said(self, kind: type[Event]) -> list[Event]:
        """All events of a kind so far."""
        return [event for event in self.history if isinstance(event, kind)]


def visitor(name: str) -> ByVisitor:
    return ByVisitor(visitor=VisitorId(name))


def operator(name: str) -> ByOperator:
    return ByOperator(operator=OperatorId(name))


def refusal(said: list[Event] | Refused) -> str | None:
    """The reason of a refusal, or None."""
    return said.reason if isinstance(said, Refused) else None


def replayed(history: list[Event]) -> Desk:
    """A desk that only read what was kept."""
    desk = Desk()
    for event in history:
        desk.apply(event)
    return desk
