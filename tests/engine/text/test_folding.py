"""What somebody who searches, or looks along a list of names, takes for the same."""

import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import folded, words

NAMES = (
    """
Zoë|Zoe|Ärger|Aerger|arg|Émile|emil|Emilia|José|Jose\u0301|JOSE|Łukasz|Lukas|Øyvind|Oyvind|Ångström|Angstrom|Straßer
Strasser|Çelik|Cem|İnci|Irmak|Đorđe|Dora|Ñuñez|Nunez|Šimon|Simon|Žofie|Œuvre|Oeuvre|Ægir|Aegir|Nguyễn|Nguyen|O'Neil
Åke|Zeta|Ὀδυσσεύς|Οδυσσευσ|Άννα|Αννα|Ζωή|Ёлка|Елка|Жанна|Анна|Юрий|Ярослав|שָׁרָה|שרה|דוד|أحمد|احمد|محمد|أنس|東京|山田|李
Ｖｅｒａ|Vera|2nd|10th|1st
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize(
    "alike",
    [
        ["José", "Jose\u0301", "JOSE", "jose", "ＪＯＳＥ"],
        ["Straße", "STRASSE", "strasse"],
        ["Łódź", "lodz"],
        ["Ελλάδα", "ελλαδα", "ΕΛΛΆΔΑ"],
        ["ﬁn", "fin"],
        ["カタカナ", "かたかな", "ｶﾀｶﾅ"],
        ["한국", unicodedata.normalize("NFD", "한국")],
        ["Việt", "viet"],
    ],
)
def test_what_is_taken_for_the_same(alike: list[str]) -> None:
    assert len({folded(one) for one in alike}) == 1


@pytest.mark.parametrize(("one", "other"), [("ガ", "カ"), ("हिन्दी", "हिन्द"), ("ดี", "ด"), ("a b", "ab"), ("ß", "s")])
def test_what_is_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_names_stand_in_the_order_of_unicode() -> None:
    """The root order as ICU has it, within each script: marks and case only part what is else the same."""
    database = duckdb.connect()
    for script in ("LATIN", "GREEK", "CYRILLIC", "HEBREW"):
        names = [name for name in NAMES if script in unicodedata.name(name[0])]
        assert len(names) >= 3
        rows = database.execute("SELECT n FROM unnest($1::VARCHAR[]) AS t(n) ORDER BY n COLLATE en", [names]).fetchall()
        by_icu = [folded(name) for (name,) in rows]
        assert by_icu == sorted(by_icu), script


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_no_text_fails(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
    words(text)


def test_a_text_of_one_script_without_spaces_is_cut_into_pairs() -> None:
    assert words("東京都") == "東京 京都 都"
    assert words("東京都", goes_on=True) == "東京 京都"
    assert words("都", goes_on=True) == "都"
    assert words("Das 東京-Büro") == "das  東京 京 -buro"
    assert words("") == ""
