"""A door without a house behind it: views from subjects, a few rules, and everything it was asked, to look at."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

import msgspec
from reactivex import Observable, concat, defer, of, operators, throw
from reactivex.subject import BehaviorSubject, Subject

from engine.commands import (
    AcceptRequest,
    Act,
    DeclineRequest,
    Done,
    EndConversation,
    FinishWrapUp,
    HoldChat,
    InviteVisitor,
    MarkLeftMessage,
    Outcome,
    QueueRequest,
    Refused,
    ResumeChat,
    SeeMessages,
    SwitchLiveHelp,
    Type,
    WriteMessage,
)
from engine.commands.filling import unfilled
from engine.door.answers import Permit, Person, Question, SignedIn
from engine.door.interface import DoorError, Frame
from engine.door.requests import AskHistory, AskStory, Request, SetFirstPassword, SignIn, SignOut, Who
from engine.events import DepartmentId, OperatorId, Role
from engine.story import Step
from engine.talk import OPEN, State, deeds
from engine.talk.entries import Entry
from engine.views import AnyView, ConversationEntries, Visit, name_of
from tests.dashboard.rows import (
    STRUCTS,
    Row,
    mine_row,
    now,
    operator_row,
    overview_value,
    ring_row,
    told,
    waiting_value,
)

T = TypeVar("T")
PASSWORD = "correct horse"
CODE = "one-time-code"


def person(login: str, name: str, *, role: Role = "operator") -> Person:
    """An invented operator."""
    return Person(
        login_session=f"public-{login}", operator=OperatorId(login), login=login, name=name, role=role,
        departments=(DepartmentId("support"),),
    )  # fmt: skip


class FakeDoor:
    """Implements `Door`. Rows are shared by all operators, except that nobody else's switch is touched."""

    def __init__(self) -> None:
        self.people = {"ann": person("ann", "Ann"), "bob": person("bob", "Bob", role="administrator")}
        self.sessions: dict[str, str] = {}  # secret -> login
        self.sent: list[tuple[str, Act, str]] = []
        self.tabs: set[str] = set()
        self.subscriptions = 0
        self.answers: list[Outcome] = []  # given first, before the rules
        self.late: asyncio.Event | None = None  # what is done shows at once, its answer comes after this
        self.seen: dict[str, Outcome] = {}
        self._up = BehaviorSubject(True)
        self._rows: dict[str, dict[str, Row]] = {}
        self._values: dict[str, Any] = {}
        self._steps: dict[str, Subject[bytes]] = {}
        self._entries: dict[str, list[Row]] = {}
        for view in ("visitors", "rings", "mine", "queue", "messages", "operators"):
            self._rows[view] = {}
        self.not_permitted: set[Question] = set()  # nobody may ask the history these
        self.stories: dict[str, tuple[Step, ...]] = {}
        self._furnish()

    def _furnish(self) -> None:
        for who in self.people.values():
            self.put("operators", operator_row(who))
        self.value("visits_a_minute", {"minutes": [0] * 60, "ends": now(), "on_site": 0, "hour": 0})
        self.value("waiting_times", waiting_value())
        self.value("overview", overview_value())
        self.value("top_pages", {"pages": []})
        self.value("first_responses", {"median_s": None, "p95_s": None, "count": 0})

    # --- for tests -----------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Nobody is there any more, nothing was said or asked; who is signed in and what is watched stay."""
        if not self.up:
            self.up = True
        for view, rows in self._rows.items():
            if view != "operators":
                self.drop(view, *list(rows))
        for kept in (self._values, self._entries, self.sent, self.answers, self.seen, self.stories):
            kept.clear()
        self.late = None
        self._furnish()

    @property
    def up(self) -> bool:
        """Whether main answers."""
        return bool(self._up.value)

    @up.setter
    def up(self, value: bool) -> None:
        self._up.on_next(value)

    def put(self, view: str, *rows: Row) -> None:
        """Set rows of a view."""
        said = [told(STRUCTS[view], row) for row in rows]
        self._rows[view].update({row["id"]: row for row in said})
        self._emit(view, {"set": said, "gone": []})

    def drop(self, view: str, *ids: str) -> None:
        """Rows are gone."""
        for key in ids:
            self._rows[view].pop(key, None)
        self._emit(view, {"set": [], "gone": list(ids)})

    def row(self, view: str, key: str) -> Row:
        """A row as it stands."""
        return self._rows[view][key]

    def value(self, view: str, value: Any, *, key: str = "") -> None:
        """Set the value of a view."""
        said = None if value is None else told(STRUCTS[view], self._as_it_stands(value) if view == "visit" else value)
        self._values[view + key] = said
        self._emit(view + key, {"value": said})

    def tell(self, conversation: str, what: str, state: str, **more: Any) -> int:
        """Append an entry to a conversation."""
        entries = self._entries.setdefault(conversation, [])
        said = {key: more.pop(key) for key in ("operators", "reason", "upto", "spans") if key in more}
        kind = {"left": "left-message", "message": "text", "invited": "text"}.get(what, "line")
        body = {"is": kind, **said, **more.pop("left", {})}
        entry = told(Entry, {
            "conversation": conversation, "number": len(entries) + 1, "at": now(), "what": what, "state": state,
            "body": body, **more,
        })  # fmt: skip
        entries.append(entry)
        self._emit(f"conversation{conversation}", {"entry": entry})
        for visit in [one for one in self._values.values() if one and one.get("conversation") == conversation]:
            self.value("visit", visit, key=visit["visitor"])
        return len(entries)

    def _as_it_stands(self, visit: Row) -> Row:
        """A visit with the state of its conversation, and what follows from it."""
        entries = self._entries.get(visit["conversation"] or "", [])
        state = entries[-1]["state"] if entries else visit["state"]
        goes_on = State(state) if state in OPEN else None
        return {**visit, "state": goes_on, "may": () if visit["ended"] else deeds("operator", goes_on)}

    def visitor_says(self, conversation: str, text: str, **span: str) -> None:
        """A message of the visitor."""
        self.tell(conversation, "message", "active", author="visitor", spans=[{"text": text, **span}])

    def rings(self, conversation: str, visitor: str, **more: Any) -> None:
        """A request begins to ring."""
        self.tell(conversation, "asked", "routing")
        self.put("rings", ring_row(conversation, visitor, **more))

    def end_session(self, login: str) -> None:
        """The sign-in ends behind the dashboard's back."""
        self.sessions = {secret: who for secret, who in self.sessions.items() if who != login}

    # --- the door ------------------------------------------------------------------------------------------------

    async def ask(self, request: Request[T], *, session: str | None = None) -> T:
        """What the dashboard asks beside views and acts."""
        if not self.up:
            raise DoorError("disconnected")
        return cast("T", self._answer(request, session))

    def _answer(self, request: Request[Any], session: str | None) -> Any:
        match request:
            case SignIn() | SetFirstPassword():
                return self._sign_in(request) if isinstance(request, SignIn) else self._first(request)
            case SignOut(session=secret):
                self.sessions.pop(secret, None)
                return None
            case Who(session=secret):
                return self.people[self.sessions[secret]] if secret in self.sessions else None
            case AskStory(conversation=conversation):
                return self.stories.get(conversation, ())
            case AskHistory(question=question):
                return self._permit(question, session or "")
        raise NotImplementedError(type(request).__name__)

    def _sign_in(self, request: SignIn) -> SignedIn | Refused:
        """One password for all; unknown names get the same answer."""
        login = request.login
        if self.answers:
            answer = self.answers.pop(0)
            assert isinstance(answer, Refused)
            return answer
        if login not in self.people or request.password != PASSWORD:
            return Refused(reason="bad-login")
        secret = f"secret-of-{login}-{len(self.sessions)}"
        self.sessions[secret] = login
        return SignedIn(session=secret, until=datetime.now(UTC) + timedelta(days=1), person=self.people[login])

    def _first(self, request: SetFirstPassword) -> Refused | None:
        """Accept the one code."""
        if request.code != CODE:
            return Refused(reason="bad-code")
        self.people[request.login] = person(request.login, request.login.title(), role="administrator")
        return None

    def _permit(self, question: Question, session: str) -> Permit:
        if session not in self.sessions:
            raise DoorError("signed-out")
        if question in self.not_permitted:
            raise DoorError("forbidden")
        return Permit(question=question, operator=OperatorId(self.sessions[session]))

    async def act(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """Do what the rules say; the same client_id gets the first answer again."""
        command = unfilled(asked)
        if not self.up:
            return Refused(reason="disconnected")
        if isinstance(command, Type):
            return Done()
        self.sent.append((self.sessions[session], command, client_id))
        if self.answers:
            return self.answers.pop(0)
        if client_id not in self.seen:
            self.seen[client_id] = self._do(command, self.people[self.sessions[session]], client_id)
        if self.late:
            await self.late.wait()
        return self.seen[client_id]

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        """The picture, then the steps."""
        if isinstance(view, ConversationEntries):
            return self._entries_of(view.conversation, after)
        view_name = name_of(view)
        name = view_name + (view.visitor if isinstance(view, Visit) else "")

        def first() -> Any:
            if view_name in self._rows:
                return {"all": list(self._rows[view_name].values())}
            return {"value": self._values[name]}

        if view_name not in self._rows and name not in self._values:
            return throw(DoorError("forbidden"))
        return self._watched(name, view_name, session, first)

    def _entries_of(self, conversation: str, after: str | None) -> Observable[Frame]:
        """The entries so far, then the new ones."""

        def frames() -> Observable[Frame]:
            start = int(after) if after else 0
            past = [frame("conversation", {"entry": entry}) for entry in self._entries.get(conversation, [])[start:]]
            return concat(of(*past), self._live(f"conversation{conversation}", "conversation"))

        return self._counted(defer(lambda _scheduler: frames()))

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """Note that a tab is open."""
        self.tabs.add(tab)
        return lambda: self.tabs.discard(tab)

    def connected(self) -> Observable[bool]:
        """Whether main answers."""
        return self._up

    # --- inside --------------------------------------------------------------------------------------------------

    def _do(self, command: Act, who: Person, client_id: str) -> Outcome:
        match command:
            case SwitchLiveHelp(on=on):
                row = self.row("operators", who.operator)
                self.put("operators", {**row, "live_help": on, "state": "available" if on else "not-available"})
            case AcceptRequest(conversation=conversation):
                return self._accept(conversation, who)
            case DeclineRequest(conversation=conversation) | QueueRequest(conversation=conversation):
                self.drop("rings", conversation)
            case InviteVisitor(visitor=visitor, text=text):
                return self._invite(visitor, text, who)
            case MarkLeftMessage(conversation=conversation, state=state):
                self._mark(conversation, state, who)
            case FinishWrapUp():
                self.put("operators", {**self.row("operators", who.operator), "state": "available"})
            case _:
                return self._in_chat(command, who, client_id)
        return Done()

    def _in_chat(self, command: Act, who: Person, client_id: str) -> Outcome:
        by: Row = {"author": "operator", "operator": who.name}
        match command:
            case WriteMessage(conversation=conversation, text=text):
                say = {**by, "client_id": client_id, "spans": [{"text": text}]}
                return Done(number=self.tell(conversation, "message", "active", **say))
            case HoldChat(conversation=conversation):
                return self._hold(conversation, who, "held", "on-hold")
            case ResumeChat(conversation=conversation):
                return self._hold(conversation, who, "resumed", "active")
            case SeeMessages(conversation=conversation, upto=upto):
                self.tell(conversation, "seen", "active", **by, upto=upto)
            case EndConversation(conversation=conversation):
                self.drop("mine", conversation)
                return Done(number=self.tell(conversation, "ended", "ended", **by))
        return Done()

    def _hold(self, conversation: str, who: Person, what: str, state: str) -> Outcome:
        self.put("mine", {**self.row("mine", conversation), "state": state})
        return Done(number=self.tell(conversation, what, state, author="operator", operator=who.name))

    def _invite(self, visitor: str, text: str, who: Person) -> Outcome:
        conversation = f"i-{visitor}"
        said = {"author": "operator", "operator": who.name, "spans": [{"text": text}]}
        number = self.tell(conversation, "invited", "invited", **said)
        token = {"state": "invited", "by": who.name, "at": now()}
        invited = {"state": "invited", "may": deeds("operator", State.INVITED), "invitation": token}
        self.put("visitors", {**self.row("visitors", visitor), **invited})
        self.value("visit", {**self._values[f"visit{visitor}"], "conversation": conversation}, key=visitor)
        return Done(number=number)

    def _mark(self, conversation: str, state: str, who: Person) -> None:
        what, after = {"open": ("reopened", "left")}.get(state, (state, state))
        self.tell(conversation, what, after, operator=who.name)
        if state == "closed":
            self.drop("messages", conversation)
        else:
            marked = {"state": state, "may": deeds("operator", State(after)), "by": who.name}
            self.put("messages", {**self.row("messages", conversation), **marked})

    def _accept(self, conversation: str, who: Person) -> Outcome:
        waiting = self._rows["rings"].get(conversation) or self._rows["queue"].get(conversation)
        if waiting is None:
            return Refused(reason="taken", by="Bob")
        self.drop("queue", conversation)
        if conversation in self._rows["rings"]:
            self.put("rings", {**waiting, "closed": "taken", "by": who.name, "own": True})
        number = self.tell(conversation, "accepted", "active", operator=who.name)
        self.put("mine", mine_row(conversation, waiting["visitor"], name=waiting["name"]))
        return Done(number=number)

    def _emit(self, name: str, body: Any) -> None:
        if name in self._steps:
            self._steps[name].on_next(json.dumps(body).encode())

    def _live(self, name: str, view: str) -> Observable[Frame]:
        def as_frame(raw: bytes) -> Frame:
            return Frame(view=view, token=token_of(raw), body=msgspec.Raw(raw))

        return self._steps.setdefault(name, Subject()).pipe(operators.map(as_frame))

    def _watched(self, name: str, view: str, session: str, first: Callable[[], Any]) -> Observable[Frame]:
        def begin() -> Observable[Frame]:
            if session not in self.sessions:
                return throw(DoorError("signed-out"))
            return concat(of(frame(view, first())), self._live(name, view))

        return self._counted(defer(lambda _scheduler: begin()))

    def _counted(self, source: Observable[Frame]) -> Observable[Frame]:
        def count(_scheduler: Any) -> Observable[Frame]:
            self.subscriptions += 1
            return source.pipe(operators.finally_action(self._uncount))

        return defer(count)

    def _uncount(self) -> None:
        self.subscriptions -= 1


def frame(view: str, body: Any) -> Frame:
    """A step of a view."""
    raw = json.dumps(body).encode()
    return Frame(view=view, token=token_of(raw), body=msgspec.Raw(raw))


def token_of(raw: bytes) -> str:
    """Where a conversation goes on: its entry's number."""
    entry = json.loads(raw).get("entry")
    return str(entry["number"]) if entry else ""
