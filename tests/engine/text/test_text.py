"""Foreign text: what is taken, what is refused, and that spans never lose or make anything."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import (
    ADDRESS_LIMIT,
    MESSAGE_LIMIT,
    NAME_LIMIT,
    Span,
    TextRefused,
    clean,
    fit,
    required,
    spans,
    valid_email,
    web_address,
)

FSI, PDI, RLO, PDF, LRE, RLI = "\u2068", "\u2069", "\u202e", "\u202c", "\u202a", "\u2067"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
anything = st.text(st.characters(codec=None)) | st.text(st.sampled_from("ab \n\t@.:/" + BIDI))
linkish = st.lists(
    st.sampled_from(
        [
            "http://",
            "HTTPS://",
            "javascript:",
            "data:text/html,",
            "vbscript:",
            "mailto:",
            "www.",
            "//",
            "ftp://",
            "example.org",
            "a@b.de",
            "/path?x=1#y",
            " ",
            "\n",
            "\t",
            '"',
            "<b>",
            "\\",
            "\u202e",
            "\u2068",
            "\u200b",
            "\ud800",
            "\x00",
            "(",
            ")",
            ".",
            ",",
            "ü",
            "[::1]",
            ":80",
        ]
    ),
    max_size=12,
).map("".join)


def refusal(text: str, limit: int = 100, *, lines: bool = True) -> str | None:
    try:
        clean(text, limit, lines=lines)
    except TextRefused as refused:
        return refused.reason
    return None


# --- cleaning


def test_text_is_trimmed_and_its_line_ends_are_plain() -> None:
    assert clean("  one\r\n\ttwo \n ", 100, lines=True) == "one\n\ttwo"


def test_the_limit_counts_characters_and_is_told() -> None:
    assert clean("ü" * NAME_LIMIT + "  ", NAME_LIMIT, lines=False) == "ü" * NAME_LIMIT
    with pytest.raises(TextRefused) as refused:
        clean("👍" * (NAME_LIMIT + 1), NAME_LIMIT, lines=False)
    assert (refused.value.reason, refused.value.limit) == ("too-long", NAME_LIMIT)


@pytest.mark.parametrize("bad", ["a\ud800b", "a\x00b", "a\x1bb", "a\x7fb", "a\x9fb", "a\rb"])
def test_lone_surrogates_and_control_characters_are_refused(bad: str) -> None:
    assert refusal(bad, lines=True) == refusal(bad, lines=False) == "bad-text"


@pytest.mark.parametrize("broken", ["a\nb", "a\tb", "a\u2028b"])
def test_a_line_holds_no_line_break(broken: str) -> None:
    assert refusal(broken, lines=False) == "bad-text"
    assert refusal(broken, lines=True) is None


@pytest.mark.parametrize("blank", ["", " \n\t ", "\u200b\u200b", "\u3164", "\u2060 \u00a0", RLO + PDF])
def test_blank_text_is_empty_however_it_is_made(blank: str) -> None:
    assert clean(blank, 100, lines=True) == ""
    with pytest.raises(TextRefused, match="empty"):
        required(blank, 100, lines=True)


@given(anything, st.booleans())
def test_cleaned_text_has_no_control_characters_and_is_clean_already(text: str, lines: bool) -> None:
    try:
        cleaned = clean(text, 1_000, lines=lines)
    except TextRefused:
        return
    allowed = "\n\t" if lines else ""
    assert all(unicodedata.category(char) not in ("Cc", "Cs") or char in allowed for char in cleaned)
    assert clean(cleaned, 10_000, lines=lines) == cleaned


# --- bidi controls


def test_a_text_that_would_turn_around_what_follows_is_closed_and_isolated() -> None:
    assert clean(f"{RLO}gnp.exe", 100, lines=False) == f"{FSI}{RLO}gnp.exe{PDF}{PDI}"


def test_a_closer_that_would_break_out_of_the_isolate_is_dropped() -> None:
    assert clean(f"a{PDI}{PDI}b", 100, lines=False) == f"{FSI}ab{PDI}"
    assert clean(f"a{RLI}{LRE}b{PDI}c{PDF}", 100, lines=False) == f"{FSI}a{RLI}{LRE}b{PDF}{PDI}c{PDI}"


def test_each_line_is_isolated_by_itself_because_its_end_ends_isolates() -> None:
    assert clean(f"{RLO}a\nb", 100, lines=True) == f"{FSI}{RLO}a{PDF}{PDI}\nb"


def test_text_without_bidi_controls_stays_as_it_is() -> None:
    assert clean("שלום world", 100, lines=False) == "שלום world"


@given(st.text(st.sampled_from("ab\n" + BIDI), max_size=40))
def test_bidi_controls_are_balanced_on_every_line(text: str) -> None:
    for line in clean(text, 100, lines=True).split("\n"):
        awaited: list[str] = []
        for char in line:
            if char in "\u202a\u202b\u202d\u202e":
                awaited.append(PDF)
            elif char in "\u2066\u2067\u2068":
                awaited.append(PDI)
            elif char in (PDF, PDI):
                assert awaited.pop() == char
        assert not awaited
        assert not re.search(f"[{BIDI}]", line) or (line[0], line[-1]) == (FSI, PDI)


# --- what nobody typed


def test_an_overlong_title_is_cut_and_bad_characters_go() -> None:
    assert fit(f" A{RLO}\ud800 page\x00of\nmany ", 100) == "A page of many"
    assert fit("x" * 500, 300) == "x" * 300


@given(anything, st.integers(1, 50))
def test_what_fits_is_one_line_within_the_limit(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert len(fitted) <= limit
    assert clean(fitted, limit, lines=False) in ("", fitted)


# --- addresses


@pytest.mark.parametrize("good", ["a@b.de", "vera.o'neil+shop@mail.example.org", "ü@bücher.example"])
def test_an_email_address_is_known(good: str) -> None:
    assert valid_email(good)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a",
        "a@b",
        "a@@b.de",
        "a b@c.de",
        "a@b.de\nBcc: x@y.de",
        "A <a@b.de>",
        "a@b.de,c@d.de",
        "a@b.de\x00",
        f"a{RLO}@b.de",
        f"{'a' * 250}@b.de",
    ],
)
def test_what_is_no_email_address_is_not(bad: str) -> None:
    assert not valid_email(bad)


@pytest.mark.parametrize(
    "good", ["http://a", "HTTPS://Shop.test:8443/a%20b?c=d#e", "http://[::1]:80/", "http://bücher.example/ü"]
)
def test_web_addresses_are_links(good: str) -> None:
    assert web_address(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//http://a",
        "data:text/html,<b>",
        "vbscript:x",
        "ftp://a",
        "//a",
        "a.de",
        "http:",
        "http:///a",
        "http://a b",
        "http://a\n",
        " http://a",
        "http://a\\@b",
        "http://[::1",
        "http://a:99999999/",
        "http://a/\u202e",
        "http://a/\ud800",
        "http://a/" + "x" * ADDRESS_LIMIT,
    ],
)
def test_everything_else_is_no_link(bad: str) -> None:
    assert web_address(bad) is None


# --- spans


def test_links_and_addresses_are_cut_out_of_a_message() -> None:
    assert spans("See https://a.example/b_(c), www.b.org or mail me@c.org.") == (
        Span("See "),
        Span("https://a.example/b_(c)", "https://a.example/b_(c)"),
        Span(", "),
        Span("www.b.org", "https://www.b.org"),
        Span(" or mail "),
        Span("me@c.org", "mailto:me@c.org"),
        Span("."),
    )


def test_a_known_domain_needs_no_scheme() -> None:
    assert spans("example.com/a") == (Span("example.com/a", "https://example.com/a"),)
    assert spans("Thanks.It works in main.rs") == (Span("Thanks.It works in main.rs"),)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "ftp://example.org",
        "//example.org",
        "file:///etc/passwd",
        "",
    ],
)
def test_other_schemes_are_never_links(text: str) -> None:
    assert all(span.href is None for span in spans(text))


def test_a_text_under_a_bidi_override_has_no_link() -> None:
    assert all(span.href is None for span in spans(clean(f"{RLO}https://example.org/", 100, lines=True)))
    assert spans(f"{FSI}https://example.org{PDI}")[1] == Span("https://example.org", "https://example.org")


@given(anything | linkish)
def test_the_spans_joined_are_the_text_and_every_link_is_safe(text: str) -> None:
    cut = spans(text)
    assert "".join(span.text for span in cut) == text
    assert all(span.text for span in cut)
    for span in cut:
        if span.href is not None:
            assert re.match(r"(?i)https?://[^\s]+$|mailto:[^\s]+@[^\s]+$", span.href)
            assert not re.search(f"[\\s\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff{BIDI}]", span.href)


@pytest.mark.parametrize("run", ["a.", "a@", "www.", "http://", "a@b.", "http://a@", "(", "1.1.1.1 ", "a@b.de "])
def test_no_message_takes_long_to_cut(run: str) -> None:
    text = (run * MESSAGE_LIMIT)[:MESSAGE_LIMIT]
    began = time.perf_counter()
    assert "".join(span.text for span in spans(text)) == text
    assert time.perf_counter() - began < 0.5  # some 20 ms here; a slow machine is forgiven
