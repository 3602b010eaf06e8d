"""A story: events with their times and numbers, so that a test of a fold reads like a script.

It knows no rules; what a test tells is what happened. `Play` (tests/engine/desk) asks a real desk instead.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from engine.events import (
    Abandoned,
    Accepted,
    ActionTracked,
    Asking,
    ByOperator,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Ended,
    EngineStarted,
    Event,
    FirstWords,
    FirstWordsChanged,
    Held,
    HelpAsked,
    HelpAskedAgain,
    Hours,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    LeftMessage,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    LiveHelpSwitched,
    Lost,
    MessageId,
    MessageLeft,
    MessagesSeen,
    MessageText,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorArrived,
    OperatorGone,
    OperatorId,
    OperatorLost,
    OperatorName,
    OperatorReturned,
    PageTurnedTo,
    PageViewed,
    PageViewId,
    PartSet,
    Party,
    Queued,
    QueuedReason,
    Resumed,
    SettingChanged,
    SiteId,
    Tick,
    VisitEnded,
    VisitId,
    VisitorId,
    VisitorIdentified,
    VisitorIdentity,
    VisitorLost,
    VisitorName,
    VisitorOrigin,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
    WrapUpEnded,
    WrapUpStarted,
)
from engine.events.parts import Department, Operator, Site
from engine.streams.machinery.pipeline import Moment

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SHOP = SiteId("shop")


class Story:
    """All that happened so far, from nine o'clock on; the shop and the departments Support and Sales are there."""

    def __init__(self) -> None:
        self.now = NINE
        self.moments: list[Moment] = []
        self._numbers: Counter[str] = Counter()
        self.happens(PartSet, part=Site(id=SHOP, key="shop", name="Shop", origins=("https://shop.test",)))
        self.department("Support")
        self.department("Sales")

    @property
    def events(self) -> list[Event]:
        """What happened, without the ticks."""
        return [moment for moment in self.moments if isinstance(moment, Event)]

    def happens(self, kind: type[Event], **fields: Any) -> Event:
        """An event, a millisecond after the one before; of a conversation, with its next number."""
        self.now += timedelta(milliseconds=1)
        if issubclass(kind, ConversationEvent):
            self._numbers[fields["conversation"]] += 1
            fields["number"] = self._numbers[fields["conversation"]]
        event = kind(at=self.now, **fields)
        self.moments.append(event)
        return event

    def passes(self, seconds: int) -> None:
        """Time passes, with a tick on each whole second."""
        for _ in range(seconds):
            self.now = self.now.replace(microsecond=0) + timedelta(seconds=1)
            self.moments.append(Tick(at=self.now))

    # --- the house

    def department(self, name: str, *, takes_part: bool = True) -> None:
        self.happens(PartSet, part=Department(id=DepartmentId(name), name=name, takes_part=takes_part))

    def hours(self, name: str, hours: Hours | None, *, called: str | None = None) -> None:
        """The department `name` gets hours, and perhaps another name."""
        self.happens(PartSet, part=Department(id=DepartmentId(name), name=called or name, hours=hours))

    def setting(self, name: str, value: int) -> None:
        self.happens(SettingChanged, name=name, value=value)

    def restarts(self) -> None:
        self.happens(EngineStarted)

    def operator(self, name: str, *departments: str, on: bool = False, max_chats: int | None = None) -> Someone:
        """An operator of the departments (Support where none is said), who signs in if `on`."""
        serves = tuple(DepartmentId(one) for one in departments or ("Support",))
        part = Operator(id=OperatorId(name), role="operator", departments=serves, max_chats=max_chats)
        self.happens(PartSet, part=part, personal=OperatorName(name=name))
        someone = Someone(self, name)
        if on:
            someone.arrives()
            someone.switches(on=True)
        return someone

    def changes_operator(self, name: str, **fields: Any) -> None:
        """The operator is set anew: of Support, but for what is named."""
        whole: dict[str, Any] = {"id": OperatorId(name), "role": "operator", "departments": (DepartmentId("Support"),)}
        self.happens(PartSet, part=Operator(**whole | fields), personal=OperatorName(name=name))

    def visitor(self, name: str, *, ordinal: int = 1, referrer: str | None = None) -> Guest:
        """A visitor who comes to the shop's start page."""
        guest = Guest(self, name)
        guest.comes(ordinal=ordinal, referrer=referrer)
        guest.views("https://shop.test/")
        return guest


