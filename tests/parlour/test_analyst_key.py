"""The analysts' key and address."""

import stat
from pathlib import Path

import pytest

from parlour.keys import analyst_key, door_key
from parlour.options import Options


def test_the_key_is_drawn_once_and_the_owner_s_alone(tmp_path: Path) -> None:
    key = analyst_key(tmp_path)
    assert analyst_key(tmp_path) == key != door_key(tmp_path)
    assert len(key) >= 32
    assert stat.S_IMODE((tmp_path / "analyst.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        ("127.0.0.1", ("127.0.0.1",)),
        ("localhost", ("localhost",)),
        ("0.0.0.0", ("0.0.0.0",)),  # noqa: S104 - an option, nothing listens
        ("192.0.2.7", ("192.0.2.7", "127.0.0.1")),
    ],
)
def test_this_machine_s_own_processes_get_through_whatever_the_host(host: str, hosts: tuple[str, ...]) -> None:
    assert Options(host=host).hosts == hosts
    assert Options(host=host, port=9000).analytics_url.endswith(":9002")
