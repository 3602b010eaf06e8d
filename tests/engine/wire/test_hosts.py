"""Which names a Host header says, and which of them a house knows."""

import pytest

from engine.wire.hosts import Hosts, known_by, name_of
from engine.wire.origins import NoOrigin

V6 = "2001:db8::7"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("help.example.org", "help.example.org"),
        ("HELP.Example.ORG:8443", "help.example.org"),
        ("help.example.org.:443", "help.example.org"),
        (" localhost ", "localhost"),
        ("127.0.0.1:8700", "127.0.0.1"),
        (f"[{V6}]:8700", V6),
        ("[2001:DB8:0:0::7]", V6),
        ("[::ffff:127.0.0.1]:80", "127.0.0.1"),
        ("help.example.org:", "help.example.org"),
        ("xn--bcher-kva.test", "xn--bcher-kva.test"),
    ],
)
def test_the_name_in_a_host(host: str, name: str) -> None:
    assert name_of(host) == name


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8700",
        ".",
        "a b",
        "a@localhost",
        "localhost/x",
        "[::1",
        "[evil]",
        "::1",
        "a:b:c",
        "localhost:8700:1",
        "bücher.test",
    ],
)
def test_what_is_no_name(host: str) -> None:
    assert name_of(host) is None
    assert not Hosts(addresses=True).know(host)


def test_a_house_knows_this_machine_and_what_it_is_told() -> None:
    house = Hosts(["Help.Example.org:8443", "*.chat.test", f"[{V6}]"])
    known = ["localhost", "LOCALHOST.:8700", "127.0.0.1", "127.8.9.1:1", "[::1]:8700", "[::ffff:127.0.0.1]"]
    known += ["help.example.org", "help.example.org.:1", "a.chat.test", "a.b.chat.test", f"[{V6}]:5"]
    assert [host for host in known if not house.know(host)] == []
    foreign = [
        "evil.test",
        "help.example.org.evil.test",
        "example.org",
        "evilhelp.example.org",
        "chat.test",
        ".chat.test",
    ]
    foreign += [
        "localhost.evil.test",
        "evil-localhost",
        "192.0.2.7",
        "[2001:db8::8]",
        "127.0.0.1.evil.test",
        "2130706433",
    ]
    assert [host for host in foreign if house.know(host)] == []


def test_who_listens_on_all_addresses_takes_each_but_no_name() -> None:
    everywhere = Hosts(addresses=True)
    assert everywhere.know("192.0.2.7:8700")
    assert everywhere.know(f"[{V6}]:8700")
    assert not everywhere.know("evil.test")


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("help.example.org", "help.example.org", "help.example.org"),
        ("https://Help.example.org:8443/", "help.example.org", "help.example.org:8443"),
        ("*.example.org", "*.example.org", "a.example.org"),
        ("bücher.test", "xn--bcher-kva.test", "xn--bcher-kva.test:80"),
        (f"[{V6}]:80", V6, f"[{V6}]"),
    ],
)
def test_a_name_is_kept_as_browsers_say_it(text: str, name: str, asked: str) -> None:
    assert known_by(text) == name
    assert Hosts([known_by(text)]).know(asked)


@pytest.mark.parametrize("text", ["", "*", "*.org", "a/b", "a b", "https://x/y", "user@x"])
def test_what_names_no_host_is_refused(text: str) -> None:
    with pytest.raises(NoOrigin):
        known_by(text)
