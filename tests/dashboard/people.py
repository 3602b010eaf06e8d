"""People at the house behind the dashboard: visitors who come to the shop, and operators. All they do are commands."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Literal, Self

from engine.commands import (
    AcceptRequest,
    Act,
    AskForHelp,
    CancelRequest,
    ChangeFirstWords,
    Command,
    Done,
    EndConversation,
    HoldChat,
    IdentifyVisitor,
    InviteVisitor,
    LeaveMessage,
    LoseVisitor,
    MarkLeftMessage,
    RefuseInvitation,
    ResumeChat,
    SeeMessages,
    SleepVisitor,
    StartInvitedChat,
    SwitchLiveHelp,
    TrackAction,
    ViewPage,
    WriteMessage,
)
from engine.events import (
    ByVisitor,
    ConversationId,
    DepartmentId,
    MessageId,
    OperatorId,
    PageViewId,
    SiteId,
    VisitId,
    VisitorId,
)
from engine.ids import draw_id

if TYPE_CHECKING:
    from tests.dashboard.house import House

SHOP = SiteId("00000000-0000-7000-8000-0000000000f1")
SUPPORT = DepartmentId("00000000-0000-7000-8000-00000000000a")
SALES = DepartmentId("00000000-0000-7000-8000-00000000000b")
IDS = {
    "ann": OperatorId("00000000-0000-7000-8000-0000000000a1"),
    "bob": OperatorId("00000000-0000-7000-8000-0000000000a2"),
}
GRACE = 61  # seconds after which who is lost is gone
CART = ("http://localhost/cart", "Cart")


class Guest:
    """A visitor; `talk` is the conversation they had last."""

    def __init__(self, house: "House", name: str | None = None, *, id: str | None = None) -> None:
        self._house, self.name, self.id = house, name, VisitorId(id or draw_id())
        self.talk = ConversationId("")

    async def _does(self, command: Command) -> Done:
        said = await self._house.main.core.send(command, sender=self.id, client_id=draw_id())
        assert isinstance(said, Done), said
        return said

    async def views(self, address: str = CART[0], title: str | None = CART[1], **more: Any) -> None:
        """Open a page."""
        page, visit = PageViewId(draw_id()), VisitId(draw_id())
        seen: dict[str, Any] = {"device": "desktop", "browser": "Firefox", "address": address, "title": title}
        await self._does(ViewPage(visitor=self.id, visit=visit, page_view=page, site=SHOP, **seen | more))

    async def is_known(self, name: str | None = None, **more: Any) -> None:
        """The site says who they are."""
        await self._does(IdentifyVisitor(visitor=self.id, name=name, **more))

    async def does(self, action: str, **parameters: Any) -> None:
        """Do something of which the site's script tells."""
        told = tuple((name, str(value)) for name, value in parameters.items())
        await self._does(TrackAction(visitor=self.id, name=action, parameters=told))

    async def sleeps(self) -> None:
        """Do nothing for long."""
        await self._does(SleepVisitor(visitor=self.id))

    async def is_lost(self) -> None:
        """Their last tab closes."""
        await self._does(LoseVisitor(visitor=self.id))

    async def goes(self) -> None:
        """Close the last tab and be gone."""
        await self.is_lost()
        await self._house.passes(GRACE)

    async def asks(self, department: DepartmentId = SUPPORT, words: str | None = None) -> None:
        """Ask for help, and say what it is about: it rings at who is available, else they are queued."""
        self.talk = ConversationId(draw_id())
        ids: dict[str, Any] = {"visitor": self.id, "visit": VisitId(draw_id()), "conversation": self.talk}
        said: dict[str, Any] = {"words": words, "message": MessageId(draw_id())}
        await self._does(AskForHelp(**ids, **said, site=SHOP, department=department, name=self.name))

    async def rewords(self, words: str) -> None:
        """Say otherwise what it is about."""
        message = MessageId(draw_id())
        await self._does(ChangeFirstWords(visitor=self.id, conversation=self.talk, words=words, message=message))

    async def starts(self) -> None:
        """Take the invitation."""
        self.talk = self._open()
        await self._does(StartInvitedChat(visitor=self.id, conversation=self.talk, name=self.name))

    async def refuses(self) -> None:
        """Close the invitation."""
        self.talk = self._open()
        await self._does(RefuseInvitation(visitor=self.id, conversation=self.talk))

    def _open(self) -> ConversationId:
        talk = self._house.desk.open_conversation(self.id)
        assert talk
        return talk.id

    async def cancels(self) -> None:
        """Wait no longer."""
        await self._does(CancelRequest(visitor=self.id, conversation=self.talk))

    async def writes(self, text: str) -> int:
        """Write a message; the number of its entry."""
        message, author = MessageId(draw_id()), ByVisitor(visitor=self.id)
        ids: dict[str, Any] = {"conversation": self.talk, "message": message, "client_id": message}
        return (await self._does(WriteMessage(author=author, **ids, text=text))).number or 0

    async def sees(self, upto: int) -> None:
        """See what was written."""
        await self._does(SeeMessages(by=ByVisitor(visitor=self.id), conversation=self.talk, upto=upto))

    async def ends(self) -> None:
        """End the chat."""
        await self._does(EndConversation(by=ByVisitor(visitor=self.id), conversation=self.talk))

    async def leaves(self, text: str = "Where is my parcel?", subject: str | None = "Parcel") -> None:
        """Leave a message."""
        self.talk = ConversationId(draw_id())
        ids: dict[str, Any] = {"visitor": self.id, "conversation": self.talk, "site": SHOP}
        email = f"{(self.name or 'nobody').lower()}@example.org"
        await self._does(LeaveMessage(**ids, name=self.name, email=email, subject=subject, text=text))


