"""Parts of the house: what may be set, on what a change rests, what holds a part, and what follows for who is there."""

import pytest

from engine.commands import Refused, RemovePart
from engine.desk.state import Mark
from engine.events import (
    DepartmentId,
    LiveHelpSwitched,
    OfferWithdrawn,
    OperatorGone,
    OperatorId,
    OperatorName,
    PartRemoved,
    PartSet,
    Queued,
    SiteId,
)
from engine.events.parts import Department, Operator, Site
from engine.talk import State
from tests.engine.desk.play import SHOP, Play, operator, refusal, replayed, visitor

SUPPORT, SALES = DepartmentId("Support"), DepartmentId("Sales")
ANN = OperatorId("Ann")


def ann(**fields: object) -> Operator:
    return Operator(**({"id": ANN, "role": "operator", "departments": (SUPPORT,)} | fields))  # type: ignore[arg-type]


# --- what may be set -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (Site(id=SiteId("blog"), key="blog", name=" ", origins=("http://blog.test",)), "empty"),
        (Site(id=SiteId("blog"), key="", name="Blog", origins=("http://blog.test",)), "empty"),
        (Site(id=SiteId("blog"), key="blog", name="Blog", origins=()), "empty"),
        (Site(id=SiteId("blog"), key="shop", name="Blog", origins=("http://blog.test",)), "exists"),
        (Site(id=SiteId("blog"), key="blog", name="SHOP", origins=("http://blog.test",)), "exists"),
        (Department(id=DepartmentId("more"), name=""), "empty"),
        (Department(id=DepartmentId("more"), name="sales"), "exists"),
        (ann(departments=(DepartmentId("Nowhere"),)), "unknown-department"),
        (ann(departments=(DepartmentId(SHOP),)), "unknown-department"),
        (ann(max_chats=0), "bad-value"),
    ],
)
def test_a_part_that_cannot_be_is_refused(play: Play, part: Site | Department | Operator, why: str) -> None:
    before = list(play.history)
    assert refusal(play.puts(part, name="Ann")) == why
    assert play.history == before


def test_an_operator_has_a_name_and_keeps_it_where_none_is_said(play: Play) -> None:
    assert refusal(play.puts(ann())) == "empty"
    assert refusal(play.puts(ann(), name=" ")) == "empty"
    play.puts(ann(), name="Ann")
    play.puts(ann(max_chats=2))
    assert (play.person("Ann").name, play.person("Ann").max_chats) == ("Ann", 2)
    play.puts(ann(max_chats=2), name="Anna")
    assert play.person("Ann").name == "Anna"
    assert [getattr(event, "personal", None) for event in play.said(PartSet)[-2:]] == [
        OperatorName(name="Ann"),
        OperatorName(name="Anna"),
    ]


def test_whose_name_was_erased_can_still_be_disabled(play: Play) -> None:
    play.operator("Ann")
    for event in play.said(PartSet):
        if isinstance(event, PartSet) and event.personal:
            play.history[play.history.index(event)] = PartSet(at=event.at, part=event.part)
    play.restarts()
    assert play.person("Ann").name == "–"
    assert not isinstance(play.changes_operator("Ann", disabled=True), Refused)


def test_one_that_is_named_twice_is_one_department(play: Play) -> None:
    play.puts(ann(departments=(SALES, SUPPORT, SALES)), name="Ann")
    assert play.person("Ann").departments == (SALES, SUPPORT)


def test_an_id_stays_of_one_kind(play: Play) -> None:
    assert refusal(play.puts(Department(id=DepartmentId(SHOP), name="Shop"))) == "exists"


# --- versions, and who did it ----------------------------------------------------------------------------------------


def test_what_is_so_already_changes_nothing_whatever_it_rests_on(play: Play) -> None:
    sales = Department(id=SALES, name="Sales")
    assert play.puts(sales, rests_on=0) == []
    assert play.puts(sales, rests_on=7) == []
    assert play.version(SALES) == 1


