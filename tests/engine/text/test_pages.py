"""Addresses of pages as browsers have them: kept whatever is in them, and one page is one address."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import ADDRESS_LIMIT, page_address, web_address, whole_characters
from engine.text.pages import CLICK_IDS

SHOP = "https://shop.test"


# As `location.href` has them, or another server, a mail or an old page script; and as they are kept.
@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (f"{SHOP}/a?path=C:\\tea\\green", f"{SHOP}/a?path=C:%5Ctea%5Cgreen"),
        (f"{SHOP}/a\\b", f"{SHOP}/a%5Cb"),
        (f"{SHOP}/a?q=<b>&r=\"c\"&s='d'&t=`e`&u={{f}}|^g", f"{SHOP}/a?q=%3Cb%3E&r=%22c%22&s='d'&t=`e`&u={{f}}|^g"),
        (f"{SHOP}/a b\tc\nd", f"{SHOP}/a%20b%20c%20d"),
        (f"{SHOP}/%zz%E4?q=100%", f"{SHOP}/%zz%E4?q=100%"),
        (f"{SHOP}/\ud83c\udf75/\ud83c", f"{SHOP}//"),  # halves that are no pair in Python
        (f"{SHOP}/🍵?q=ü\u00a0ß\u202e", f"{SHOP}/🍵?q=ü%C2%A0ß"),
        ("http://my_shop.local:8080/", "http://my_shop.local:8080/"),
        ("http://a!b$c&d'(e)*+,;=~.test/", "http://a!b$c&d'(e)*+,;=~.test/"),
        ('http://a"b`{c}.test/', "http://a%22b`{c}.test/"),
        ("http://-a-.test./x", "http://-a-.test./x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
        ("http://bücher.example/", "http://bücher.example/"),
        ("http://vera:se@cret@shop.test/x", "http://shop.test/x"),
        ("HTTPS://Shop.test/X", "https://Shop.test/X"),
        ("https://shop.test?x", "https://shop.test?x"),
        (f" {SHOP}/a\u200f ", f"{SHOP}/a"),
        (f"{SHOP}/?", f"{SHOP}/"),
        (f"{SHOP}/a?b=1&&c", f"{SHOP}/a?b=1&&c"),
        (f"{SHOP}/a?next=http://x.test/?y=1", f"{SHOP}/a?next=http://x.test/?y=1"),
        (f"{SHOP}/a#/route?x=1", f"{SHOP}/a"),
        (f"{SHOP}/a#access_token=secret", f"{SHOP}/a"),
    ],
)
def test_what_a_browser_has_is_kept(told: str, kept: str) -> None:
    page = page_address(told)
    assert page == (kept, ())
    assert page_address(kept) == page


@pytest.mark.parametrize(
    "told",
    ["", "about:blank", "about:srcdoc", "javascript:alert(1)//https://shop.test", "file:///a", "data:text/html,x",
     "shop.test", "http://", "http:///a", "http://:80/", "http://vera@/", "https://a:99999/", "https://[::1/", "/a", "ftp://shop.test/"],
)  # fmt: skip
def test_what_is_no_web_address_is_no_page(told: str) -> None:
    assert page_address(told) is None


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (f"{SHOP}/#/cart", f"{SHOP}/#/cart"),
        (f"{SHOP}/?a=1#!/cart?b=2", f"{SHOP}/?a=1#!/cart?b=2"),
        (f"{SHOP}/#", f"{SHOP}/"),
        (f'{SHOP}/#/"\\', f"{SHOP}/#/%22%5C"),
        (f"{SHOP}/?utm_source=a#/cart?utm_term=b&c=1&gclid=d", f"{SHOP}/#/cart?c=1"),
    ],
)
def test_a_site_that_routes_by_fragments_has_them(told: str, kept: str) -> None:
    page = page_address(told, routes=True)
    assert page is not None
    assert page.address == kept


@pytest.mark.parametrize(
    ("query", "rest", "campaign"),
    [
        ("utm_source=letter", "", {"utm_source": "letter"}),
        ("utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e", "",
         {"utm_source": "a", "utm_medium": "b", "utm_campaign": "c", "utm_term": "d", "utm_content": "e"}),
        ("id=7&utm_source=x&lang=de", "id=7&lang=de", {"utm_source": "x"}),
        ("UTM_Source=X&Gclid=Y", "", {"utm_source": "X", "gclid": "Y"}),
        ("utm%5Fsource=x", "", {"utm_source": "x"}),
        ("utm_source=caf%C3%A9+au+lait%21", "", {"utm_source": "café au lait!"}),
        ("utm_source=%ff%00%E2%80%AE", "", {"utm_source": "\ufffd"}),
        ("utm_source=a&utm_source=b", "", {"utm_source": "a"}),
        ("utm_source=&utm_term", "", {}),
        ("utm_source=a&amp;utm_medium=b&amp;id=1", "amp;id=1", {"utm_source": "a", "utm_medium": "b"}),
        ("utm_id=42&utm_source_platform=p", "", {"utm_id": "42", "utm_source_platform": "p"}),
        ("gclid=1&gclsrc=aw.ds&gad_source=1&gad_campaignid=2", "",
         {"gclid": "1", "gclsrc": "aw.ds", "gad_source": "1", "gad_campaignid": "2"}),
        ("q=utm_source%3Dx&myutm_source=y&gclids=z", "q=utm_source%3Dx&myutm_source=y&gclids=z", {}),
        ("q=100%&utm_source=x", "q=100%", {"utm_source": "x"}),
        ("&utm_source=x&", "", {"utm_source": "x"}),
    ],
)  # fmt: skip
def test_a_campaign_stands_beside_the_page(query: str, rest: str, campaign: dict[str, str]) -> None:
    page = page_address(f"{SHOP}/tea?{query}")
    assert page is not None
    assert page.address == (f"{SHOP}/tea?{rest}" if rest else f"{SHOP}/tea")
    assert dict(page.campaign) == campaign


@pytest.mark.parametrize("name", CLICK_IDS)
def test_every_click_id_is_known(name: str) -> None:
    assert page_address(f"{SHOP}/?a=1&{name}=Cj0K-_.1") == (f"{SHOP}/?a=1", ((name, "Cj0K-_.1"),))


def test_a_campaign_has_an_end() -> None:
    many = page_address(f"{SHOP}/?" + "&".join(f"utm_{number}={'x' * 50}" for number in range(90)))
    assert many is not None
    assert many.address == f"{SHOP}/"
    assert len(many.campaign) == 20
    assert page_address(f"{SHOP}/?gclid={'x' * 900}") == (f"{SHOP}/", (("gclid", "x" * 500),))


@pytest.mark.parametrize("letter", ["%C3%BC", "%e2%82%ac", "%F0%9F%8D%B5", "x", "ü", "🍵"])
def test_a_long_one_is_cut_between_two_characters(letter: str) -> None:
    for before in range(13):
        start = f"{SHOP}/{'-' * before}"
        page = page_address(start + letter * ADDRESS_LIMIT)
        assert page is not None
        assert page.address == start + letter * ((ADDRESS_LIMIT - len(start)) // len(letter))


def test_what_a_campaign_adds_does_not_push_the_page_out() -> None:
    page = page_address(f"{SHOP}/?utm_content={'x' * 3_000}&id=7")
    assert page is not None
    assert page.address == f"{SHOP}/?id=7"


@given(st.text(st.characters(codec=None), max_size=60), st.booleans())
def test_whatever_comes_after_an_origin_is_a_page_that_is_a_link_and_stays_as_it_is(rest: str, routes: bool) -> None:
    page = page_address(f"{SHOP}/{rest}", routes=routes)
    assert page is not None
    assert web_address(page.address) == page.address
    again = page_address(page.address, routes=routes)
    assert again is not None
    assert again.address == page.address


# --- halves of characters in JSON


@given(
    st.recursive(st.text(st.characters(codec=None)), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner))
)
def test_a_json_text_without_halves_is_one_that_decoders_take(value: object) -> None:
    text = json.dumps(value)
    whole = whole_characters(text)
    assert msgspec.json.decode(whole) == _whole(value)
    assert whole_characters(whole) == whole


def _whole(value: object) -> object:
    if isinstance(value, str):
        paired = value.encode("utf-16-le", "surrogatepass")
        return paired.decode("utf-16-le", "ignore")
    if isinstance(value, dict):
        return {_whole(name): _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (r'"tea \ud83c"', '"tea "'),
        (r'"\udf75 tea"', '" tea"'),
        (r'"\ud83c\udf75"', r'"\ud83c\udf75"'),
        (r'"\uD83C\uD83C\uDF75"', r'"\uD83C\uDF75"'),
        (r'"C:\\ud83c"', r'"C:\\ud83c"'),
        (r'{"a\ud83c":[{"b":"\udf75\ud83c"}]}', '{"a":[{"b":""}]}'),
    ],
)
def test_halves_are_left_out_and_nothing_else(told: str, kept: str) -> None:
    assert whole_characters(told) == kept
