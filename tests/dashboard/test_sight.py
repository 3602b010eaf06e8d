"""What one browser is sent of a long table, and that it always has what it sees as it is now."""

import json
import random
from typing import Any

from dashboard.sight import SHORT, Sight, apart


def row(number: int, **more: Any) -> dict[str, Any]:
    """A row; the later the higher the number."""
    return {"id": f"v{number:05}", "turn": f"2026-01-01T{number:06}", "here": True, "name": f"No {number}", **more}


def place(number: int) -> dict[str, Any]:
    return {key: row(number)[key] for key in ("id", "turn", "here")}


def whole(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"all": rows}).encode()


def patch(*rows: dict[str, Any], gone: tuple[str, ...] = ()) -> bytes:
    return json.dumps({"set": rows, "gone": gone}).encode()


def take(sight: Sight, body: bytes) -> Any:
    said = sight.take(apart(body))
    return said and json.loads(said)


def look(sight: Sight, *ids: str) -> Any:
    said = sight.look(ids)
    return said and json.loads(said)


def long_table(count: int = 10) -> Sight:
    """A sight of which the first two rows are told, as nothing is known of what is seen."""
    sight = Sight(short=2)
    take(sight, whole(*map(row, range(count))))
    return sight


def test_a_short_table_is_sent_whole_and_every_change_of_it() -> None:
    sight = Sight()
    assert take(sight, whole(row(1), row(2))) == {"all": [row(1), row(2)]}
    assert take(sight, patch(row(3), row(1, name="Ann"))) == {"set": [row(1, name="Ann"), row(3)], "gone": []}
    assert take(sight, patch(gone=("v00003",))) == {"set": [], "gone": ["v00003"]}


def test_an_empty_table_is_said_to_be_empty() -> None:
    assert take(Sight(), whole()) == {"all": []}


def test_of_a_long_table_the_beginning_comes_whole_and_of_the_others_their_places() -> None:
    said = take(Sight(short=2), whole(row(3), row(2), row(1), row(4)))
    assert {one["id"]: one for one in said["all"]} == {
        "v00001": row(1), "v00002": row(2), "v00003": place(3), "v00004": place(4),
    }  # fmt: skip
    assert len(take(Sight(), whole(*map(row, range(SHORT + 1))))["all"]) == SHORT + 1


def test_what_is_looked_at_is_sent_once() -> None:
    sight = long_table()
    assert look(sight, "v00001", "v00005", "v00006", "v00005") == {"set": [row(5), row(6)], "gone": []}
    assert look(sight, "v00005", "v00006") is None
    assert look(sight, "v00005", "v00099") is None


def test_a_change_in_sight_is_sent_and_one_of_a_bare_place_is_not() -> None:
    sight = long_table()
    look(sight, "v00005")
    assert take(sight, patch(row(5, name="Ann"))) == {"set": [row(5, name="Ann")], "gone": []}
    assert take(sight, patch(row(7, name="Bob"))) is None
    assert look(sight, "v00007") == {"set": [row(7, name="Bob")], "gone": []}


def test_a_row_that_changes_out_of_sight_becomes_its_place_once() -> None:
    sight = long_table()
    look(sight, "v00005")
    assert take(sight, patch(row(1, name="Ann"))) == {"set": [place(1)], "gone": []}
    assert take(sight, patch(row(1, name="Bob"))) is None
    assert look(sight, "v00001") == {"set": [row(1, name="Bob")], "gone": []}


def test_who_comes_or_moves_out_of_sight_has_a_place() -> None:
    sight = long_table()
    assert take(sight, patch(row(11))) == {"set": [place(11)], "gone": []}
    moved = {"id": "v00011", "turn": "2026-01-02", "here": True}
    assert take(sight, patch({**row(11), **moved})) == {"set": [moved], "gone": []}


def test_who_goes_and_comes_again_is_new() -> None:
    sight = long_table()
    assert take(sight, patch(gone=("v00000",))) == {"set": [], "gone": ["v00000"]}
    assert take(sight, patch(row(0))) == {"set": [row(0)], "gone": []}  # in sight as before
    assert take(sight, patch(gone=("v00009",))) == {"set": [], "gone": ["v00009"]}
    assert take(sight, patch(row(9))) == {"set": [place(9)], "gone": []}


def test_a_table_that_becomes_short_is_sent_whole() -> None:
    sight = long_table(4)
    assert take(sight, patch(gone=("v00000", "v00002"))) == {"set": [row(3)], "gone": ["v00000", "v00002"]}


def test_a_new_picture_begins_with_what_is_seen() -> None:
    sight = long_table(5)
    look(sight, "v00003")
    said = take(sight, whole(*map(row, range(5))))
    assert said["all"][0] == row(3)
    assert sorted(one["id"] for one in said["all"] if "name" not in one) == ["v00000", "v00001", "v00002", "v00004"]


def test_who_wants_places_alone_gets_no_row() -> None:
    sight = Sight(short=0)
    assert take(sight, whole(row(1))) == {"all": [place(1)]}
    assert take(sight, patch(row(1, name="Ann"))) is None
    assert take(sight, patch(row(2))) == {"set": [place(2)], "gone": []}


def test_a_patch_is_taken_apart_once_for_all() -> None:
    body = patch(row(1))
    assert apart(body) is apart(bytes(bytearray(body)))


def test_whatever_happens_a_browser_has_what_it_sees_as_it_is_and_all_places() -> None:
    for seed in range(40):
        draw, now, has = random.Random(seed), dict[str, Any](), dict[str, Any]()
        sight, seen = Sight(short=3), tuple[str, ...]()

        def hear(said: Any) -> None:
            if said and "all" in said:
                has.clear()  # noqa: B023
            for one in (said or {}).get("all", (said or {}).get("set", ())):
                has[one["id"]] = one  # noqa: B023
            for key in (said or {}).get("gone", ()):
                has.pop(key, None)  # noqa: B023

        hear(take(sight, whole()))
        for step in range(60):
            if draw.random() < 0.3:
                seen = tuple(draw.sample(sorted(now), min(4, len(now))))
                hear(look(sight, *seen))
            elif draw.random() < 0.1:
                hear(take(sight, whole(*now.values())))
            else:
                rows = [row(draw.randrange(12), name=step) for _ in range(draw.randrange(3))]
                rows = list({one["id"]: one for one in rows}.values())
                gone = tuple(key for key in now if draw.random() < 0.1 and key not in {one["id"] for one in rows})
                now.update({one["id"]: one for one in rows})
                for key in gone:
                    del now[key]
                hear(take(sight, patch(*rows, gone=gone)))
            assert {key: one["turn"] for key, one in has.items()} == {key: one["turn"] for key, one in now.items()}
            assert all(has[key] == one for key, one in now.items() if "name" in has[key])  # no browser has what was
            assert all(has[key] == now[key] for key in seen if key in now)


def test_browsers_that_begin_in_different_moments_share_the_rows_that_are_alike() -> None:
    first = apart(whole(*map(row, range(300))))
    second = apart(whole(*(row(number, name="Ann") if number < 3 else row(number) for number in range(300))))
    assert len([key for key, one in second.rows.items() if first.rows[key] is one]) == 297
