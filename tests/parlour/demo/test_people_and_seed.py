import asyncio
import stat
from pathlib import Path

import msgspec
import pytest

from engine.commands import SetPart
from engine.events.parts import Department, Site
from parlour.data_dir import CannotStart
from parlour.demo.people import DEPARTMENTS, Cast, load_or_draw
from parlour.demo.run import for_people, ready_line
from parlour.demo.seed import seed
from parlour.keys import analyst_key
from parlour.options import DemoOptions
from tests.parlour.house_door import HouseDoor

SHOP = "http://localhost:8703"


def test_the_cast_is_drawn_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    cast = load_or_draw(tmp_path)
    assert load_or_draw(tmp_path) == cast
    assert stat.S_IMODE((tmp_path / "demo.json").stat().st_mode) == 0o600
    assert len({person.password for person in cast.people}) == len(cast.people)


def test_another_folder_has_other_secrets(tmp_path: Path) -> None:
    casts = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        casts.append(load_or_draw(tmp_path / name))
    assert casts[0].site_key != casts[1].site_key
    assert casts[0].people[0].password != casts[1].people[0].password


def test_the_cast_is_as_its_users_expect(tmp_path: Path) -> None:
    people = load_or_draw(tmp_path).people
    assert all(DEPARTMENTS[0] in person.departments and person.role == "operator" for person in people[:2])
    assert any(DEPARTMENTS[1] in person.departments and person.role == "operator" for person in people[2:])
    assert [person.role for person in people].count("administrator") == 1


def test_a_house_that_is_not_a_demo_s_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    with pytest.raises(CannotStart, match="not a demo's"):
        load_or_draw(tmp_path)
    (tmp_path / "demo.json").write_text("{}")
    with pytest.raises(CannotStart, match=r"demo\.json cannot be read"):
        load_or_draw(tmp_path)


def seeded(house: HouseDoor, cast: Cast, shop: str = SHOP) -> HouseDoor:
    house.asked.clear()
    asyncio.run(seed(house.door, cast, shop_origin=shop))
    return house


def test_everything_is_seeded_once(tmp_path: Path) -> None:
    cast, house = load_or_draw(tmp_path), HouseDoor()
    seeded(house, cast)
    set_parts = [asked.part for asked in house.asked if isinstance(asked, SetPart)]
    assert isinstance(set_parts[0], Site)
    assert [part.name for part in set_parts if isinstance(part, Department)] == list(DEPARTMENTS)
    assert [asked[0] for asked in house.asked if isinstance(asked, tuple)] == [p.login for p in cast.people]
    assert house.operators["bob"].more == ("Support", "Sales")
    assert seeded(house, cast).asked == []


def test_a_seeding_that_was_broken_off_is_completed(tmp_path: Path) -> None:
    cast, house = load_or_draw(tmp_path), HouseDoor()
    seeded(house, cast)
    del house.operators["bob"], house.departments["Sales"]
    seeded(house, cast)
    assert set(house.operators) == {p.login for p in cast.people}
    assert set(house.departments) == set(DEPARTMENTS)


def test_a_shop_that_moved_may_embed_from_its_new_place_too(tmp_path: Path) -> None:
    cast, house = load_or_draw(tmp_path), seeded(HouseDoor(), load_or_draw(tmp_path))
    (change,) = seeded(house, cast, "http://localhost:9003").asked
    assert isinstance(change, SetPart)
    assert isinstance(change.part, Site)
    assert change.part.origins == (SHOP, "http://localhost:9003")
    assert change.rests_on == 1


def test_the_ready_line_says_what_a_program_needs(tmp_path: Path) -> None:
    cast = load_or_draw(tmp_path)
    line = msgspec.json.decode(msgspec.json.encode(ready_line(DemoOptions(port=9000, data_dir=tmp_path), cast)))
    assert line["ready"] is True
    assert line["site"] == "http://localhost:9003/"
    assert line["dashboard"] == "http://127.0.0.1:9001/app"
    assert line["analyst"] == {"url": "http://127.0.0.1:9002", "token": analyst_key(tmp_path)}
    assert set(line["operators"][0]) == {"login", "password", "name", "role", "departments"}


def test_people_read_one_login_to_begin_with_and_the_others_below_it(tmp_path: Path) -> None:
    cast, options = load_or_draw(tmp_path), DemoOptions(data_dir=tmp_path)
    first, *others = cast.people
    lines = for_people(options, cast).splitlines()
    (begin,) = [line for line in lines if line.startswith("To begin with: ")]
    assert f"sign in as {first.login}, password {first.password}," in begin
    below = "\n".join(lines[lines.index(begin) + 1 :])
    assert first.password not in below
    assert all(f"{one.login} " in below and one.password in below for one in others)
