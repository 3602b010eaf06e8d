from pathlib import Path
from typing import Any

import pytest

from parlour.data_dir import CannotStart
from parlour.options import DemoOptions, Options, decode, encode, origin, read

ANY = "0.0.0.0"  # noqa: S104 - compared, not listened on


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
        ({}, {}, 'colour = "red"', "There is no option colour for"),
        ({}, {}, "prot = 8800", "There is no option prot for"),
        ({}, {}, "prot = 8800", "parlour.toml; did you mean port?"),
        ({}, {}, "[serve]\nport = 8800", "There is no option serve for"),
        ({}, {}, 'origin = ["https://x"]', "did you mean origins?"),
        (
            {},
            {"PARLOUR_ORIGIN": "https://x"},
            "",
            "no option PARLOUR_ORIGIN in the environment; did you mean PARLOUR_ORIGINS?",
        ),
        ({}, {"PARLOUR_PROXYS": ""}, "", "did you mean PARLOUR_PROXIES?"),
        ({}, {"PARLOUR_TOKENS": "x"}, "", "did you mean PARLOUR_TOKEN?"),
        ({}, {"PARLOUR_QQQQQQQQ": "x"}, "", "There is no option PARLOUR_QQQQQQQQ in the environment."),
        ({"proxies": ["nginx"]}, {}, "", "“nginx” is not the address of a proxy"),
        ({}, {"PARLOUR_PROXIES": "127.0.0.1 10.0.0.0/40"}, "", "“10.0.0.0/40” is not the address of a proxy"),
        ({}, {}, 'proxies = "127.0.0.1"', "parlour.toml: proxies"),
        ({}, {}, "port = [1]", "parlour.toml: port"),
        ({}, {}, "port =", "parlour.toml cannot be read"),
        ({}, {}, 'data_dir = "x"', "take data_dir out"),
        ({"allowed_hosts": ["help.example.org/x"]}, {}, "", "“help.example.org/x” is not the name of a host"),
        ({}, {"PARLOUR_ALLOWED_HOSTS": "a.test *"}, "", "“*” is not the name of a host"),
        ({}, {}, 'allowed_host = ["x.test"]', "did you mean allowed_hosts?"),
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


@pytest.mark.parametrize("kind", [Options, DemoOptions])
def test_proxies_are_named_as_every_option_is(tmp_path: Path, kind: type[Options]) -> None:
    toml = folder(tmp_path, 'proxies = ["127.0.0.1"]\n')
    assert read(kind, {"data_dir": toml}, {}).proxies == ("127.0.0.1/32",)
    environment = {"PARLOUR_DATA_DIR": toml, "PARLOUR_PROXIES": "10.1.2.3/8, ::1 ::ffff:192.0.2.1"}
    assert read(kind, {}, environment).proxies == ("10.0.0.0/8", "::1/128", "192.0.2.1/32")
    assert read(kind, {"proxies": ["fd00::/8"]}, environment).proxies == ("fd00::/8",)


def test_what_a_demo_s_folder_says_for_the_demo_stops_nobody_who_looks_at_it(tmp_path: Path) -> None:
    environment = {"PARLOUR_DATA_DIR": folder(tmp_path, "visitors = 3\nport = 9000\n"), "PARLOUR_SEED": "7"}
    assert read(Options, {}, environment).port == 9000


@pytest.mark.parametrize("environment", [{"PARLOURX": "1"}, {"parlour_prot": "1"}, {"MY_PARLOUR_PROT": "1"}])
def test_other_names_in_the_environment_are_not_ours(tmp_path: Path, environment: dict[str, str]) -> None:
    read(Options, {"data_dir": str(tmp_path)}, environment)


@pytest.mark.parametrize(
    ("host", "gateway", "listens", "hosts"),
    [
        ("::", "http://[::1]:9000", ("::", ANY), ("::", ANY)),
        ("::1", "http://[::1]:9000", ("::1",), ("::1", "127.0.0.1")),
        ("fd00::7", "http://[fd00::7]:9000", ("fd00::7",), ("fd00::7", "127.0.0.1")),
        (ANY, "http://127.0.0.1:9000", (ANY,), (ANY,)),
        ("", "http://127.0.0.1:9000", ("",), ("",)),
        ("localhost", "http://localhost:9000", ("localhost",), ("localhost",)),
        ("192.0.2.7", "http://192.0.2.7:9000", ("192.0.2.7",), ("192.0.2.7", "127.0.0.1")),
    ],
)
def test_every_host_has_an_address_to_print_and_this_machine_gets_through(
    host: str, gateway: str, listens: tuple[str, ...], hosts: tuple[str, ...]
) -> None:
    options = DemoOptions(host=host, port=9000)
    assert (options.gateway_url, options.listens, options.hosts) == (gateway, listens, hosts)
    assert options.dashboard_url.removesuffix("/app") in options.dashboard_origins
    assert {"localhost", "::", ANY, ""} & set(options.shop_listens)


def test_the_addresses_people_open() -> None:
    options = DemoOptions(port=9000)
    assert options.dashboard_url == "http://127.0.0.1:9001/app"
    assert options.shop_url == "http://localhost:9003"
    assert options.analytics_url == "http://127.0.0.1:9002"
    assert set(options.dashboard_origins) == {"http://127.0.0.1:9001", "http://localhost:9001", "http://[::1]:9001"}
    assert Options(host="0.0.0.0").gateway_url == "http://127.0.0.1:8700"  # noqa: S104 - compared, not listened on
    assert Options(host="::1").gateway_url == "http://[::1]:8700"
    behind_a_proxy = Options(origins=("https://help.example.org",))
    assert behind_a_proxy.dashboard_url == "https://help.example.org/app"
    assert behind_a_proxy.dashboard_origins == ("https://help.example.org",)


def test_a_house_is_asked_under_its_own_names_and_those_it_is_told(tmp_path: Path) -> None:
    said = {
        "origins": ["https://desk.test:8443"],
        "host": "box.test",
        "allowed_hosts": ["https://Help.test/", "*.a.test"],
    }
    known = read(Options, {"data_dir": folder(tmp_path)} | said, {}).known_hosts
    asked = ["localhost:1", "[::1]", "box.test", "desk.test", "help.test:443", "b.a.test", "evil.test", "192.0.2.1"]
    assert [host for host in asked if not known.know(host)] == ["evil.test", "192.0.2.1"]
    for everywhere in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened on
        assert Options(host=everywhere).known_hosts.know("192.0.2.1")
        assert not Options(host=everywhere).known_hosts.know("evil.test")
    assert Options(host="192.0.2.1").known_hosts.know("192.0.2.1:8700")
    assert read(Options, {"data_dir": folder(tmp_path)}, {"PARLOUR_ALLOWED_HOSTS": "x.test, y.test"}).allowed_hosts == (
        "x.test",
        "y.test",
    )


def test_options_reach_a_child_as_they_are(tmp_path: Path) -> None:
    options = DemoOptions(data_dir=tmp_path, port=9000, visitors=3, origins=("https://x",))
    assert decode(encode(options)) == options
    assert decode(encode(Options(data_dir=tmp_path))).data_dir == tmp_path
