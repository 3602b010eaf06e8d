"""The colours of plots: those of the tokens, in both themes, and written nowhere else."""

import re
from pathlib import Path
from typing import get_args

import pytest

from dashboard.components import colours
from dashboard.reports.report import Colour
from engine.look.tokens import SHEET, Shades
from engine.look.tokens import colours as tokens
from tests.dashboard.test_house_rules import PYTHON, hits

DASHBOARD = Path(colours.__file__).parents[1] / "client" / "look" / "dashboard.css"


def test_the_tokens_are_read_as_the_sheet_has_them() -> None:
    assert tokens()["accent"] == Shades(light="#0b756d", dark="#35b3a6")
    sheet = SHEET.read_text("utf-8")
    assert len(tokens()) > 25
    for name, shades in tokens().items():
        assert f"--p-{name}: {shades.light};" in sheet
        assert sheet.count(f"--p-{name}: {shades.dark};") >= 2  # dark by the system and by choice


def test_each_colour_of_a_plot_is_a_token() -> None:
    assert set(colours.TOKENS) == set(get_args(Colour))
    assert set(colours.TOKENS.values()) <= set(tokens())


@pytest.mark.parametrize("colour", get_args(Colour))
def test_a_bar_has_its_tokens_colour_in_both_themes(colour: Colour) -> None:
    both = (colours.fill(colour, dark=False), colours.fill(colour, dark=True))
    assert both == tokens()[colours.TOKENS[colour]]
    assert both[0] != both[1]


def test_no_other_colour_is_written_in_python() -> None:
    assert hits(PYTHON, r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b") == []


def test_axes_grid_and_texts_have_their_colours_from_the_stylesheet() -> None:
    said = dict(re.findall(r"--bk-([\w-]+): var\(--p-([\w-]+)\);", DASHBOARD.read_text("utf-8")))
    assert said.keys() == {
        "text-color", "major-label-text-color", "axis-line-color", "grid-line-color",
    }  # fmt: skip
    assert set(said.values()) <= set(tokens())
