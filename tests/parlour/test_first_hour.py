"""The first hour of an owner, by real commands: Support is there, and what is said leads on, whatever comes first."""

from pathlib import Path

import pytest

from tests.parlour.test_serve import PASSWORD, parlour
from tests.parlour.whole import free_port, started

pytestmark = pytest.mark.slow


def user_add(data_dir: Path, *departments: str) -> tuple[int, str]:
    serves = [word for name in departments for word in ("--department", name)]
    return parlour(data_dir, "user", "add", "ann", "--name", "Ann", "--password-stdin", *serves, say=PASSWORD + "\n")


def test_support_is_there_before_the_one_time_address_was_opened(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", free_port()
    with started(data_dir, "serve", port) as parent:
        assert "/setup#" in parent.out
        assert parlour(data_dir, "department", "add", "Sales") == (0, "Added the department “Sales”.")
        assert user_add(data_dir, "Support") == (0, "Added Ann (operator), who signs in as “ann” and serves Support.")
        said = parlour(data_dir, "department", "add", "Support")
        assert said == (1, "There is one of that name already.")
        assert parent.end() == 0


@pytest.mark.parametrize(
    "first",
    [
        ("department", "add", "Sales"),
        ("site", "add", "Shop", "--origin", "https://shop.example"),
        ("set", "max_chats", "3"),
    ],
)
def test_support_is_there_in_a_fresh_folder_whichever_command_comes_first(
    tmp_path: Path, first: tuple[str, ...]
) -> None:
    data_dir = tmp_path / "data"
    assert parlour(data_dir, *first)[0] == 0
    assert user_add(data_dir, "Support") == (0, "Added Ann (operator), who signs in as “ann” and serves Support.")


def test_somebody_is_added_to_support_as_the_first_command_of_all(tmp_path: Path) -> None:
    code, said = user_add(tmp_path / "data", "Support")
    assert (code, said) == (0, "Added Ann (operator), who signs in as “ann” and serves Support.")


def test_support_that_was_removed_does_not_come_again(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    assert parlour(data_dir, "department", "add", "Sales")[0] == 0
    assert parlour(data_dir, "department", "remove", "Support")[0] == 0
    with started(data_dir, "serve", free_port()) as parent:
        assert "Support" not in parlour(data_dir, "department", "list")[1]
        assert parent.end() == 0
    assert "Support" not in parlour(data_dir, "department", "list")[1]
