"""How a log names a moment that a view could not take: which one it was, and nothing of what somebody wrote."""

from datetime import UTC, datetime

from engine.events import Asking, ConversationId, DepartmentId, HelpAsked, SiteId, Tick, VisitorId
from engine.streams.machinery.pipeline import named

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_an_event_has_its_kind_subject_and_time_and_no_words() -> None:
    asked = HelpAsked(
        at=AT, conversation=ConversationId("c-1"), number=1, visitor=VisitorId("v"),
        site=SiteId("s"), department=DepartmentId("d"), personal=Asking(name="Vera of the Tents", words="It leaks"),
    )  # fmt: skip
    assert named(asked) == "a HelpAsked of c-1 at 2026-03-01T09:00:00+00:00"


def test_what_is_of_nobody_is_the_houses() -> None:
    assert named(Tick(at=AT)) == "a Tick of the house at 2026-03-01T09:00:00+00:00"
    assert named(None) == "an onlooker"
