import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import TypeVar

import pytest

from engine.commands import Refused, SetPart
from engine.story import Step
from parlour.administer import Declined, change_setting, check, list_settings, tell_story
from parlour.data_dir import CannotStart
from parlour.parts.departments import add_department, change_department, list_departments, remove_department
from parlour.parts.sites import add_site, change_site, list_sites, remove_site, site_secret
from parlour.parts.users import add_user, change_user, disable_user, enable_user, list_users, remove_user
from tests.parlour.house_door import HouseDoor

T = TypeVar("T")
GATEWAY = "http://127.0.0.1:8700"


def do(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


def with_departments() -> HouseDoor:
    house = HouseDoor()
    for name in ("Support", "Sales"):
        do(add_department(house.door, name, hidden=False))
    return house


def user(house: HouseDoor, login: str = "anna", *departments: str, length: int = 10) -> list[str]:
    return do(add_user(house.door, login, "x" * length, name="Anna", role="operator", departments=departments))


def test_a_user_serves_the_departments_named_or_else_all() -> None:
    house = with_departments()
    assert user(house) == ["Added Anna (operator), who signs in as “anna” and serves Support, Sales."]
    user(house, "bob", "sales")
    assert do(list_users(house.door)) == [
        "LOGIN  NAME  ROLE      DEPARTMENTS     CHATS  SIGN-IN",
        "anna   Anna  operator  Support, Sales         may",
        "bob    Anna  operator  Sales                  may",
    ]
    assert do(list_departments(house.door)) == [
        "NAME     SERVED BY   OPEN    VISITORS",
        "Support  Anna        always  may choose it",
        "Sales    Anna, Anna  always  may choose it",
    ]


def test_an_unknown_department_is_refused_and_adds_nobody() -> None:
    house = with_departments()
    with pytest.raises(Declined, match=r"no department “Repairs” \(there are: Support, Sales\)"):
        user(house, "anna", "Repairs")
    assert house.operators == {}


def test_what_the_house_refuses_is_said_with_its_limit() -> None:
    house = with_departments()
    user(house)
    with pytest.raises(Declined, match=r"There is one of that name already\."):
        user(house)
    with pytest.raises(Declined, match=r"That is too long: password: at most 200 characters\."):
        user(house, "bob", length=201)
    with pytest.raises(Declined, match=r"Refused \(forbidden\)\."):
        check(Refused(reason="forbidden"))


def test_a_site_is_added_with_its_tag_to_copy() -> None:
    house = HouseDoor()
    lines = do(add_site(house.door, "Shop", origins=["https://Shop.example/"], key='k"1', gateway=GATEWAY))
    assert lines[1] == '<script async src="http://127.0.0.1:8700/widget.js" data-site="k&quot;1"></script>'
    assert do(list_sites(house.door)) == ["KEY  NAME  ORIGINS", 'k"1  Shop  https://shop.example']


def test_a_site_without_a_key_gets_one_of_its_own() -> None:
    house = HouseDoor()
    for name in ("One", "Two"):
        do(add_site(house.door, name, origins=["https://shop.example"], key=None, gateway=GATEWAY))
    assert len(house.sites) == 2


def test_a_site_of_no_origin_is_bad_use() -> None:
    with pytest.raises(CannotStart):
        do(add_site(HouseDoor().door, "Shop", origins=["shop.example"], key=None, gateway=GATEWAY))


def test_a_setting_is_changed_and_an_unknown_one_names_those_there_are() -> None:
    house = HouseDoor()
    assert do(change_setting(house.door, "response_timeout", 5)) == ["response_timeout is 5."]
    listed = do(list_settings(house.door))
    assert listed[0].split() == ["SETTING", "VALUE"]
    assert "response_timeout    5" in listed
    with pytest.raises(Declined, match=r"no such setting: one of .*response_timeout.*\."):
        do(change_setting(house.door, "colour", 5))


def test_the_lists_of_an_empty_house_say_what_to_do_next() -> None:
    house = HouseDoor()
    for lines, says in (
        (list_users, "“parlour user add LOGIN --name NAME”"),
        (list_sites, "“parlour site add NAME --origin URL”"),
        (list_departments, "“parlour department add NAME”"),
    ):
        (said,) = do(lines(house.door))
        assert says in said


def test_of_a_department_only_what_is_named_changes() -> None:
    house = with_departments()
    do(change_department(house.door, "sales", hours="Mon-Tue 09:00-17:00", zone="UTC"))
    said = do(change_department(house.door, "Sales", new_name="Trade", takes_part=False))
    assert said == [
        "The department “Trade” is open Mon 09:00-17:00; Tue 09:00-17:00 (UTC), and takes no part in communication."
    ]
    assert do(change_department(house.door, "Trade", zone="Europe/Berlin", takes_part=True)) == [
        "The department “Trade” is open Mon 09:00-17:00; Tue 09:00-17:00 (Europe/Berlin)."
    ]
    assert do(list_departments(house.door))[2] == (
        "Trade    –          Mon 09:00-17:00; Tue 09:00-17:00 (Europe/Berlin)  may choose it"
    )
    assert do(change_department(house.door, "Trade", hours="always")) == ["The department “Trade” is open always."]


def test_a_time_zone_alone_and_an_unknown_department_change_nothing() -> None:
    house = with_departments()
    with pytest.raises(CannotStart, match="A time zone alone says no hours"):
        do(change_department(house.door, "Sales", zone="UTC"))
    with pytest.raises(Declined, match=r"no department “Repairs”"):
        do(change_department(house.door, "Repairs", new_name="Trade"))
    assert not any(isinstance(command, SetPart) and command.rests_on for command in house.asked)


def test_a_sites_secret_is_asked_for_by_its_name_or_key() -> None:
    house = HouseDoor()
    for name, key in (("Shop", "k1"), ("Blog", "k2"), ("Blog", "k3")):
        do(add_site(house.door, name, origins=["https://shop.example"], key=key, gateway=GATEWAY))
    assert do(site_secret(house.door, "shop")) == do(site_secret(house.door, "k1")) == ["the secret of Shop"]
    with pytest.raises(Declined, match=r"There is no site “Forum” \(there are: Shop, Blog, Blog\)"):
        do(site_secret(house.door, "Forum"))
    with pytest.raises(Declined, match=r"Several sites are called “Blog”"):
        do(site_secret(house.door, "Blog"))


def test_a_story_is_told_with_its_causes_indented() -> None:
    house, nine = HouseDoor(), datetime(2026, 3, 1, 9, 0, 5).astimezone()
    house.stories["c1"] = (
        Step(at=nine, key="story.queued.by-operator", values={"operator": "Anna"}),
        Step(at=nine + timedelta(seconds=2), key="story.offered.next", values={"operator": "Bob"}, cause=0),
        Step(at=nine + timedelta(days=1), key="story.timed-out", values={"operator": "Bob"}),
    )
    assert do(tell_story(house.door, "c1")) == [
        "2026-03-01",
        "09:00:05  queued by Anna",
        "09:00:07    offered to Bob, the next",
        "2026-03-02",
        "09:00:05  no answer from Bob",
    ]
    with pytest.raises(Declined, match=r"There is no conversation c2\."):
        do(tell_story(house.door, "c2"))


# --- changing, disabling, removing -----------------------------------------------------------------------------------


def test_of_a_user_only_what_is_named_changes() -> None:
    house = with_departments()
    user(house)
    assert do(change_user(house.door, "ANNA", departments=["sales"], max_chats=1)) == [
        "Anna (operator) serves Sales, at most 1 chat."
    ]
    assert do(change_user(house.door, "anna", name="Ann", role="supervisor", max_chats=3)) == [
        "Ann (supervisor) serves Sales, at most 3 chats."
    ]
    assert do(list_users(house.door))[1:] == ["anna   Ann   supervisor  Sales        at most 3 chats  may"]
    assert do(change_user(house.door, "anna", max_chats=0)) == ["Ann (supervisor) serves Sales."]
    with pytest.raises(Declined, match=r"There is no user “bob” \(there are: Ann\)\."):
        do(change_user(house.door, "bob", name="Bob"))


def test_a_user_is_disabled_enabled_and_removed() -> None:
    house = with_departments()
    user(house)
    assert do(disable_user(house.door, "anna")) == ["Anna is signed out and may not sign in."]
    assert do(list_users(house.door))[1:] == ["anna   Anna  operator  Support, Sales         disabled"]
    assert do(enable_user(house.door, "anna")) == ["Anna may sign in."]
    assert do(remove_user(house.door, "anna")) == ["Removed the user “Anna”."]
    assert "Nobody yet" in do(list_users(house.door))[0]


def test_of_two_users_of_one_name_a_login_names_one() -> None:
    house = with_departments()
    user(house, "berger")
    user(house, "ann")
    with pytest.raises(Declined, match=r"Several users are called “Anna”.*; a login names one for certain\."):
        do(disable_user(house.door, "Anna"))


def test_a_site_gets_another_name_and_other_origins() -> None:
    house = HouseDoor()
    do(add_site(house.door, "Shop", origins=["https://shop.example"], key="k1", gateway=GATEWAY))
    assert do(change_site(house.door, "shop", new_name="Store")) == [
        "The site “Store” may embed the widget from https://shop.example."
    ]
    do(change_site(house.door, "k1", origins=["https://a.example", "https://b.example/", "https://b.example"]))
    assert do(list_sites(house.door))[1:] == ["k1   Store  https://a.example https://b.example"]
    with pytest.raises(CannotStart):
        do(change_site(house.door, "k1", origins=["nowhere"]))
    do(change_site(house.door, "k1", more=["https://b.example", "HTTPS://*.Müller.example/"]))
    assert do(list_sites(house.door))[1:] == [
        "k1   Store  https://a.example https://b.example https://*.xn--mller-kva.example"
    ]
    do(change_site(house.door, "k1", origins=["https://c.example:443"], more=["http://d.example:80"]))
    assert do(list_sites(house.door))[1:] == ["k1   Store  https://c.example http://d.example"]
    for none, why in (("https://*.org", "everybody's"), ("http://[::1]:8080", "give it a name"), ("//x", "scheme")):
        with pytest.raises(CannotStart, match=why):
            do(change_site(house.door, "k1", more=[none]))
    assert do(remove_site(house.door, "Store")) == ["Removed the site “Store”."]


def test_a_removal_and_what_is_in_its_way_are_said() -> None:
    house = with_departments()
    assert do(remove_department(house.door, "Support")) == ["Removed the department “Support”."]
    with pytest.raises(Declined, match=r"It was changed in the meantime by Bob: look at it again\."):
        check(Refused(reason="changed", by="Bob"))
    with pytest.raises(Declined, match=r"by the command line: look at it again\."):
        check(Refused(reason="changed"))
    with pytest.raises(Declined, match=r"It is in use still: operators: Ann\."):
        check(Refused(reason="in-use", detail="operators: Ann"))
