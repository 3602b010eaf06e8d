"""The facts of visitors, persons, operators and the house: which rows a story makes."""

import pytest

from engine.events import OperatorArrived, OperatorName, PartRemoved, PartSet
from engine.events.parts import Operator, Site
from engine.facts import departments, operator_presence, operators, persons, sites, visitors
from tests.engine.facts.folding import open_of, rows_of
from tests.engine.story import SHOP, Story


def test_each_event_tells_when_a_visitor_was_seen_and_a_visit_counts_itself() -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.is_lost()
    vera.goes()
    vera.comes(ordinal=2)
    rows = rows_of(visitors, story)
    assert [row.visits for row in rows] == [1, 0, 0, 2]
    assert [row.last_visit for row in rows] == ["vera-1", None, None, "vera-2"]
    assert [row.last_seen for row in rows] == sorted(row.last_seen for row in rows)


def test_what_is_personal_is_told_of_a_person() -> None:
    story = Story()
    story.operator("Otto")
    story.visitor("vera").asks(name="Vera").leaves_message(name="Vera V.")
    told = [(row.kind, row.person, row.name, row.email, row.address) for row in rows_of(persons, story)]
    assert told == [
        ("operator", "Otto", "Otto", None, None),
        ("visitor", "vera", None, None, "192.0.2.1"),
        ("visitor", "vera", "Vera", None, None),
        ("visitor", "vera", "Vera V.", "vera@example.org", None),
    ]


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("192.0.2.9", 0xC0000209),
        ("::ffff:192.0.2.9", 0xC0000209),
        ("::1", 0),
        ("2001:db8:0:2::5", 0x20010DB800000002 >> 1),
        ("ffff:ffff:ffff:ffff::", 2**63 - 1),
        ("fe80::1%eth0", 0xFE80 << 47),
        ("192.0.2", None),
        ("", None),
    ],
)
def test_an_address_has_a_number_that_a_column_can_hold(address: str, number: int | None) -> None:
    assert persons.address_number(address) == number


def spans(story: Story) -> list[tuple[str, int | None]]:
    rows = [*rows_of(operator_presence, story), *open_of(operator_presence, story)]
    return [(row.state, None if row.seconds is None else round(row.seconds)) for row in rows]


def test_an_operator_s_day_is_spans() -> None:
    story = Story()
    otto = story.operator("Otto")
    assert spans(story) == []
    otto.arrives()
    story.passes(10)
    otto.switches(on=True)
    story.passes(50)
    otto.closes_tab()  # the grace time is theirs
    story.passes(5)
    otto.returns()
    story.passes(5)
    otto.signs_out()
    otto.switches(on=False)  # what the desk makes of it
    story.passes(100)
    otto.arrives()
    assert spans(story) == [("not-available", 10), ("available", 60), ("gone", 100), ("not-available", None)]


def test_while_the_server_is_down_everybody_is_gone() -> None:
    story = Story()
    otto = story.operator("Otto", on=True)
    story.passes(60)
    vera = story.visitor("vera")  # the last that was heard
    story.passes(600)
    story.restarts()
    story.passes(30)
    otto.returns()
    vera.goes()
    assert spans(story)[1:] == [("available", 60), ("gone", 600), ("available", None)]


def test_who_was_gone_before_the_server_stays_so() -> None:
    story = Story()
    otto = story.operator("Otto", on=True)
    otto.signs_out()
    otto.switches(on=False)
    story.restarts()
    assert [state for state, _ in spans(story)] == ["not-available", "available", "gone"]


def test_arriving_twice_goes_on() -> None:
    story = Story()
    otto = story.operator("Otto")
    otto.arrives()
    story.happens(OperatorArrived, operator=otto.id)
    assert spans(story) == [("not-available", None)]


def test_the_house_stands_as_it_is_now() -> None:
    story = Story()
    story.operator("Otto", "Sales", max_chats=2)
    both = ("https://shop.test", "https://other.test")
    story.happens(PartSet, part=Site(id=SHOP, key="", name="The shop", origins=both))  # as old events have it
    story.happens(PartRemoved, part="site", id="nowhere")
    (site,) = open_of(sites, story)
    assert (site.key, site.name, len(site.origins)) == ("shop", "The shop", 2)
    assert sorted((one.place, one.name) for one in open_of(departments, story)) == [(1, "Support"), (2, "Sales")]
    (operator,) = open_of(operators, story)
    assert (operator.departments, operator.max_chats, operator.role) == (("Sales",), 2, "operator")
    assert rows_of(sites, story) == rows_of(operators, story) == []


def test_what_is_disabled_and_removed_stays_as_a_row() -> None:
    story = Story()
    otto = story.operator("Otto")
    disabled = Operator(id=otto.id, role="operator", departments=(), disabled=True)
    story.happens(PartSet, part=disabled, personal=OperatorName(name="Otto"))
    (operator,) = open_of(operators, story)
    assert (operator.disabled, operator.removed_at, operator.departments) == (True, None, ())
    for part, one in (("operator", otto.id), ("department", "Sales"), ("site", SHOP)):
        story.happens(PartRemoved, part=part, id=one)
    rows = [row for fact in (operators, departments, sites) for row in open_of(fact, story)]
    assert sorted(row.name for row in rows if hasattr(row, "name") and row.removed_at) == ["Sales", "Shop"]
    assert [row.removed_at is None for row in rows if hasattr(row, "operator")] == [False]
    story.department("Repairs")
    assert sorted((one.place, one.name) for one in open_of(departments, story)) == [
        (1, "Support"),
        (2, "Sales"),
        (3, "Repairs"),
    ]
