"""A desk with people at it, so that a test reads like a script: who does what, when, and what the desk says."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from engine.commands import (
    AcceptRequest,
    ArriveOperator,
    AskForHelp,
    CancelRequest,
    ChangeFirstWords,
    ChangeSetting,
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
    RemovePart,
    ResumeChat,
    ReturnVisitor,
    SeeMessages,
    SetPart,
    SignOutOperator,
    SleepVisitor,
    StartEngine,
    StartInvitedChat,
    SwitchLiveHelp,
    TakeBackInvitation,
    TrackAction,
    ViewPage,
    WakeVisitor,
    WriteMessage,
)
from engine.desk import Desk
from engine.desk.state import Conversation, Operator
from engine.events import (
    ByOperator,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Event,
    Hours,
    MessageId,
    OperatorId,
    PageViewId,
    Part,
    Party,
    SiteId,
    VisitId,
    VisitorId,
)
from engine.events.parts import Department, Site, kind_of
from engine.events.parts import Operator as OperatorPart
from engine.talk import State

BEGIN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SHOP = SiteId("shop")
Said = list[Event] | Refused


class Play:
    """A desk, its clock, and all it ever said. Every command that changes something is followed by `validate()`."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.now = BEGIN
        self.history: list[Event] = []
        self.asked = 0
        self.puts(Site(id=SHOP, key="shop", name="Shop", origins=("http://shop.test",)))
        self.departments("Support", "Sales")

    def do(self, command: Command) -> Said:
        """One command, now."""
        self.now += timedelta(microseconds=1)
        said = self.desk.handle(command, self.now)
        if isinstance(said, Refused):
            return said
        events = [consequence.event for consequence in said]
        if events:
            self.desk.validate()
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

    def puts(self, part: Part, *, name: str | None = None, rests_on: int | None = None, by: str | None = None) -> Said:
        """A part is set, by somebody who sees it as it is now where nothing else is said."""
        seen = self.version(part.id) if rests_on is None else rests_on
        who = OperatorId(by) if by else None
        return self.do(SetPart(part=part, name=name, rests_on=seen, by=who))

    def removes(self, one: str, *, rests_on: int | None = None) -> Said:
        """A part that is there is removed."""
        standing = self.desk.state.parts[OperatorId(one)]
        seen = standing.mark.version if rests_on is None else rests_on
        return self.do(RemovePart(part=kind_of(standing.part), id=standing.part.id, rests_on=seen))

    def version(self, one: str) -> int:
        """How often a part was set."""
        standing = self.desk.state.parts.get(OperatorId(one))
        return standing.mark.version if standing else 0

    def changes_operator(self, name: str, **changes: Any) -> Said:
        """Of an operator's part what is named becomes another."""
        return self.puts(replace(self.desk.state.parts[OperatorId(name)].part, **changes))

    def departments(self, *names: str) -> None:
        for name in names:
            self.puts(Department(id=DepartmentId(name), name=name))

    def changes_department(self, name: str, *, hours: Hours | None = None, takes_part: bool = True) -> Said:
        return self.puts(Department(id=DepartmentId(name), name=name, takes_part=takes_part, hours=hours))

    def operator(self, name: str, *departments: str, on: bool = True, max_chats: int | None = None) -> None:
        """Somebody of the departments (Support where none is said) signs in, and is available if `on`."""
        serves = tuple(DepartmentId(one) for one in departments or ("Support",))
        operator = OperatorId(name)
        self.puts(OperatorPart(id=operator, role="operator", departments=serves, max_chats=max_chats), name=name)
        self.do(ArriveOperator(operator=operator))
        if on:
            self.switches(name, on=True)

    def set(self, name: str, value: object) -> Said:
        return self.do(ChangeSetting(name=name, value=value))

    def restarts(self) -> None:
        """The engine starts anew from what was kept."""
        self.desk = replayed(self.history)
        self.do(StartEngine())

    # --- operators

    def switches(self, name: str, *, on: bool) -> Said:
        return self.do(SwitchLiveHelp(operator=OperatorId(name), on=on))

    def arrives(self, name: str) -> Said:
        return self.do(ArriveOperator(operator=OperatorId(name)))

    def closes_tab(self, name: str) -> Said:
        return self.do(LoseOperator(operator=OperatorId(name)))

    def signs_out(self, name: str) -> Said:
        return self.do(SignOutOperator(operator=OperatorId(name)))

    def accepts(self, name: str, conversation: ConversationId) -> Said:
        return self.do(AcceptRequest(operator=OperatorId(name), conversation=conversation))

    def declines(self, name: str, conversation: ConversationId) -> Said:
        return self.do(DeclineRequest(operator=OperatorId(name), conversation=conversation))

    def invites(self, name: str, guest: str, text: str = "Hello!", department: str | None = None) -> Said:
        self.asked += 1
        return self.do(
            InviteVisitor(
                operator=OperatorId(name),
                visitor=VisitorId(guest),
                conversation=ConversationId(f"c{self.asked:03}"),
                text=text,
                department=DepartmentId(department) if department else None,
            )
        )

    def invited(self, name: str, guest: str) -> ConversationId:
        """The operator invites a visitor who opens a page; the conversation's id."""
        if guest not in self.desk.state.visitors:
            self.views(guest)
        said = self.invites(name, guest)
        assert not isinstance(said, Refused)
        return next(event.conversation for event in said if isinstance(event, ConversationEvent))

    def takes_back(self, name: str, conversation: ConversationId) -> Said:
        return self.do(TakeBackInvitation(operator=OperatorId(name), conversation=conversation))

    def holds(self, name: str, conversation: ConversationId) -> Said:
        return self.do(HoldChat(operator=OperatorId(name), conversation=conversation))

    def resumes(self, name: str, conversation: ConversationId) -> Said:
        return self.do(ResumeChat(operator=OperatorId(name), conversation=conversation))

    def marks(self, name: str, conversation: ConversationId, state: Literal["open", "answered", "closed"]) -> Said:
        return self.do(MarkLeftMessage(operator=OperatorId(name), conversation=conversation, state=state))

    def finishes_wrap_up(self, name: str) -> Said:
        return self.do(FinishWrapUp(operator=OperatorId(name)))

    def queues(self, name: str, conversation: ConversationId) -> Said:
        return self.do(QueueRequest(operator=OperatorId(name), conversation=conversation))

    # --- visitors

    def views(
        self, name: str, address: str = "http://shop.test/", *, title: str | None = None, again: bool = False
    ) -> Said:
        ids = f"{name}-{len(self.history)}"
        return self.do(
            ViewPage(
                visitor=VisitorId(name),
                visit=VisitId(ids),
                page_view=PageViewId(ids),
                site=SHOP,
                address=address,
                title=title,
                again=again,
            )
        )

    def leaves_site(self, name: str) -> Said:
        return self.do(LoseVisitor(visitor=VisitorId(name)))

    def returns(self, name: str) -> Said:
        return self.do(ReturnVisitor(visitor=VisitorId(name)))

    def sleeps(self, name: str) -> Said:
        return self.do(SleepVisitor(visitor=VisitorId(name)))

    def wakes(self, name: str) -> Said:
        return self.do(WakeVisitor(visitor=VisitorId(name)))

    def identifies(self, visitor: str, *, name: str, verified: bool = False) -> Said:
        return self.do(IdentifyVisitor(visitor=VisitorId(visitor), user=visitor, name=name, verified=verified))

    def tracks(self, visitor: str, name: str) -> Said:
        return self.do(TrackAction(visitor=VisitorId(visitor), name=name, parameters=(("page", "cart"),)))

    def starts(self, name: str, conversation: ConversationId) -> Said:
        """The visitor takes the invitation."""
        return self.do(StartInvitedChat(visitor=VisitorId(name), conversation=conversation, name=name))

    def refuses(self, name: str, conversation: ConversationId) -> Said:
        return self.do(RefuseInvitation(visitor=VisitorId(name), conversation=conversation))

    def asks(self, name: str, department: str | None = None, words: str | None = None) -> ConversationId:
        """The visitor opens a page and asks; the conversation's id."""
        if name not in self.desk.state.visitors:
            self.views(name)
        said = self.ask(name, department, words)
        assert not isinstance(said, Refused)
        return next(event.conversation for event in said if isinstance(event, ConversationEvent))

    def ask(self, name: str, department: str | None = None, words: str | None = None) -> Said:
        self.asked += 1
        return self.do(
            AskForHelp(
                visitor=VisitorId(name),
                visit=VisitId(f"{name}-{len(self.history)}"),
                site=SHOP,
                conversation=ConversationId(f"c{self.asked:03}"),
                department=DepartmentId(department) if department else None,
                name=name,
                words=words,
                message=MessageId(f"w{len(self.history)}"),
            )
        )

    def rewords(self, name: str, conversation: ConversationId, words: str | None) -> Said:
        """What it is about is said otherwise, or taken back."""
        message = MessageId(f"w{len(self.history)}")
        return self.do(
            ChangeFirstWords(visitor=VisitorId(name), conversation=conversation, words=words, message=message)
        )

    def cancels(self, name: str, conversation: ConversationId) -> Said:
        return self.do(CancelRequest(visitor=VisitorId(name), conversation=conversation))

    def leaves_message(self, name: str, text: str = "Call me", department: str | None = None) -> Said:
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

    def writes(self, party: Party, conversation: ConversationId, text: str = "Hello") -> Said:
        client_id = f"m{len(self.history)}"
        return self.do(
            WriteMessage(
                author=party, conversation=conversation, message=MessageId(client_id), client_id=client_id, text=text
            )
        )

    def sees(self, party: Party, conversation: ConversationId, upto: int) -> Said:
        return self.do(SeeMessages(by=party, conversation=conversation, upto=upto))

    def ends(self, party: Party, conversation: ConversationId) -> Said:
        return self.do(EndConversation(by=party, conversation=conversation))

    # --- what can be seen

    def conversation(self, one: ConversationId) -> Conversation:
        return self.desk.state.conversations[one]

    def state(self, one: ConversationId) -> State:
        return self.conversation(one).state

    def rings_at(self, one: ConversationId) -> list[str]:
        return [str(operator) for operator in self.conversation(one).ringing]

    def line(self, department: str) -> list[ConversationId]:
        """Who waits in a department's queue, next first."""
        return list(self.desk.state.departments[DepartmentId(department)].queue)

    def chat(self, guest: str, operator: str = "Ann") -> ConversationId:
        """A chat that the operator (who comes to Support where there is none of that name) has taken."""
        if operator not in self.desk.state.operators:
            self.operator(operator)
        chat = self.asks(guest)
        self.accepts(operator, chat)
        return chat

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