def test_a_change_rests_on_the_version_that_was_seen(play: Play) -> None:
    play.operator("Ann")
    trade = Department(id=SALES, name="Trade")
    assert play.puts(trade, rests_on=0) == Refused(reason="changed")  # by the house
    play.puts(trade, by="Ann")
    assert play.version(SALES) == 2
    late = Department(id=SALES, name="Commerce")
    assert play.puts(late, rests_on=1) == Refused(reason="changed", by="Ann")
    assert play.removes(SALES, rests_on=1) == Refused(reason="changed", by="Ann")
    assert not isinstance(play.puts(late, rests_on=2), Refused)


def test_who_changed_it_is_named_when_they_are_there_no_more(play: Play) -> None:
    play.operator("Ann")
    play.puts(Department(id=SALES, name="Trade"), by="Ann")
    play.removes("Ann")
    assert play.puts(Department(id=SALES, name="Commerce"), rests_on=1) == Refused(reason="changed", by="Ann")


def test_a_part_that_is_not_there_is_neither_changed_nor_removed(play: Play) -> None:
    assert refusal(play.puts(Department(id=DepartmentId("x"), name="X"), rests_on=1)) == "unknown-department"
    assert refusal(play.puts(ann(), name="Ann", rests_on=1)) == "unknown-operator"
    for kind, why in (("site", "site"), ("department", "department"), ("operator", "operator")):
        removal = RemovePart(part=kind, id=OperatorId("x"), rests_on=1)  # type: ignore[arg-type] # one of the three
        assert refusal(play.do(removal)) == f"unknown-{why}"
    assert refusal(play.do(RemovePart(part="site", id=SALES, rests_on=1))) == "unknown-site"


def test_settings_have_versions_too(play: Play) -> None:
    play.set("wrap_up", 5)
    play.set("wrap_up", 9)
    assert play.desk.state.marks == {"wrap_up": Mark(2, None)}


# --- removing --------------------------------------------------------------------------------------------------------


def test_a_department_in_use_says_by_what(play: Play) -> None:
    play.operator("Ann", "Sales")
    assert play.removes(SALES) == Refused(reason="in-use", detail="operators: Ann")
    chat = play.asks("vera", "Sales")
    play.changes_operator("Ann", departments=(SUPPORT,))
    assert play.removes(SALES) == Refused(reason="in-use", detail="open conversations: 1")
    play.cancels("vera", chat)
    play.leaves_message("vera", department="Sales")
    assert play.removes(SALES) == Refused(reason="in-use", detail="left messages: 1")


def test_a_department_that_is_removed_is_closed_to_everybody(play: Play) -> None:
    chat = play.asks("vera", "Sales")
    play.cancels("vera", chat)
    assert [type(event) for event in play.removes(SALES)] == [PartRemoved]  # type: ignore[union-attr] # done
    assert play.state(chat) is State.ABANDONED  # still here, with its visitor
    assert refusal(play.ask("tom", "Sales")) == "unknown-department"
    assert refusal(play.leaves_message("tom", department="Sales")) == "unknown-department"
    play.operator("Ann")
    assert refusal(play.invites("Ann", "vera", department="Sales")) == "unknown-department"
    assert refusal(play.changes_operator("Ann", departments=(SALES,))) == "unknown-department"
    assert not isinstance(play.puts(Department(id=DepartmentId("other"), name="Sales")), Refused)  # the name is free
    assert replayed(play.history).state == play.desk.state


def test_a_site_with_visitors_stays(play: Play) -> None:
    play.views("vera")
    assert play.removes(SHOP) == Refused(reason="in-use", detail="visitors on it: 1")
    play.leaves_site("vera")
    play.passes(61)
    assert not isinstance(play.removes(SHOP), Refused)
    assert refusal(play.views("vera")) == "unknown-site"


# --- who may serve ---------------------------------------------------------------------------------------------------


def test_who_is_disabled_is_gone_at_once_and_their_chats_wait_at_the_head(play: Play) -> None:
    play.operator("Ann")
    chat = play.chat("vera")
    play.operator("Bob", on=False)
    waits = play.asks("tom")
    play.queues("Ann", waits)
    play.changes_operator("Ann", disabled=True)
    (gone,) = play.said(OperatorGone)
    assert getattr(gone, "reason", None) == "disabled"
    assert play.line(SUPPORT) == [chat, waits]
    assert getattr(play.said(Queued)[-1], "reason", None) == "operator-left"
    assert play.rings_at(waits) == []
    assert (play.person("Ann").present, play.person("Ann").live_help) == (False, False)
    assert refusal(play.arrives("Ann")) == "forbidden"
    assert refusal(play.switches("Ann", on=True)) == "forbidden"
    play.switches("Bob", on=True)
    assert play.rings_at(chat) == ["Bob"]


