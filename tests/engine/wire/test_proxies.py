import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from engine.wire.proxies import Comes, Proxies, network, plain

NGINX, CDN, VERA = "127.0.0.1", "203.0.113.9", "198.51.100.7"
NAMED = Proxies([NGINX, "203.0.113.0/28", "2001:db8:1::/48"])


def seen(*headers: tuple[str, str], peer: str = NGINX) -> Comes:
    told = HTTPHeaders()
    for name, value in headers:
        told.add(name, value)
    return NAMED.true_origin(peer, told)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (VERA, VERA),
        (f"{VERA}:49152", VERA),
        (f"{VERA} ,{CDN}", VERA),
        (f"10.0.0.1, {VERA}, {CDN}", VERA),  # what is left of the first stranger is the stranger's word
        (f"127.0.0.1, {VERA}", VERA),
        (f"{CDN}, 127.0.0.1", CDN),  # named ones alone: the first of them began
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:DB8::7]:443", "2001:db8::7"),
        ("2001:db8:1::9", "2001:db8:1::9"),
        (f"{VERA}, 2001:db8:1::9", VERA),
        (f"::ffff:{VERA}", VERA),
        (f"{VERA}, ::ffff:{CDN}", VERA),
        (f"{VERA}, unknown", NGINX),
        (f"{VERA}, unknown, {CDN}", CDN),
        ("", NGINX),
        (", ,", NGINX),
        ("<script>", NGINX),
        ("999.1.1.1", NGINX),
    ],
)
def test_the_first_from_the_right_who_is_no_named_proxy_is_the_one(value: str, address: str) -> None:
    assert seen(("X-Forwarded-For", value)).address == address


@pytest.mark.parametrize(
    ("value", "comes"),
    [
        (f"for={VERA}", Comes(VERA)),
        (f"for={VERA};proto=https;by={NGINX}", Comes(VERA, "https")),
        (f'For="{VERA}:4711"; Proto=HTTPS', Comes(VERA, "https")),
        ('for="[2001:db8::7]:4711";proto=http', Comes("2001:db8::7", "http")),
        (f"for={VERA};proto=https, for={CDN};proto=http", Comes(VERA, "https")),
        (f"for=10.0.0.1;proto=http, for={VERA};proto=https", Comes(VERA, "https")),
        ("for=_hidden;proto=https", Comes(NGINX, "https")),
        ("for=unknown", Comes(NGINX)),
        ("proto=https", Comes(NGINX, "https")),
        (f'for="10.0.0.1, for={VERA}', Comes(VERA)),  # a stranger's open quote
        (f'for="\\", for={VERA};host="a;b"', Comes(VERA)),
        ("=;;=,;", Comes(NGINX)),
    ],
)
def test_forwarded_is_read_alike(value: str, comes: Comes) -> None:
    assert seen(("Forwarded", value)) == comes


@pytest.mark.parametrize(
    ("addresses", "protocols", "protocol"),
    [
        (VERA, "https", "https"),
        (VERA, "HTTPS", "https"),
        (VERA, "ftp", None),
        (VERA, "", None),
        (f"{VERA}, {CDN}", "https, http", "https"),
        (f"10.0.0.1, {VERA}, {CDN}", "http, https, http", "https"),
        (f"{VERA}, {CDN}", "https", "https"),
        (VERA, "https, http", "http"),  # one more than there are addresses: the stranger's own
    ],
)
def test_the_scheme_is_the_one_that_the_same_proxy_saw(addresses: str, protocols: str, protocol: str | None) -> None:
    assert seen(("X-Forwarded-For", addresses), ("X-Forwarded-Proto", protocols)) == Comes(VERA, protocol)


def test_headers_that_come_more_than_once_are_one() -> None:
    assert seen(("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-For", VERA)).address == VERA
    assert seen(("Forwarded", "for=10.0.0.1"), ("Forwarded", f"for={VERA}")).address == VERA


def test_where_the_two_kinds_tell_different_addresses_neither_is_believed() -> None:
    both = ("X-Forwarded-For", VERA), ("X-Forwarded-Proto", "https")
    assert seen(*both, ("Forwarded", f"for={VERA};proto=https")) == Comes(VERA, "https")
    assert seen(*both, ("Forwarded", "for=10.0.0.1;proto=https")) == Comes(NGINX)


@pytest.mark.parametrize("peer", [VERA, "2001:db8:2::1", "203.0.113.16", f"::ffff:{VERA}", ""])
def test_nobody_else_is_believed(peer: str) -> None:
    lies = ("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=10.0.0.1"), ("X-Real-Ip", "10.0.0.1")
    assert seen(*lies, ("X-Forwarded-Proto", "https"), peer=peer) == Comes(plain(peer))


@pytest.mark.parametrize("peer", [NGINX, f"::ffff:{NGINX}", CDN, "2001:db8:1::5"])
def test_a_named_proxy_is_known_however_its_socket_shows_it(peer: str) -> None:
    assert seen(("X-Forwarded-For", VERA), peer=peer).address == VERA


def test_without_names_nobody_is_believed() -> None:
    assert Proxies().true_origin(NGINX, {"X-Forwarded-For": VERA}) == Comes(NGINX)


@given(st.text(max_size=40), st.sampled_from(["X-Forwarded-For", "Forwarded"]))
def test_whatever_a_stranger_wrote_before_it_changes_nothing(lie: str, kind: str) -> None:
    told = VERA if kind == "X-Forwarded-For" else f"for={VERA};proto=https"
    assert NAMED.true_origin(NGINX, {kind: f"{lie}, {told}"}).address == VERA


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("127.0.0.1", "127.0.0.1/32"),
        (" 10.1.2.3/8 ", "10.0.0.0/8"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("::ffff:10.0.0.1", "10.0.0.1/32"),
        ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("::/0", "::/0"),
    ],
)
def test_a_network_is_named_by_an_address_or_with_its_length(text: str, kept: str) -> None:
    assert str(network(text)) == kept


@pytest.mark.parametrize("text", ["", "nginx", "10.0.0.0/33", "10.0.0", "127.0.0.1:80", "*"])
def test_what_names_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        network(text)
