"""Links in texts of all scripts: `links.tsv` is what others' systems were tried with, `own_links.tsv` ours."""

import time
from pathlib import Path

import pytest

from engine.text import ADDRESS_LIMIT, MESSAGE_LIMIT, spans

ROOM = Path(__file__).parent
# A local part in another script cannot be told from the words before it, where these have no space.
NOT_FOUND = {"用户@例え.jp"}


def rows(name: str) -> list[tuple[str, list[str]]]:
    lines = (ROOM / name).read_text(encoding="utf-8").splitlines()
    cut = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, [one for one in links if one]) for text, *links in cut]


def links(text: str) -> list[str]:
    return [span.text for span in spans(text) if span.href is not None]


@pytest.mark.parametrize(("text", "expected"), [*rows("links.tsv"), *rows("own_links.tsv")])
def test_the_links_of_a_text_are_those_a_reader_sees(text: str, expected: list[str]) -> None:
    assert links(text) == [one for one in expected if one not in NOT_FOUND]


def test_all_that_is_expected_is_found_but_for_one() -> None:
    assert len(rows("links.tsv")) >= 50
    assert len(rows("own_links.tsv")) >= len(rows("links.tsv"))
    assert len([one for _, expected in rows("links.tsv") for one in expected if one in NOT_FOUND]) == 1


def test_what_a_link_opens_is_what_is_written() -> None:
    for text, _ in [*rows("links.tsv"), *rows("own_links.tsv")]:
        for span in spans(text):
            if span.href is None:
                continue
            assert span.href in (span.text, f"https://{span.text}") or span.href.startswith("mailto:")
    assert [span.href for span in spans("mailto:o'brien@example.com")] == ["mailto:o%27brien@example.com"]
    assert [span.href for span in spans("vera@bücher.example")] == ["mailto:vera@b%C3%BCcher.example"]


@pytest.mark.parametrize(
    "run",
    [
        "https://example.com/)",
        ")",
        "https://",
        "a_",
        "www.a.",
        "a@b.de",
        "'",
        "(",
        "日本.",
        "https://a.comです",
        "a.com.",
        "x'",
    ],
)
@pytest.mark.parametrize("head", ["", "https://example.com/", "a@", "www."])
def test_no_hostile_text_takes_long(head: str, run: str) -> None:
    text = (head + run * MESSAGE_LIMIT)[:MESSAGE_LIMIT]
    began = time.process_time()
    assert "".join(span.text for span in spans(text)) == text
    assert time.process_time() - began < 0.5


def test_a_link_longer_than_an_address_may_be_is_text() -> None:
    assert links("https://example.com/" + "x" * ADDRESS_LIMIT) == []
