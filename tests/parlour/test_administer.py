import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import pytest

from engine.commands import Refused
from parlour.administer import (
    Declined,
    add_department,
    add_site,
    add_user,
    change_setting,
    check,
    list_departments,
    list_settings,
    list_sites,
    list_users,
)
from parlour.data_dir import CannotStart
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
    assert do(list_users(house.door)) == ["anna  Anna  operator  Support, Sales", "bob   Anna  operator  Sales"]
    assert do(list_departments(house.door)) == ["Support  Anna", "Sales    Anna, Anna"]


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
    assert do(list_sites(house.door)) == ['k"1  Shop  https://shop.example']


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
    assert do(list_settings(house.door)) == ["response_timeout  5"]
    with pytest.raises(Declined, match=r"no such setting: one of response_timeout\."):
        do(change_setting(house.door, "colour", 5))


def test_an_empty_house_has_empty_lists() -> None:
    house = HouseDoor()
    assert [do(lines(house.door)) for lines in (list_users, list_sites, list_departments)] == [[], [], []]
