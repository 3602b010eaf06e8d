from pathlib import Path
from typing import Any

import pytest

from parlour.data_dir import CannotStart
from parlour.options import DemoOptions, Options, decode, encode, origin, read


def folder(tmp_path: Path, toml: str = "") -> str:
    (tmp_path / "parlour.toml").write_text(toml)
    return str(tmp_path)


def test_without_anything_said_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(Options, {}, {}) == Options(data_dir=tmp_path / "parlour-data", host="127.0.0.1", port=8700)
    demo = read(DemoOptions, {}, {})
    assert (demo.data_dir, demo.visitors, demo.robot) == (tmp_path / ".parlour-demo", 12, True)


def test_an_option_goes_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    environment = {"PARLOUR_DATA_DIR": folder(tmp_path, 'port = 1000\nhost = "h1"\n'), "PARLOUR_PORT": "2000"}
    assert read(Options, {}, {"PARLOUR_DATA_DIR": str(tmp_path)}).port == 1000
    assert read(Options, {"port": None}, environment).port == 2000
    assert read(Options, {"port": 3000}, environment).port == 3000
    assert read(Options, {"port": 3000}, environment).host == "h1"


def test_the_demo_s_own_options_come_from_the_same_places(tmp_path: Path) -> None:
    environment = {"PARLOUR_DATA_DIR": folder(tmp_path, "visitors = 3\nseed = 7\n"), "PARLOUR_ROBOT": "false"}
    demo = read(DemoOptions, {"visitors": 0}, environment)
    assert (demo.visitors, demo.seed, demo.robot) == (0, 7, False)


def test_what_analysts_set_in_the_environment_is_not_an_option(tmp_path: Path) -> None:
    read(Options, {"data_dir": str(tmp_path)}, {"PARLOUR_URL": "x", "PARLOUR_TOKEN": "y"})


@pytest.mark.parametrize(
    ("given", "environment", "toml", "says"),
    [
        ({"port": 0}, {}, "", "port: Expected `int` >= 1"),
        ({"port": 65_533}, {}, "", "port: Expected `int` <= 65532"),
        ({}, {"PARLOUR_PORT": "many"}, "", "port: Expected `int`"),
        ({}, {}, 'colour = "red"', "unknown field `colour`"),
        ({}, {}, "port = [1]", "parlour.toml: port"),
        ({}, {}, "port =", "parlour.toml cannot be read"),
        ({}, {}, 'data_dir = "x"', "take data_dir out"),
        ({"origins": ["help.example.org"]}, {}, "", "is not an origin"),
    ],
)
def test_a_bad_option_is_said_in_one_sentence(
    tmp_path: Path, given: dict[str, Any], environment: dict[str, str], toml: str, says: str
) -> None:
    with pytest.raises(CannotStart) as reason:
        read(Options, {"data_dir": folder(tmp_path, toml)} | given, environment)
    assert says in str(reason.value)
    assert "\n" not in str(reason.value)


@pytest.mark.parametrize(
    ("text", "as_kept"),
    [
        ("https://www.Example.org/", "https://www.example.org"),
        ("http://localhost:8703", "http://localhost:8703"),
        ("https://example.org:443", "https://example.org"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_origin_is_kept_as_browsers_say_it(text: str, as_kept: str) -> None:
    assert origin(text) == as_kept


@pytest.mark.parametrize(
    "text", ["", "example.org", "ftp://x", "https://", "https://x/shop", "https://x:99999", "https://me@x", "http://[x"]
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(CannotStart):
        origin(text)


def test_the_addresses_people_open() -> None:
    options = DemoOptions(port=9000)
    assert options.dashboard_url == "http://127.0.0.1:9001/app"
    assert options.shop_url == "http://localhost:9003"
    assert options.analytics_url == "http://127.0.0.1:9002"
    assert set(options.dashboard_origins) == {"http://127.0.0.1:9001", "http://localhost:9001"}
    assert Options(host="0.0.0.0").gateway_url == "http://127.0.0.1:8700"  # noqa: S104 - compared, not listened on
    assert Options(host="::1").gateway_url == "http://[::1]:8700"
    behind_a_proxy = Options(origins=("https://help.example.org",))
    assert behind_a_proxy.dashboard_url == "https://help.example.org/app"
    assert behind_a_proxy.dashboard_origins == ("https://help.example.org",)


def test_options_reach_a_child_as_they_are(tmp_path: Path) -> None:
    options = DemoOptions(data_dir=tmp_path, port=9000, visitors=3, origins=("https://x",))
    assert decode(encode(options)) == options
    assert decode(encode(Options(data_dir=tmp_path))).data_dir == tmp_path
