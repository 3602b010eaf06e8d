"""What is said in the bench, when, and how it is counted; and the spoken order of a phase."""

import asyncio
import time

import pytest

from bench.delivery.party import Party
from bench.delivery.talk import FILLER, Author, Key, Ledger, Phase, doubled, lost, read, schedule, write


def test_a_message_carries_its_phase_its_number_and_its_moment() -> None:
    assert read(write("load", 12, 345)) == ("load", 12, 345)
    for foreign in ("hello", "bench", "bench load 1", "bench load x 3 y", f"other load 1 2 {FILLER}"):
        assert read(foreign) is None


def a_phase(**changes: float) -> Phase:
    return Phase(name="load", start=100.0, seconds=changes.get("seconds", 12.0), period=changes.get("period", 1.0))


def test_a_schedule_has_one_message_in_each_period_and_is_the_same_each_time() -> None:
    moments = list(schedule(a_phase(), "visitor", "c1"))
    assert [int(at) for at in moments] == list(range(100, 112))
    assert moments == list(schedule(a_phase(), "visitor", "c1"))
    assert moments != list(schedule(a_phase(), "operator", "c1"))
    assert moments != list(schedule(a_phase(), "visitor", "c2"))


def test_a_visitor_stays_within_the_house_s_rate() -> None:
    moments = list(schedule(a_phase(seconds=60, period=1), "visitor", "c1"))
    assert max(sum(at <= other < at + 10 for other in moments) for at in moments) <= 20


def ledgers() -> tuple[Ledger, Ledger]:
    """Two parties; the visitor has sent 1 and 2."""
    visitor, operator = Ledger(me="visitor"), Ledger(me="operator")
    visitor.sent += [visitor.key("load", "c", number) for number in (1, 2)]
    for number in (1, 2):
        for party in (visitor, operator):
            party.see("c", "visitor", write("load", number, 1_000_000), 3_500_000)
    return visitor, operator


def test_what_came_once_on_both_sides_is_in_order() -> None:
    both = ledgers()
    assert (lost(both), doubled(both)) == (set(), set())


def test_delays_are_from_the_other_side_and_echoes_from_ourselves() -> None:
    visitor, operator = ledgers()
    assert (visitor.delays, visitor.echoes) == ({}, {"load": [2.5, 2.5]})
    assert (operator.delays, operator.echoes) == ({"load": [2.5, 2.5]}, {})


@pytest.mark.parametrize("side", [0, 1])
def test_what_one_side_did_not_see_is_lost_and_what_it_saw_twice_is_doubled(side: int) -> None:
    both = ledgers()
    del both[side].seen[Key("load", "c", "visitor", 1)]
    both[side].see("c", "visitor", write("load", 2, 0), 1)
    assert lost(both) == {Key("load", "c", "visitor", 1)}
    assert doubled(both) == {Key("load", "c", "visitor", 2)}


def test_what_others_write_is_not_counted() -> None:
    ledger = Ledger(me="visitor")
    assert ledger.see("c", "operator", "Hello", 1) is None
    assert not ledger.seen


class Wired(Party):
    """A party whose words reach the other one at once."""

    def __init__(self, me: Author) -> None:
        super().__init__(me)
        self.other: Wired

    def conversations(self) -> list[str]:
        return ["a", "b"]

    def send(self, conversation: str, text: str) -> None:
        for party in (self, self.other):
            party.see(conversation, self.ledger.me, text, time.monotonic_ns())


def talked(phase: Phase) -> tuple[Ledger, Ledger]:
    async def play() -> tuple[Ledger, Ledger]:
        one, other = Wired("visitor"), Wired("operator")
        one.other, other.other = other, one
        await asyncio.gather(one.talk(phase), other.talk(phase))
        return one.ledger, other.ledger

    return asyncio.run(play())


def test_in_a_steady_phase_both_write_on_their_own_and_nothing_is_left_out() -> None:
    phase = Phase(name="load", start=time.monotonic(), seconds=0.4, period=0.1)
    both = talked(phase)
    assert [len(ledger.sent) for ledger in both] == [8, 8]
    assert (lost(both), doubled(both)) == (set(), set())
    assert all(len(ledger.late) == 8 and min(ledger.late) >= 0 for ledger in both)


def test_in_a_ping_pong_each_answers_the_other_after_a_pause() -> None:
    phase = Phase(name="quiet", start=time.monotonic(), seconds=0.5, period=0.1, ping_pong=True)
    visitor, operator = talked(phase)
    for conversation in ("a", "b"):
        turns = [sum(key.conversation == conversation for key in ledger.sent) for ledger in (visitor, operator)]
        assert turns[0] - turns[1] in (0, 1)
        assert 3 <= sum(turns) <= 5
    assert lost((visitor, operator)) == set()
