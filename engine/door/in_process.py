"""The door inside the main process: sessions, roles and foreign text are checked here, then the core is asked."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import reactivex
from reactivex import Observable, abc, operators
from reactivex.disposable import Disposable, SerialDisposable
from reactivex.subject import Subject

from engine.accounts import BAD_LOGIN, Accounts, StoredSession
from engine.attendance import Attendance
from engine.background import Background
from engine.commands import (
    AddDepartment,
    AddOperator,
    ArriveOperator,
    ChangeSetting,
    Command,
    Done,
    HouseCommand,
    LoseOperator,
    OperatorCaller,
    Outcome,
    Refused,
    SignOutOperator,
    Type,
)
from engine.commands.filling import fill
from engine.core import Core, draw_id
from engine.door.entries import conversation_entries, frame, number_of, typing_frame
from engine.door.house import house_of
from engine.door.interface import DoorError, Frame, House, Person, SignedIn
from engine.events import ConversationId, DepartmentId, OperatorId, Role, SiteId
from engine.found import Found
from engine.journal.search import SearchTooSlow
from engine.story import Step, story
from engine.streams.live import LiveViews
from engine.talk.entries import Entry
from engine.text import NAME_LIMIT, TextRefused, required
from engine.views import View

ADMINISTRATOR_NAME, FIRST_DEPARTMENT = "Administrator", "Support"
FOUND_AT_ONCE = 50


class InProcessDoor:
    """`Door` over the core, the views and the accounts of this process."""

    def __init__(self, core: Core, views: LiveViews, accounts: Accounts, *, epoch: str) -> None:
        self._core, self._views, self._accounts, self._epoch = core, views, accounts, epoch
        self._ended: Subject[str] = Subject()
        self._closers: dict[str, dict[str, Callable[[], None]]] = {}  # of the open tabs, by session
        self._background = Background()
        self._tabs: Attendance[OperatorId] = Attendance(
            first=lambda operator: self._soon(ArriveOperator(operator=operator)),
            last=lambda operator: self._soon(LoseOperator(operator=operator)),
        )

    # --- signing in ------------------------------------------------------------------------------------------------

    async def sign_in(self, login: str, password: str, *, address: str) -> SignedIn | Refused:
        """See `Door`."""
        opened = await self._accounts.sign_in(login, password, address=address, now=datetime.now(UTC))
        if isinstance(opened, Refused):
            return opened
        person = self._person(opened)
        return SignedIn(session=opened.session, until=opened.until, person=person) if person else BAD_LOGIN

    async def sign_out(self, session: str) -> None:
        """See `Door`."""
        stored = await self._stored(session)
        await self._accounts.sign_out(session)
        self._ended.on_next(session)
        for close in self._closers.pop(session, {}).values():
            close()
        if stored is not None and stored.operator not in self._tabs:  # not in another browser either
            await self._core.send(SignOutOperator(operator=stored.operator), sender=stored.operator)

    async def who(self, session: str) -> Person | None:
        """See `Door`."""
        stored = await self._stored(session)
        return self._person(stored) if stored else None

    async def set_first_password(self, code: str, login: str, password: str) -> Refused | None:
        """See `Door`."""
        if refused := self._accounts.check(login, password):
            return refused
        if not await self._accounts.use_setup_code(code):
            return Refused(reason="bad-code")
        if not self._core.desk.state.departments:
            await self.administer(AddDepartment(department=DepartmentId(draw_id()), name=FIRST_DEPARTMENT))
        everywhere = tuple(self._core.desk.state.departments)
        said = await self.add_person(
            login, password, name=ADMINISTRATOR_NAME, role="administrator", departments=everywhere
        )
        return said if isinstance(said, Refused) else None

    async def _stored(self, session: str) -> StoredSession | None:
        return await self._accounts.who(session, now=datetime.now(UTC))

    def _person(self, stored: StoredSession) -> Person | None:
        operator = self._core.desk.state.operators.get(stored.operator)
        if operator is None:
            return None
        return Person(
            login_session=stored.login_session,
            operator=operator.id,
            login=stored.login,
            name=operator.name,
            role=operator.role,
            departments=operator.departments,
        )

    # --- commands --------------------------------------------------------------------------------------------------

    async def send(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """See `Door`."""
        stored = await self._stored(session)
        if stored is None:
            return Refused(reason="signed-out")
        try:
            command = fill(asked, OperatorCaller(stored.operator), client_id=client_id, draw=draw_id)
        except TextRefused as fault:
            return Refused(reason=fault.reason, limit=fault.limit)
        if isinstance(command, Type):
            self._core.type(command.by, command.conversation)
            return Done()
        return await self._core.send(command, sender=stored.operator, client_id=client_id)

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """See `Door`."""
        closed = False

        async def open_it() -> None:
            stored = await self._stored(session)
            if stored is not None and not closed:
                self._closers.setdefault(session, {})[tab] = self._tabs.open(stored.operator)

        def close() -> None:
            nonlocal closed
            closed = True
            closers = self._closers.get(session, {})
            if closer := closers.pop(tab, None):
                closer()
            if not closers:
                self._closers.pop(session, None)

        self._background.run(open_it(), name="open a tab")
        return close

    # --- views -----------------------------------------------------------------------------------------------------

    def watch(self, view: View, *, session: str, key: str | None = None, after: str | None = None) -> Observable[Frame]:
        """See `Door`. A view always begins with its whole picture, so `after` is not needed here."""

        def frames(stored: StoredSession) -> Observable[Frame]:
            def picture(body: bytes) -> Frame:
                return Frame(view=view, token="", body=msgspec.Raw(body))

            return self._views.watch(view, operator=stored.operator, key=key).pipe(operators.map(picture))

        return self._while_signed_in(session, frames)

    def conversation(
        self, conversation: ConversationId, *, session: str, after: str | None = None
    ) -> Observable[Frame]:
        """See `Door`."""

        def frames(_stored: StoredSession) -> Observable[Frame]:
            number = number_of(after, self._epoch, conversation) or 0
            told = conversation_entries(self._core, lambda: self._views.directory, conversation, after=number)

            def step(entry: Entry) -> Frame:
                return frame(entry, self._epoch)

            typing = self._core.typing(conversation).pipe(operators.map(typing_frame))
            return reactivex.merge(told.pipe(operators.map(step)), typing)

        return self._while_signed_in(session, frames)

    async def story(self, conversation: ConversationId, *, session: str | None) -> tuple[Step, ...]:
        """See `Door`."""
        if session is not None and await self._stored(session) is None:
            raise DoorError("signed-out")
        records = self._core.records_behind(conversation)
        if not records:
            raise DoorError("unknown-conversation")
        return story(conversation, records, self._views.directory)

    async def find_messages(self, text: str, *, session: str, before: int | None = None) -> tuple[Found, ...]:
        """See `Door`."""
        if await self._stored(session) is None:
            raise DoorError("signed-out")
        try:
            return tuple(await self._core.search(text, before=before, limit=FOUND_AT_ONCE))
        except SearchTooSlow:
            raise DoorError("too-slow") from None

    def connected(self) -> Observable[bool]:
        """See `Door`: here main always answers."""
        return reactivex.concat(reactivex.just(True), reactivex.never())

    def _while_signed_in(self, session: str, frames: Callable[[StoredSession], Observable[Frame]]) -> Observable[Frame]:
        """What `frames` gives to the session's operator, until the session ends."""

        def subscribe(observer: abc.ObserverBase[Frame], scheduler: abc.SchedulerBase | None = None) -> Disposable:
            inner = SerialDisposable()
            signed_out = self._ended.pipe(
                operators.filter(lambda ended: ended == session),
                operators.flat_map(lambda _: reactivex.throw(DoorError("signed-out"))),
            )

            async def begin() -> None:
                stored = await self._stored(session)
                if stored is None:
                    observer.on_error(DoorError("signed-out"))
                else:
                    both = reactivex.merge(frames(stored), signed_out)
                    inner.disposable = both.subscribe(observer, scheduler=scheduler)

            task = self._background.run(begin(), name="begin a watch")

            def leave() -> None:
                task.cancel()
                inner.dispose()

            return Disposable(leave)

        return reactivex.create(subscribe)

    # --- the house -------------------------------------------------------------------------------------------------

    async def administer(self, command: HouseCommand) -> Outcome:
        """See `Door`."""
        if not isinstance(command, ChangeSetting):
            try:
                name = required(command.name, NAME_LIMIT, lines=False)
            except TextRefused as fault:
                return Refused(reason=fault.reason, limit=fault.limit, detail="name")
            command = msgspec.structs.replace(command, name=name)
        return await self._core.send(command, sender="house")

    async def add_person(
        self, login: str, password: str, *, name: str, role: Role, departments: tuple[DepartmentId, ...]
    ) -> Outcome:
        """See `Door`."""
        try:
            clean_name = required(name, NAME_LIMIT, lines=False)
        except TextRefused as fault:
            return Refused(reason=fault.reason, limit=fault.limit, detail="name")
        if refused := self._accounts.check(login, password):
            return refused
        operator = OperatorId(draw_id())
        added = AddOperator(operator=operator, name=clean_name, role=role, departments=departments)
        said = await self._core.send(added, sender="house")
        if isinstance(said, Refused):
            return said
        return await self._accounts.add(login, password, operator) or said

    async def site_secret(self, site: SiteId) -> str:
        """See `Door`."""
        if site not in self._core.desk.state.sites:
            raise DoorError("unknown-site")
        return self._accounts.identity_secret(site).decode()

    async def house(self) -> House:
        """See `Door`."""
        return house_of(self._core.desk.state, self._accounts.logins)

    def _soon(self, command: Command) -> None:
        self._background.run(self._core.send(command, sender="door"), name=type(command).__name__)
