"""The rule of who may read a conversation, over stories of conversations; and callers whose rights change meanwhile."""

import asyncio
from typing import Any, cast

import pytest
from immutables import Map
from msgspec.structs import replace
from reactivex import Subject

from engine.accounts import Accounts
from engine.door.answers import Person
from engine.door.callers import Callers
from engine.door.interface import DoorError
from engine.door.rights import SessionCaller, may_read
from engine.events import DepartmentId, OperatorId, Role
from engine.events.parts import Operator
from engine.streams.folds import directory
from engine.streams.folds.directory import Directory
from tests.engine.door.doors import Seen
from tests.engine.story import Guest, Story


def person(name: str, *departments: str, role: Role = "operator") -> Person:
    serves = tuple(DepartmentId(one) for one in departments)
    return Person(login_session="s", operator=OperatorId(name), login=name, name=name, role=role, departments=serves)


def of_support(story: Story) -> Guest:
    return story.visitor("vera").asks("Support")


ANN = person("Ann", "Sales")


@pytest.mark.parametrize(
    ("reader", "may"),
    [
        (person("Ann", "Support"), True),
        (ANN, False),
        (person("Ann"), False),
        (person("Ann", role="supervisor"), True),
        (person("Ann", role="administrator"), True),
        (person("Ann", "Support", role="analyst"), False),
    ],
)
def test_a_department_reads_its_own_and_who_supervises_every_one(story: Story, reader: Person, *, may: bool) -> None:
    of_support(story)
    assert may_read(reader, story.events) is may


def test_who_was_asked_may_read_whatever_their_department(story: Story) -> None:
    vera = of_support(story).rings_at("Bob")
    assert not may_read(ANN, story.events)
    vera.rings_also_at("Ann")
    assert may_read(ANN, story.events)


def test_who_was_offered_it_from_the_queue_may_read(story: Story) -> None:
    of_support(story).is_queued().is_offered_to("Ann").is_not_answered_by("Ann")
    assert may_read(ANN, story.events)


def test_who_served_it_may_read_when_another_serves_and_when_it_is_over(story: Story) -> None:
    vera = of_support(story).rings_at("Bob").is_accepted_by("Ann", how="by-hand")
    assert may_read(ANN, story.events)
    vera.is_queued("operator-lost", by="Ann").is_accepted_by("Bob").is_ended_by("Bob")
    assert may_read(ANN, story.events)


def test_who_invited_may_read(story: Story) -> None:
    story.visitor("vera").is_invited_by("Ann", "Hello")
    assert may_read(ANN, story.events)
    assert not may_read(person("Cid", "Sales"), story.events)


def test_it_is_of_the_department_it_went_to_last(story: Story) -> None:
    of_support(story).leaves_message(department="Sales")
    assert may_read(ANN, story.events)
    assert not may_read(person("Cid", "Support"), story.events)


# --- callers ---------------------------------------------------------------------------------------------------------


class House:
    """A directory that changes under an operator who is signed in."""

    def __init__(self) -> None:
        ann = Operator(id=OperatorId("Ann"), role="operator", departments=(DepartmentId("Support"),))
        self.names = replace(directory.EMPTY, operators=Map({ann.id: ann}))
        self.changes: Subject[Directory] = Subject()
        self.callers = Callers(cast(Accounts, None), lambda: self.names, self.changes)
        self.seen = Seen(self.callers.changes(SessionCaller(session="secret", person=person("Ann", "Support"))))

    def operators(self, operators: Map[OperatorId, Operator]) -> None:
        self.names = replace(self.names, operators=operators)
        self.changes.on_next(self.names)

    @property
    def reasons(self) -> list[Any]:
        return [getattr(error, "reason", error) for error in self.seen.errors]


def test_a_caller_is_told_anew_with_another_role_and_over_when_removed() -> None:
    house = House()
    ann = house.names.operators[OperatorId("Ann")]
    house.operators(house.names.operators.set(OperatorId("Bob"), replace(ann, id=OperatorId("Bob"))))
    assert house.seen.got == []
    house.operators(house.names.operators.set(ann.id, replace(ann, role="analyst")))
    assert [caller.person.role for caller in house.seen.got] == ["analyst"]
    house.operators(house.names.operators.delete(ann.id))
    assert house.reasons == ["signed-out"]


def test_a_caller_who_signed_out_is_over_and_another_session_is_not() -> None:
    house = House()
    house.callers.end("another's")
    assert house.reasons == []
    house.callers.end("secret")  # which is no public id
    assert house.reasons == []
    house.callers.end(person("Ann", "Support").login_session)
    assert house.reasons == ["signed-out"]


def test_nobody_has_an_unknown_session() -> None:
    class NoAccounts:
        async def who(self, _session: str, **_more: Any) -> None:
            return None

    callers = Callers(cast(Accounts, NoAccounts()), lambda: directory.EMPTY, Subject())
    with pytest.raises(DoorError, match="signed-out"):
        asyncio.run(callers.of("house", "guessed"))