def test_what_rang_at_who_is_disabled_rings_at_others(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    ring = play.asks("vera")
    play.changes_operator("Ann", disabled=True)
    assert play.rings_at(ring) == ["Bob"]
    play.changes_operator("Bob", disabled=True)
    assert play.state(ring) is State.QUEUED


def test_who_is_enabled_again_may_come_back(play: Play) -> None:
    play.operator("Ann")
    chat = play.chat("vera")
    play.changes_operator("Ann", disabled=True)
    play.changes_operator("Ann", disabled=False)
    assert play.said(OperatorGone)[1:] == []
    play.arrives("Ann")
    play.switches("Ann", on=True)
    assert play.rings_at(chat) == ["Ann"]


def test_disabling_who_is_not_there_says_no_more(play: Play) -> None:
    play.puts(ann(), name="Ann")
    said = play.changes_operator("Ann", disabled=True)
    assert [type(event) for event in said] == [PartSet]  # type: ignore[union-attr] # done


def test_who_is_removed_leaves_their_name_to_what_was(play: Play) -> None:
    play.operator("Ann")
    chat = play.chat("vera")
    play.ends(operator("Ann"), chat)
    held = play.chat("tom")
    play.removes("Ann")
    assert play.line(SUPPORT) == [held]
    assert play.desk.state.departments[SUPPORT].operators == []
    assert (play.person("Ann").name, play.person("Ann").serves) == ("Ann", False)
    assert refusal(play.arrives("Ann")) == "forbidden"
    assert not isinstance(play.sees(visitor("vera"), chat, 99), Refused)
    assert replayed(play.history).state == play.desk.state


def test_an_analyst_is_never_available(play: Play) -> None:
    play.puts(ann(role="analyst"), name="Ann")
    assert refusal(play.arrives("Ann")) == "forbidden"
    assert refusal(play.switches("Ann", on=True)) == "forbidden"
    chat = play.asks("vera")
    assert play.state(chat) is State.QUEUED


def test_who_becomes_an_analyst_leaves_their_chats(play: Play) -> None:
    chat = play.chat("vera")
    play.changes_operator("Ann", role="analyst")
    assert play.line(SUPPORT) == [chat]
    assert not play.person("Ann").present


# --- departments and maximum of who is there -------------------------------------------------------------------------


def test_rings_and_offers_of_departments_they_left_go_and_of_new_ones_come(play: Play) -> None:
    play.operator("Bob", "Sales", on=False)
    play.operator("Ann", "Support", max_chats=9)
    ring, waits = play.asks("vera", "Support"), play.asks("tom", "Sales")
    assert play.rings_at(ring) == ["Ann"]
    play.changes_operator("Ann", departments=(SALES,))
    assert getattr(play.said(OfferWithdrawn)[0], "reason", None) == "not-available"
    assert (play.state(ring), play.rings_at(ring)) == (State.QUEUED, [])
    assert play.rings_at(waits) == ["Ann"]
    assert play.said(LiveHelpSwitched)[1:] == []


def test_a_chat_goes_on_where_its_operator_serves_elsewhere(play: Play) -> None:
    chat = play.chat("vera")
    play.changes_operator("Ann", departments=(SALES,))
    assert play.state(chat) is State.ACTIVE
    assert not isinstance(play.writes(operator("Ann"), chat), Refused)


def test_a_higher_maximum_offers_what_waits(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.chat("vera")
    waits = play.asks("tom")
    assert play.rings_at(waits) == []
    play.changes_operator("Ann", max_chats=2)
    assert play.rings_at(waits) == ["Ann"]


def test_who_is_asked_last_comes_last(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob", "Sales")
    play.changes_operator("Bob", departments=(SALES, SUPPORT))
    assert play.desk.state.departments[SUPPORT].operators == ["Ann", "Bob"]
