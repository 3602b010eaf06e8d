"""How fast somebody may send, and that those who have sent are forgotten without a look at all of them each time."""

from widget.rate import FEW, Rate


def test_so_many_in_a_window_and_then_the_wait_is_told() -> None:
    rate = Rate(2, 10.0)
    assert [rate.wait("vera", at) for at in (0.0, 1.0, 2.0)] == [0, 0, 8]
    assert rate.wait("wim", 2.0) == 0
    assert rate.wait("vera", 10.0) == 0


def test_a_crowd_within_one_window_is_looked_through_seldom() -> None:
    rate, looks, known = Rate(2, 10.0), 0, 0
    for number in range(4 * FEW):
        rate.wait(str(number), 0.0)
        looks, known = looks + (id(rate._sent) != known), id(rate._sent)
    assert looks <= 4


def test_who_has_not_sent_for_a_window_is_forgotten() -> None:
    rate = Rate(2, 10.0)
    for number in range(10 * FEW):
        rate.wait(str(number), number * 0.01)  # a thousand in a window
    assert len(rate._sent) <= FEW + 1
