"""The clients' types are the structs that go over their sockets."""

import re
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from dashboard.components.nav import Nav
from dashboard.components.profile import Profile
from dashboard.components.report_head import ReportHead
from docs import make_types
from docs.make_types import HOUSE
from docs.shapes import members
from docs.typescript import Wire, declarations
from engine.streams.shown import SHOWN
from engine.talk import State
from widget import protocol


class Leaf(msgspec.Struct, tag_field="t", tag="leaf"):
    """A leaf. It may be green."""

    green: bool = False
    worm: str | None = None


class Twig(msgspec.Struct, omit_defaults=True):
    leaves: tuple[Leaf | None, ...]
    by_state: dict[State, int]
    kind: Literal["oak", "elm"] = "oak"
    bird: str | None = None


@pytest.mark.parametrize("path", make_types.PAGES, ids=lambda path: path.name)
def test_the_committed_types_are_what_the_code_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == make_types.page(path), "run `make docs`"


@pytest.mark.parametrize(
    "union", [protocol.FromPage, protocol.FromChat, protocol.ToPage, protocol.ToChat, protocol.Left, protocol.LeavePost]
)
def test_every_frame_of_the_widget_has_its_type(union: object) -> None:
    page = declarations(make_types.WIDGET)
    for frame in members(union):
        assert f"export type {make_types.called(frame)} = " in page


def test_every_view_has_its_type_and_every_message_of_a_component() -> None:
    page = declarations(make_types.DASHBOARD)
    for shown in SHOWN:
        name = shown.pipeline.name
        more = " | Place" if name == "visitors" else ""  # its rows out of sight
        assert re.search(rf"^  {name}: (Table|Value)Of<\w+( \| null)?{re.escape(more)}>;$", page, re.M), name
    for union in (Profile.asks, Profile.tells, Nav.asks, Nav.tells, ReportHead.tells):
        for message in members(union):
            struct: Any = message
            tag = struct.__struct_config__.tag
            assert f'  t: "{tag}";' in page, tag


def test_the_clients_take_hardly_anything_for_any() -> None:
    files = [file for client in ("dashboard", "widget/client") for file in (HOUSE / client).rglob("*.js")]
    types = [found for file in files for found in re.findall(r"\{.*\bany\b.*\}", file.read_text(encoding="utf-8"))]
    assert len(types) <= 3, types


def test_what_we_write_leaves_out_only_what_it_says_it_does() -> None:
    page = declarations(Wire(told={"Twig": Twig}, asked={}))
    assert 'export type Leaf = {\n  t: "leaf";\n  green: boolean;\n  worm: string | null;\n};' in page
    assert '  kind?: "elm" | "oak";\n  bird?: string;\n' in page
    assert "  leaves: (Leaf | null)[];\n  by_state: Partial<Record<State, number>>;\n" in page


def test_what_a_browser_writes_may_leave_out_every_default() -> None:
    page = declarations(Wire(told={}, asked={"Leaf": Leaf}))
    assert '/** A leaf. */\nexport type Leaf = {\n  t: "leaf";\n  green?: boolean;\n  worm?: string | null;\n};' in page


def test_a_literal_with_a_name_is_called_by_it_and_may_be_narrowed() -> None:
    words = {"Kind": Literal["elm", "oak"]}
    page = declarations(Wire(told={"Twig": Twig}, asked={}, words=words, shown={"Kind": ["oak"]}))
    assert 'export type Kind = "oak";' in page
    assert "  kind?: Kind;\n" in page


def test_two_of_one_name_have_their_modules_before_it() -> None:
    other = msgspec.defstruct("Leaf", [("brown", bool)], module="wood.bush_fire", tag_field="t", tag="dry")
    page = declarations(Wire(told={"Tree": Leaf | other}, asked={}))
    assert "export type TestTypesLeaf = {" in page
    assert "export type BushFireLeaf = {" in page
    assert "export type Tree = TestTypesLeaf | BushFireLeaf;" in page
