import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.wire.origins import NoOrigin, matches, near, normal

CASES = json.loads((Path(__file__).parents[2] / "widget" / "origins.json").read_text())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("  https://www.Example.ORG/ ", "https://www.example.org"),
        ("HTTPS://WWW.EXAMPLE.ORG", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:80/", "http://example.org"),
        ("http://example.org:443", "http://example.org:443"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("http://localhost:8703", "http://localhost:8703"),
        ("http://[::1]:80/", "http://[::1]"),
        ("http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080"),
        ("http://nas_box:8080", "http://nas_box:8080"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://MÜLLER.example:443/", "https://xn--mller-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),  # not strasse, which is another's
        ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://例え。テスト", "https://xn--r8jz45g.xn--zckzah"),
        ("https://правда.рф", "https://xn--80aafi6cg.xn--p1ai"),
        ("https://xn--mller-kva.example", "https://xn--mller-kva.example"),
    ],
)
def test_an_origin_is_kept_as_browsers_say_it(text: str, said: str) -> None:
    assert normal(text) == said
    assert normal(said) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://*.Example.org/", "https://*.example.org"),
        ("https://*.example.org:443", "https://*.example.org"),
        ("http://*.localhost:8080", "http://*.localhost:8080"),
        ("https://*.bücher.example", "https://*.xn--bcher-kva.example"),
        ("https://www.example.org", "https://www.example.org"),
    ],
)
def test_a_sites_origin_may_stand_for_all_below_a_name(text: str, said: str) -> None:
    assert normal(text, below=True) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "scheme is missing"),
        ("www.example.org", "scheme is missing"),
        ("//www.example.org", "scheme is missing"),
        ("ftp://x", "is not an origin like"),
        ("https://", "is not an origin like"),
        ("https:///x", "is not an origin"),
        ("https://x/shop", "without a path"),
        ("https://x?y", "without a path"),
        ("https://x/#y", "without a path"),
        ("https://x:99999", "is not an origin like"),
        ("https://x:0", "is not an origin like"),
        ("https://me@x", "is not an origin like"),
        ("http://[x", "is not an origin like"),
        ("http://[::g]", "is not an origin like"),
        ("https://a b", "is not an origin like"),
        ("https://a..b", "is not an origin like"),
        ("https://-a", "is not an origin like"),
        ("https://a'; script-src *", "is not an origin"),
        ("https://ü..example", "no name is written like that"),
        ("https://*", "is not an origin like"),
        ("https://*.org", "everybody's"),
        ("https://*.*.example.org", "is not an origin like"),
        ("https://www.*.example.org", "is not an origin like"),
        ("https://*.127.0.0.1", "nothing is below an address"),
        ("https://*.example.org/x", "without a path"),
    ],
)
def test_what_is_none_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NoOrigin, match=why):
        normal(text, below=True)


def test_where_it_must_be_one_it_stands_for_no_others() -> None:
    with pytest.raises(NoOrigin, match="here it must be one"):
        normal("https://*.example.org")


@pytest.mark.parametrize(("origin", "listed", "is_one"), CASES)
def test_an_origin_is_one_of_a_sites_as_the_browser_says(origin: str, listed: list[str], is_one: bool) -> None:
    assert matches(origin, listed) is is_one


@given(st.from_regex(r"[a-z0-9.-]{0,30}", fullmatch=True))
def test_only_what_ends_with_the_name_is_below_it(host: str) -> None:
    below = host.endswith(".example.org") and len(host) > len(".example.org")
    assert matches(f"https://{host}", ["https://*.example.org"]) is below


@pytest.mark.parametrize(
    ("origin", "listed", "meant"),
    [
        ("http://127.0.0.1:8080", ["http://localhost:8080"], "http://localhost:8080"),
        ("http://localhost:8080", ["https://a.test", "http://127.0.0.1:8080"], "http://127.0.0.1:8080"),
        ("http://[::1]:8080", ["http://localhost:9000", "http://localhost:8080"], "http://localhost:8080"),
        ("http://127.0.0.1:8080", ["http://localhost:9000"], "http://localhost:9000"),
        ("https://example.org", ["https://www.example.org"], "https://www.example.org"),
        ("https://www.example.org", ["https://example.org"], "https://example.org"),
        ("http://example.org", ["https://example.org"], "https://example.org"),
        ("https://example.org", ["https://*.example.org"], "https://*.example.org"),
        ("https://other.test", ["https://example.org"], None),
        ("https://notexample.org", ["https://example.org"], None),
        ("null", ["http://localhost"], None),
        ("https://x", [], None),
    ],
)
def test_the_one_that_was_meant_is_hinted_at(origin: str, listed: list[str], meant: str | None) -> None:
    assert near(origin, listed) == meant