class Someone:
    """An operator."""

    def __init__(self, story: Story, name: str) -> None:
        self.story, self.name, self.id = story, name, OperatorId(name)

    def arrives(self) -> None:
        self.story.happens(OperatorArrived, operator=self.id)

    def closes_tab(self) -> None:
        self.story.happens(OperatorLost, operator=self.id)

    def returns(self) -> None:
        self.story.happens(OperatorReturned, operator=self.id)

    def signs_out(self) -> None:
        self.story.happens(OperatorGone, operator=self.id, reason="signed-out")

    def switches(self, *, on: bool) -> None:
        self.story.happens(LiveHelpSwitched, operator=self.id, on=on)

    def is_gone(self) -> None:
        self.story.happens(OperatorGone, operator=self.id, reason="lost")

    def wraps_up(self, talk: ConversationId, seconds: int = 60) -> None:
        until = self.story.now + timedelta(seconds=seconds)
        self.story.happens(WrapUpStarted, operator=self.id, conversation=talk, until=until)

    def has_wrapped_up(self, reason: Literal["timeout", "by-hand", "gone"] = "timeout") -> None:
        self.story.happens(WrapUpEnded, operator=self.id, reason=reason)


class Guest:
    """A visitor; `talk` is their conversation, `c-` and the name."""

    def __init__(self, story: Story, name: str) -> None:
        self.story, self.name, self.id = story, name, VisitorId(name)
        self.visit = VisitId(f"{name}-1")
        self.talk = ConversationId(f"c-{name}")

    def comes(self, *, ordinal: int = 1, referrer: str | None = None) -> None:
        self.visit = VisitId(f"{self.name}-{ordinal}")
        self.story.happens(
            VisitStarted,
            visitor=self.id,
            visit=self.visit,
            site=SHOP,
            ordinal=ordinal,
            referrer=referrer,
            device="phone",
            browser="Firefox",
            personal=VisitorOrigin(address="192.0.2.1"),
        )

    def views(self, address: str, title: str | None = None, **more: Any) -> None:
        key = PageViewId(f"p{len(self.story.moments)}")
        page = {"address": address, "title": title, **more}
        self.story.happens(PageViewed, visitor=self.id, visit=self.visit, page_view=key, **page)

    def turns_to(self, address: str, title: str | None = None) -> None:
        self.story.happens(PageTurnedTo, visitor=self.id, visit=self.visit, address=address, title=title)

    def is_lost(self) -> None:
        self.story.happens(VisitorLost, visitor=self.id, visit=self.visit)

    def returns(self) -> None:
        self.story.happens(VisitorReturned, visitor=self.id, visit=self.visit)

    def sleeps(self) -> None:
        self.story.happens(VisitorSlept, visitor=self.id, visit=self.visit)

    def wakes(self) -> None:
        self.story.happens(VisitorWoke, visitor=self.id, visit=self.visit)

    def is_identified(self, name: str | None = None, *, verified: bool = True) -> None:
        said = VisitorIdentity(user=f"u-{self.name}", name=name, email=f"{self.name}@shop.test")
        self.story.happens(VisitorIdentified, visitor=self.id, visit=self.visit, verified=verified, personal=said)

    def does(self, action: str, **parameters: str) -> None:
        self.story.happens(
            ActionTracked, visitor=self.id, visit=self.visit, name=action, parameters=tuple(parameters.items())
        )

    def goes(self) -> None:
        self.story.happens(VisitEnded, visitor=self.id, visit=self.visit)

    # --- the conversation

    def asks(
        self, department: str = "Support", *, name: str | None = None, talk: str | None = None, words: str | None = None
    ) -> Guest:
        self.talk = ConversationId(talk or self.talk)
        self.story.happens(
            HelpAsked,
            conversation=self.talk,
            visitor=self.id,
            site=SHOP,
            department=DepartmentId(department),
            message=MessageId(f"{self.talk}-first") if words else None,
            personal=Asking(name=name, words=words) if name or words else None,
        )
        return self

    def rewords(self, words: str | None) -> Guest:
        """What it is about is said otherwise, or taken back."""
        message = MessageId(f"{self.talk}-{self.story.now}")
        return self._then(FirstWordsChanged, message=message, personal=FirstWords(words=words) if words else None)

    def _then(self, kind: type[ConversationEvent], **fields: Any) -> Guest:
        self.story.happens(kind, conversation=self.talk, **fields)
        return self

    def is_invited_by(
        self, operator: str, text: str = "May I help?", *, department: str = "Support", talk: str | None = None
    ) -> Guest:
        self.talk = ConversationId(talk or self.talk)
        return self._then(
            Invited,
            visitor=self.id,
            site=SHOP,
            department=DepartmentId(department),
            operator=OperatorId(operator),
            until=self.story.now + timedelta(seconds=120),
            personal=MessageText(text=text),
        )

    def starts(self, *, name: str | None = None) -> Guest:
        return self._then(InvitationAccepted, visitor=self.id, personal=VisitorName(name=name) if name else None)

    def refuses(self) -> Guest:
        return self._then(InvitationRefused, visitor=self.id)

    def is_uninvited_by(self, operator: str) -> Guest:
        return self._then(InvitationTakenBack, operator=OperatorId(operator))

    def lets_expire(self, reason: Literal["timeout", "gone"] = "timeout") -> Guest:
        return self._then(InvitationExpired, reason=reason)

    def asks_again(self) -> Guest:
        return self._then(HelpAskedAgain, visitor=self.id)

    def rings_at(self, *operators: str, policy: Literal["broadcast", "queue"] = "broadcast") -> Guest:
        asked = tuple(OperatorId(one) for one in operators)
        until = self.story.now + timedelta(seconds=30)
        return self._then(OfferMade, policy=policy, operators=asked, candidates=asked, reason="asked", until=until)

    def is_offered_to(self, operator: str) -> Guest:
        return self.rings_at(operator, policy="queue")

    def rings_also_at(self, operator: str) -> Guest:
        return self._then(OfferExtended, operator=OperatorId(operator))

    def is_declined_by(self, operator: str) -> Guest:
        return self._then(OfferDeclined, operator=OperatorId(operator))

    def is_withdrawn_from(self, operator: str, reason: Literal["full", "not-available"] = "not-available") -> Guest:
        return self._then(OfferWithdrawn, operator=OperatorId(operator), reason=reason)

    def is_not_answered_by(self, operator: str) -> Guest:
        return self._then(OfferTimedOut, operator=OperatorId(operator))

    def is_queued(self, reason: QueuedReason = "timeout", by: str | None = None) -> Guest:
        return self._then(Queued, reason=reason, operator=OperatorId(by) if by else None)

    def is_accepted_by(self, operator: str, how: Literal["ring", "offer", "by-hand", "invitation"] = "ring") -> Guest:
        return self._then(Accepted, operator=OperatorId(operator), how=how)

    def is_held_by(self, operator: str) -> Guest:
        return self._then(Held, operator=OperatorId(operator))

    def is_resumed_by(self, operator: str) -> Guest:
        return self._then(Resumed, operator=OperatorId(operator))

    def sees(self, upto: int) -> Guest:
        return self._then(MessagesSeen, by=ByVisitor(visitor=self.id), upto=upto)

    def is_seen_by(self, operator: str, upto: int) -> Guest:
        return self._then(MessagesSeen, by=ByOperator(operator=OperatorId(operator)), upto=upto)

    def writes(self, text: str) -> Guest:
        return self._message(ByVisitor(visitor=self.id), text)

    def is_told(self, text: str, by: str) -> Guest:
        return self._message(ByOperator(operator=OperatorId(by)), text)

    def _message(self, author: Party, text: str) -> Guest:
        key = MessageId(f"m{len(self.story.moments)}")
        return self._then(
            MessageWritten, message=key, client_id=f"own-{key}", author=author, personal=MessageText(text=text)
        )

    def ends(self) -> Guest:
        return self._then(Ended, by=ByVisitor(visitor=self.id))

    def is_ended_by(self, operator: str) -> Guest:
        return self._then(Ended, by=ByOperator(operator=OperatorId(operator)))

    def is_lost_in_chat(self) -> Guest:
        return self._then(Lost, visitor=self.id)

    def cancels(self) -> Guest:
        return self._then(Abandoned, reason="cancelled")

    def leaves_message(self, text: str = "Call me", *, department: str = "Support", name: str | None = None) -> Guest:
        left = LeftMessage(name=name, email=f"{self.name}@example.org", subject="A question", text=text)
        return self._then(MessageLeft, visitor=self.id, site=SHOP, department=DepartmentId(department), personal=left)

    def message_is_answered_by(self, operator: str) -> Guest:
        return self._then(LeftMessageAnswered, operator=OperatorId(operator))

    def message_is_closed_by(self, operator: str) -> Guest:
        return self._then(LeftMessageClosed, operator=OperatorId(operator))

    def message_is_reopened_by(self, operator: str) -> Guest:
        return self._then(LeftMessageReopened, operator=OperatorId(operator))