class Staff:
    """An operator, with a sign-in of their own beside that of their browser."""

    def __init__(self, house: "House", login: str, session: str) -> None:
        self._house, self.id, self.session = house, IDS[login], session
        self._closers: list[Callable[[], None]] = []

    async def arrives(self) -> Self:
        """Open a tab."""
        self._closers.append(self._house.main.door.open_tab(session=self.session, tab=draw_id()))
        while not self._house.desk.operators[self.id].present:
            await asyncio.sleep(0)
        return self

    async def works(self) -> Self:
        """Open a tab and be available."""
        await self.arrives()
        await self.switches(on=True)
        return self

    async def closes(self) -> None:
        """Close those tabs."""
        while self._closers:
            self._closers.pop()()
        await asyncio.sleep(0)  # the word of it is on its way then, before all that is asked next

    async def goes(self) -> None:
        """Close those tabs, and be gone where there is no other one."""
        await self.closes()
        await self._house.passes(GRACE)

    async def does(self, act: Act) -> Done:
        """Act at the door itself."""
        said = await self._house.main.door.act(act, session=self.session, client_id=draw_id())
        assert isinstance(said, Done), said
        return said

    def switches(self, *, on: bool) -> Awaitable[Done]:
        """Switch Live Help."""
        return self.does(SwitchLiveHelp(on=on))

    def accepts(self, guest: Guest) -> Awaitable[Done]:
        """Take who asked."""
        return self.does(AcceptRequest(conversation=guest.talk))

    def invites(self, guest: Guest, text: str = "May I help?") -> Awaitable[Done]:
        """Invite a visitor."""
        return self.does(InviteVisitor(visitor=guest.id, text=text))

    def holds(self, guest: Guest) -> Awaitable[Done]:
        """Put a chat on hold."""
        return self.does(HoldChat(conversation=guest.talk))

    def resumes(self, guest: Guest) -> Awaitable[Done]:
        """Resume a chat."""
        return self.does(ResumeChat(conversation=guest.talk))

    def writes(self, guest: Guest, text: str) -> Awaitable[Done]:
        """Write a message."""
        return self.does(WriteMessage(conversation=guest.talk, text=text))

    def marks(self, talk: ConversationId, state: Literal["open", "answered", "closed"]) -> Awaitable[Done]:
        """Say where a left message stands."""
        return self.does(MarkLeftMessage(conversation=talk, state=state))
