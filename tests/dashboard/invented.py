"""Invented rows for the fake analytics process: a house with two departments, and the chats of some days."""

from datetime import datetime, timedelta
from typing import Any

from tests.dashboard.fake_analytics import FakeAnalytics

SUPPORT, SALES = "00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"
ANN, BOB = "00000000-0000-7000-8000-0000000000a1", "00000000-0000-7000-8000-0000000000a2"
MINUTE = timedelta(minutes=1)


def uuid(number: int, *, kind: int = 0) -> str:
    """An id."""
    return f"{kind:08x}-0000-7000-8000-{number:012x}"


def furnish(fake: FakeAnalytics) -> None:
    """Two departments and two operators."""
    for place, (department, name) in enumerate(((SUPPORT, "Support"), (SALES, "Sales")), 1):
        fake.put("departments", department=department, name=name, takes_part=True, place=place)
    for operator, name in ((ANN, "Ann"), (BOB, "Bob")):
        fake.put("operators", operator=operator, role="operator", departments=[SUPPORT, SALES], max_chats=4)
        fake.put("persons", person=operator, kind="operator", name=name)


def came(fake: FakeAnalytics, number: int, at: datetime, **more: Any) -> str:
    """A visitor with one visit of two pages."""
    visitor, visit = uuid(number, kind=1), uuid(number, kind=2)
    given = {"name": None, "email": None, "address": f"192.0.2.{number % 250}", **more}
    fake.put("visitors", visitor=visitor, first_seen=at, last_seen=at + 5 * MINUTE, visits=1, last_visit=visit,
             device="desktop", browser="Firefox")  # fmt: skip
    fake.put("persons", person=visitor, kind="visitor", changed_at=at, **given)
    fake.put("visits", visit=visit, visitor=visitor, ordinal=1, started_at=at, left_at=at + 5 * MINUTE,
             ended_at=at + 6 * MINUTE, seconds=300.0, pages=2, device="desktop", browser="Firefox")  # fmt: skip
    for page, title in enumerate(("Home", "Cart")):
        fake.put("page_views", page_view=uuid(2 * number + page, kind=3), visit=visit, visitor=visitor,
                 ts=at + page * MINUTE, number=page + 1, address=f"https://shop.test/{page}", title=title)  # fmt: skip
    return visitor


def asked(
    fake: FakeAnalytics,
    number: int,
    at: datetime,
    *,
    outcome: str = "answered",
    seconds: float = 20.0,
    department: str = SUPPORT,
    operator: str = ANN,
    conversation: str | None = None,
) -> str:
    """A chat of a visitor's, from asking to its end five minutes after the wait."""
    conversation, visitor = conversation or uuid(number, kind=4), uuid(number, kind=1)
    ended, answered = at + timedelta(seconds=seconds), outcome == "answered"
    taken: dict[str, Any] = {
        "accepted_at": ended, "operator": operator, "first_response_at": ended + timedelta(seconds=4),
        "first_response_s": 4.0, "duration_s": 300.0,
    }  # fmt: skip
    fake.put(
        "conversations", conversation=conversation, visitor=visitor, department=department, mode="text", asked_at=at,
        ended_at=ended + 5 * MINUTE if answered else ended, outcome=outcome,
        state={"answered": "ended", "abandoned": "abandoned"}.get(outcome, "left"), **(taken if answered else {}),
    )  # fmt: skip
    wait = {"conversation": conversation, "visitor": visitor, "department": department}
    fake.put("waits", **wait, asked_at=at, ended_at=ended, seconds=seconds, outcome=outcome)
    offer = "accepted" if answered else "left"
    fake.put("offers", conversation=conversation, department=department, operator=operator, policy="broadcast",
             reason="asked", made_at=at, ended_at=ended, seconds=seconds, outcome=offer)  # fmt: skip
    if outcome == "left-message":
        fake.put("left_messages", **wait, ts=ended, waited=True)
    return conversation


def available(fake: FakeAnalytics, operator: str, start: datetime, stop: datetime) -> None:
    """A time in which an operator was available."""
    fake.put("operator_presence", operator=operator, state="available", began_at=start, ended_at=stop,
             seconds=(stop - start).total_seconds())  # fmt: skip
