"""The chat's websocket: the visitor's commands, and their conversation's entries in order, from the journal on."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from reactivex import abc

from engine import signals
from engine.commands import LeaveMessage, Refused, SeeMessages, Type, VisitorCaller
from engine.commands.filling import act_of, fill
from engine.entries import number_of
from engine.events import Beginning, ByOperator, ByVisitor, ConversationId, Event, VisitorId
from engine.events.parts import Site
from engine.ids import draw_id
from engine.streams.folds.conversation import Conversation
from engine.streams.views.place import Place
from engine.streams.views.service import SiteService
from engine.talk import MAY, State
from engine.talk.entries import Entry
from engine.text import TextRefused
from engine.wire.stream import is_open
from widget import protocol
from widget.entries import departments, entries, summary
from widget.left_messages import SENDER, whose
from widget.older import as_spoken
from widget.protocol import Ack, ChatHello, ChatWelcome, FromChat, Typing
from widget.socket import NOT_YOURS, VisitorSocket


class ChatSocket(VisitorSocket):
    """One chat window of a visitor."""

    decode = msgspec.json.Decoder(FromChat).decode
    _visitor: VisitorId | None = None
    _site: Site | None = None
    _leave: Callable[[], None] | None = None
    _speaks = 1
    _secret = ""
    _kept = False  # the secret is
    _conversation: ConversationId | None = None
    _entries: abc.DisposableBase | None = None
    _place: abc.DisposableBase | None = None
    _typing: abc.DisposableBase | None = None

    def check_origin(self, origin: str) -> bool:
        """Only our own chat window."""
        return urlsplit(origin).netloc == self.request.host.lower()

    async def take(self, frame: Any) -> None:
        """A hello, then what the visitor asks for."""
        if isinstance(frame, ChatHello):
            if self._visitor is not None:
                self.bad_frame("hello again")
            else:
                await self._hello(frame)
        elif self._visitor is None or self._site is None:
            self.bad_frame("hello first")
        elif (act := act_of(frame)) is Type:
            self._type(frame, self._visitor)
        elif act is SeeMessages:
            await self._see(frame, self._caller(self._visitor, self._site))
        else:
            await self._ask(frame, self._visitor, self._site)

    # --- hello -----------------------------------------------------------------------------------------------------

    async def _hello(self, hello: ChatHello) -> None:
        site = self.visitors.site(hello.site)
        if site is None:
            self.refuse("unknown-site")
            self.close(NOT_YOURS, "not yours")
            return
        if wait := self.asker.hello(self.size, new=not self.visitors.knows(hello.visitor, hello.also)):
            self.refuse("too-fast", limit=wait)
            self.await_hello(wait)
            return
        self.welcomes()
        visitor, secret = await self._own_chat(hello)
        if not is_open(self):
            return
        conversation, after = self._to_show(visitor, hello.after)
        if conversation is not None and not await self._is_theirs(visitor, secret):
            self.close()  # it comes back, as a stranger
            return
        if not is_open(self):
            return
        self._site, self._visitor, self._speaks, self._secret = site, visitor, hello.speaks, secret
        self._leave = self.visitors.connect(visitor)
        self._welcome(site, visitor, secret, conversation)
        if conversation is not None:
            self._attach(conversation.id, after)
        self.follow(self.visitors.core.of_visitor(visitor), self._begun)

    async def _is_theirs(self, visitor: VisitorId, secret: str) -> bool:
        """Keep the visitor's secret, now that there is something to read or to do; False: somebody else has."""
        self._kept = self._kept or await self.visitors.accounts.chats.keep(visitor, secret)
        return self._kept

    async def _own_chat(self, hello: ChatHello) -> tuple[VisitorId, str]:
        """Who this is: another whom the browser knew before, where theirs is the conversation that is open."""
        visitor, also = self.visitors.recognise(hello.visitor), self.visitors.keys.read(hello.also)
        open_of = self.visitors.views.conversations.open_of
        if also is not None and open_of(also) and not open_of(visitor):
            secret = await self.visitors.accounts.chats.claim(also, hello.also_secret)
            if secret is not None:
                return also, secret
        return await self.visitors.own_chat(visitor, hello.secret)

    def _to_show(self, visitor: VisitorId, token: str | None) -> tuple[Conversation | None, int]:
        """The open conversation, or the last one where the window showed it before; and the number it has seen."""
        conversation = self.visitors.last_conversation(visitor)
        if conversation is None:
            return None, 0
        seen = number_of(token, self.visitors.epoch, conversation.id)
        if seen is None and not conversation.open:
            return None, 0
        return conversation, seen or 0

    def _welcome(self, site: Site, visitor: VisitorId, secret: str, conversation: Conversation | None) -> None:
        directory = self.visitors.views.directory
        welcomed = False

        def service_said(step: SiteService) -> None:
            nonlocal welcomed
            if welcomed:
                self.say(protocol.Departments(**departments(step)))
                return
            welcomed = True
            self.say(
                ChatWelcome(
                    visitor=self.visitors.keys.make(visitor),
                    secret=secret,
                    site=site.name,
                    **departments(step),
                    may=MAY["visitor"],
                    conversation=summary(conversation, directory) if conversation else None,
                    name=directory.visitors.get(visitor),
                    now=datetime.now(UTC),
                )
            )

        self.follow(self.visitors.views.service(site.id), service_said)

    # --- the conversation ------------------------------------------------------------------------------------------

    def _begun(self, event: Event) -> None:
        """A conversation of this visitor began, perhaps in another tab."""
        if isinstance(event, Beginning) and event.conversation != self._conversation and self._visitor is not None:
            self.visitors.background.run(self._is_theirs(self._visitor, self._secret), name="keep a chat's secret")
            self._attach(event.conversation, 0)

    def _attach(self, conversation: ConversationId, after: int) -> None:
        for old in (self._entries, self._place, self._typing):
            self.unfollow(old)
        self._conversation, self._place = conversation, None
        self._typing = self.follow(self.visitors.core.signals(conversation), self._typed)
        self._entries = self.follow(entries(self.visitors, conversation, after=after), self._entry)

    def _entry(self, entry: Entry) -> None:
        self.say(as_spoken(entry, self._speaks))
        queued = entry.state is State.QUEUED
        if queued and self._place is None:
            self._place = self.follow(self.visitors.views.place(entry.conversation), self._placed)
        elif not queued and self._place is not None:
            self.unfollow(self._place)
            self._place = None

    def _type(self, frame: Any, visitor: VisitorId) -> None:
        if not self.asker.deed(Type, visitor, self.size):
            given = signals.Typing(conversation=frame.conversation, party=ByVisitor(visitor=visitor))
            self.visitors.core.signal(given)

    async def _see(self, frame: Any, caller: VisitorCaller) -> None:
        """A sign that is kept, but too small to be answered."""
        if not self.asker.deed(SeeMessages, caller.visitor, self.size):
            await self.visitors.send(fill(frame, caller, draw=draw_id), caller.visitor)

    def _caller(self, visitor: VisitorId, site: Site) -> VisitorCaller:
        return VisitorCaller(visitor, site.id, shown=self._conversation or ConversationId(""))

    def _typed(self, signal: signals.Signal) -> None:
        if isinstance(signal.party, ByOperator):
            self.say(Typing(conversation=signal.conversation))

    def _placed(self, step: Place | None) -> None:
        if self._conversation is not None and step is not None:
            place = protocol.Place(
                conversation=self._conversation, place=step.place, wait_s=step.wait_s, staffed=step.staffed
            )
            self.say(place)

    # --- commands --------------------------------------------------------------------------------------------------

    async def _ask(self, frame: Any, visitor: VisitorId, site: Site) -> None:
        if wait := self.asker.deed(act_of(frame), visitor, self.size):
            self.refuse("too-fast", client_id=frame.client_id, limit=wait)
            return
        if turn := self.asker.turn(act_of(frame)):
            await asyncio.sleep(turn)
        leaves = act_of(frame) is LeaveMessage
        caller = self._caller(whose(self.visitors, visitor) if leaves else visitor, site)
        try:
            command = fill(frame, caller, client_id=frame.client_id, draw=draw_id)
        except TextRefused as fault:
            self.refuse(fault.reason, client_id=frame.client_id, limit=fault.limit)
            return
        if not await self._is_theirs(visitor, self._secret):
            self.close()  # it comes back, as a stranger
            return
        # A message left by POST and again here is one: its sender is not the socket's visitor, but the form.
        sender = SENDER if leaves else visitor
        said = await self.visitors.core.send(command, sender=sender, client_id=frame.client_id)
        if isinstance(said, Refused):
            self.refuse(said.reason, client_id=frame.client_id, detail=said.detail, limit=said.limit)
        else:
            self.say(Ack(client_id=frame.client_id, conversation=said.conversation, number=said.number))

    def on_close(self) -> None:
        """One connection of the visitor less."""
        super().on_close()
        if self._leave is not None:
            self._leave()
