"""A day at a real desk: visitors who look, ask, chat, leave messages or go, and operators who serve them.

Everybody has gone when it ends, so that another day can follow it.
"""

import heapq
import random
import re
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from engine.commands import (
    AcceptRequest,
    ArriveOperator,
    AskForHelp,
    CancelRequest,
    Command,
    EndConversation,
    FireDeadline,
    IdentifyVisitor,
    LeaveMessage,
    LoseVisitor,
    MarkLeftMessage,
    Refused,
    SetPart,
    SignOutOperator,
    SwitchLiveHelp,
    TrackAction,
    ViewPage,
    WriteMessage,
)
from engine.desk import Desk
from engine.events import (
    ByOperator,
    ByVisitor,
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
from engine.events.parts import Department, Operator, Site

MORNING = datetime(2024, 1, 1, 7, 0, tzinfo=UTC)
OPENING, CLOSING = 3_600.0, 11 * 3_600.0  # seconds after the morning: when the first visitor comes, and the last
NIGHT = 14 * 3_600.0
OPERATORS = 12
PAGES = ("", "tents", "tents/dome", "bags", "stoves", "maps/alps", "sale", "cart", "checkout", "help/returns")
WORDS = re.findall(
    r"\w+",
    "the tent is too small can you send another one please where my order number does it fit rain cold alps hello "
    "thank you very much yes no perhaps invoice address tomorrow monday water stove gas bag size long short blue red",
)
NAMES = ("Vera", "Tom", "Ines", "Jonas", "Mia", "Paul", "Zoë", "Karim", "Lena", "Oleg")
Life = Generator[float, None, None]  # of somebody: gives the seconds until their next deed


class Day:
    """The desk, its clock and all that was said; `visits` come in the day."""

    def __init__(self, seed: int, visits: int) -> None:
        self.events: list[Event] = []
        self.house: list[Event] = []
        self._dice = random.Random(seed)  # noqa: S311 - invented people
        self._desk, self._now, self._turns = Desk(), MORNING, 0
        self._coming: list[tuple[datetime, int, Life]] = []
        self._site, self._departments = SiteId(_id("site", 0)), tuple(DepartmentId(_id("dept", n)) for n in (0, 1))
        self._operators = tuple(OperatorId(_id("op", n)) for n in range(OPERATORS))
        self._furnish()
        self.house, self.events = self.events, []
        self._live(visits)

    # --- time ------------------------------------------------------------------------------------------------------

    def _live(self, visits: int) -> None:
        for operator in self._operators:
            self._later(self._serve(operator), self._dice.uniform(0, OPENING))
        for _ in range(visits):
            self._later(self._visit(), self._dice.uniform(OPENING, CLOSING))
        end = MORNING + timedelta(seconds=NIGHT)
        while self._now < end:
            due, coming = self._desk.next_deadline(), self._coming[0][0] if self._coming else end
            if due is not None and due <= coming:
                self._now = max(self._now, due)
                self._do(FireDeadline())
            elif self._coming:
                self._now, _, life = heapq.heappop(self._coming)
                self._go_on(life)
            else:
                break

    def _later(self, life: Life, seconds: float) -> None:
        self._turns += 1
        heapq.heappush(self._coming, (self._now + timedelta(seconds=seconds), self._turns, life))

    def _go_on(self, life: Life) -> None:
        pause = next(life, None)
        if pause is not None:
            self._later(life, pause)

    def _do(self, command: Command) -> bool:
        self._now += timedelta(microseconds=1)
        said = self._desk.handle(command, self._now)
        if isinstance(said, Refused):
            return False
        self.events += [consequence.event for consequence in said]
        return True

    def _draw(self, kind: str) -> str:
        self._turns += 1
        milliseconds = int((self._now - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))
        return _id(kind, self._turns, milliseconds)

    # --- people ----------------------------------------------------------------------------------------------------

    def _furnish(self) -> None:
        site = Site(id=self._site, key="shop", name="Shop", origins=("https://shop.example",))
        self._do(SetPart(part=site))
        for department, name in zip(self._departments, ("Support", "Sales"), strict=True):
            self._do(SetPart(part=Department(id=department, name=name)))
        for number, operator in enumerate(self._operators):
            serves = self._departments if number % 3 == 0 else (self._departments[number % 2],)
            part = Operator(id=operator, role="operator", departments=serves)
            self._do(SetPart(part=part, name=f"Operator {number + 1}"))

    def _serve(self, operator: OperatorId) -> Life:
        self._do(ArriveOperator(operator=operator))
        yield 5
        self._do(SwitchLiveHelp(operator=operator, on=True))
        yield CLOSING + 3_600
        self._do(SwitchLiveHelp(operator=operator, on=False))
        self._do(SignOutOperator(operator=operator))

    def _visit(self) -> Life:
        dice, visitor, visit = self._dice, VisitorId(self._draw("visitor")), VisitId(self._draw("visit"))
        for page in range(dice.choice((1, 1, 2, 3, 4, 6, 9))):
            self._view(visitor, visit, first=page == 0)
            yield dice.uniform(5, 90)
            if dice.random() < 0.04:
                self._do(TrackAction(visitor=visitor, name="added-to-cart", parameters=(("article", "tent"),)))
            if dice.random() < 0.03:
                yield from self._ask(visitor, visit)
            self._do(LoseVisitor(visitor=visitor))
            yield dice.uniform(0.2, 1.5)

    def _view(self, visitor: VisitorId, visit: VisitId, *, first: bool) -> None:
        dice = self._dice
        page = dice.choice(PAGES)
        self._do(
            ViewPage(
                visitor=visitor,
                visit=visit,
                page_view=PageViewId(self._draw("page")),
                site=self._site,
                address=f"https://shop.example/{page}",
                title=f"Shop: {page or 'welcome'}",
                referrer=dice.choice((None, "https://search.example/")) if first else None,
                device=dice.choice(("desktop", "phone", "tablet")),
                browser=dice.choice(("Firefox", "Chrome", "Safari")),
                origin_address=f"203.0.113.{dice.randrange(256)}",
                user_agent="Mozilla/5.0",
            )
        )

    def _ask(self, visitor: VisitorId, visit: VisitId) -> Life:
        dice, talk, name = self._dice, ConversationId(self._draw("talk")), self._dice.choice(NAMES)
        department = dice.choice(self._departments)
        if dice.random() < 0.1:
            self._do(IdentifyVisitor(visitor=visitor, name=name, email=f"{name.lower()}@example.org"))
        if dice.random() < 0.15:
            yield from self._leave(visitor, talk, department)
            return
        self._do(
            AskForHelp(
                visitor=visitor, visit=visit, site=self._site, conversation=talk, department=department, name=name
            )
        )
        yield dice.choice((2, 5, 9, 40))
        if dice.random() < 0.1:
            self._do(CancelRequest(visitor=visitor, conversation=talk))
            return
        yield from self._chat(visitor, talk)

    def _leave(self, visitor: VisitorId, talk: ConversationId, department: DepartmentId) -> Life:
        left = LeaveMessage(
            visitor=visitor,
            site=self._site,
            conversation=talk,
            department=department,
            email="v@example.org",
            subject=self._text(3),
            text=self._text(30),
        )
        self._do(left)
        yield 20
        any(
            self._do(MarkLeftMessage(operator=one, conversation=talk, state="closed"))
            for one in self._dice.sample(self._operators, OPERATORS)
        )

    def _chat(self, visitor: VisitorId, talk: ConversationId) -> Life:
        dice = self._dice
        takers = dice.sample(self._operators, OPERATORS)
        operator = next((one for one in takers if self._do(AcceptRequest(operator=one, conversation=talk))), None)
        if operator is None:
            return
        sides: tuple[Party, Party] = (ByVisitor(visitor=visitor), ByOperator(operator=operator))
        for number in range(dice.randint(3, 14)):
            yield dice.uniform(4, 30)
            self._write(sides[number % 2], talk)
        yield 5
        self._do(EndConversation(by=dice.choice(sides), conversation=talk))

    def _write(self, party: Party, talk: ConversationId) -> None:
        message = MessageId(self._draw("message"))
        text = self._text(self._dice.randint(3, 20))
        self._do(WriteMessage(author=party, conversation=talk, message=message, client_id=message, text=text))

    def _text(self, words: int) -> str:
        return " ".join(self._dice.choices(WORDS, k=words))


def _id(kind: str, number: int, milliseconds: int = 0) -> str:
    """A UUID whose first 48 bits are its time, as in version 7; the rest tells it from all others of its day."""
    tail = random.Random(f"{kind} {number}").getrandbits(62)  # noqa: S311 - invented people
    return str(UUID(int=milliseconds << 80 | 7 << 76 | _KINDS[kind] << 64 | 2 << 62 | tail))


_KINDS = {"site": 0, "dept": 1, "op": 2, "visitor": 3, "visit": 4, "page": 5, "talk": 6, "message": 7}
