"""The story of a conversation: what happened, and each line below what caused it."""

import random
from typing import get_args

import pytest
from uuid_utils import uuid7

from engine.desk import Consequence
from engine.events import ConversationEvent, ConversationId, DepartmentId, EventId, OperatorId, Record
from engine.events.vocabulary import EVENTS
from engine.look.catalogue import catalogue
from engine.story import SAY, UNTOLD, Step, story
from engine.talk.told import TOLD
from tests.engine.desk import test_random_histories as days
from tests.engine.desk.play import Play, operator, visitor


class Told(Play):
    """A play whose events stand on records, as the core's do."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        super().__init__()
        inner = self.desk.handle

        def handle(*given: object) -> object:
            said = inner(*given)  # type: ignore[arg-type]
            if isinstance(said, list):
                self._keep(said)
            return said

        self.desk.handle = handle  # type: ignore[method-assign, assignment]

    def _keep(self, said: list[Consequence]) -> None:
        command, first = str(uuid7()), len(self.records)
        for event, cause in said:
            caused_by = command if cause is None else self.records[first + cause].id
            position, key = len(self.records) + 1, EventId(str(uuid7()))
            self.records.append(Record(position=position, id=key, cause=caused_by, event=event))

    def story(self, conversation: ConversationId) -> tuple[Step, ...]:
        """What the core reads: the conversation's records, and those that led to them."""
        found = {
            one.id: one
            for one in self.records
            if isinstance(one.event, ConversationEvent) and one.event.conversation == conversation
        }
        while missing := {one.cause for one in found.values()} - found.keys():
            more = {one.id: one for one in self.records if one.id in missing}
            if not more:
                break
            found |= more
        return story(conversation, found.values(), Names())


class Names:
    """Ids are names already."""

    def operator(self, one: OperatorId, /) -> str:
        return str(one)

    def department(self, one: DepartmentId, /) -> str:
        return str(one)


def text(step: Step) -> str:
    words = catalogue(part="dashboard")[step.key]
    for name, value in step.values.items():
        words = words.replace(f"{{{name}}}", value)
    return words


@pytest.fixture
def play() -> Told:
    return Told()


def lines(play: Told, conversation: ConversationId) -> list[str]:
    depths: list[int] = []
    told = play.story(conversation)
    for step in told:
        depths.append(0 if step.cause is None else depths[step.cause] + 1)
    return [f"{'  ' * depth}{text(step)}" for depth, step in zip(depths, told, strict=True)]


def test_it_says_who_queued_it_and_who_was_offered_it_and_did_not_answer(play: Told) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.queues("Ann", chat)
    play.operator("Bob")
    play.passes(31)
    play.accepts("Ann", chat)
    assert lines(play, chat) == [
        "asked Support for help",
        "  rings at Ann",
        "queued by Ann",
        "Bob became available",
        "  offered to Bob, who became available",
        "no answer from Bob",
        "taken from the queue by Ann",
    ]


def test_a_lost_operator_is_the_cause_of_waiting_at_the_head(play: Told) -> None:
    chat = play.chat("vera")
    play.operator("Bob")
    play.closes_tab("Ann")
    play.passes(61)
    assert lines(play, chat)[-3:] == [
        "the connection of Ann was lost",
        "  first in the queue: the connection of Ann was lost",
        "    offered to Bob, the next",
    ]


def test_of_other_chats_it_tells_nothing_but_that_an_operator_became_free(play: Told) -> None:
    play.operator("Ann", max_chats=1)
    other = play.chat("tom")
    play.writes(visitor("tom"), other, "A secret")
    chat = play.asks("vera")
    play.ends(operator("Ann"), other)
    assert lines(play, chat) == [
        "asked Support for help",
        "  queued: everybody is full",
        "another chat ended",
        "  offered to Ann, who became free",
    ]
    assert "A secret" not in str(play.story(chat))


def test_what_is_said_in_a_chat_is_no_part_of_its_story(play: Told) -> None:
    chat = play.chat("vera")
    play.writes(visitor("vera"), chat)
    play.sees(operator("Ann"), chat, 99)
    play.holds("Ann", chat)
    assert lines(play, chat)[-2:] == ["taken by Ann", "put on hold by Ann"]


def test_an_invitation_and_its_loss_are_told(play: Told) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.starts("vera", chat)
    play.leaves_site("vera")
    play.passes(61)
    assert lines(play, chat) == [
        "invited by Ann",
        "the visitor took the invitation",
        "  taken by Ann, who had invited",
        "the visitor is gone",
        "  over: the visitor’s connection was lost",
    ]


def test_every_event_of_a_conversation_has_words() -> None:
    conversational = {kind for kind in EVENTS if issubclass(kind, ConversationEvent)}
    words = catalogue(part="dashboard")
    for kind in conversational - set(get_args(UNTOLD)) - set(SAY):
        assert f"story.{TOLD[kind].what}" in words, kind


@pytest.mark.parametrize("seed", range(30))
def test_whatever_happens_each_line_has_words_and_comes_after_its_cause(seed: int) -> None:

    dice = random.Random(seed)
    play = days.begin(dice, Told())
    for _ in range(days.STEPS):
        days.step(play, dice)
    assert isinstance(play, Told)
    for conversation in {one.event.conversation for one in play.records if isinstance(one.event, ConversationEvent)}:
        for place, step in enumerate(play.story(conversation)):
            assert "{" not in text(step)
            assert step.cause is None or step.cause < place


def test_what_changed_with_an_operator_is_the_cause_of_what_follows(play: Told) -> None:
    play.operator("Ann")
    play.operator("Bob", on=False)
    chat = play.asks("vera")
    play.accepts("Ann", chat)
    play.changes_operator("Ann", disabled=True)
    assert lines(play, chat)[3:] == [
        "what is set for Ann was changed",
        "  Ann may not serve any more",
        "    first in the queue: Ann signed out",
    ]
    play.operator("Cid")
    play.accepts("Cid", chat)
    play.removes("Cid")
    assert "Cid was removed" in lines(play, chat)
