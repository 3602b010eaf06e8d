"""The components' stylesheets share every shadow root: each has classes of its own, and styles nothing without one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard.pages
from dashboard.components.live import Live

LOOK = Path(dashboard.pages.__file__).parents[1] / "client" / "look"
SHEETS = re.findall(r'"(\w+)"', re.findall(r"NAMES = \[(.*?)\]", (LOOK / "sheet.js").read_text("utf-8"))[0])


def selectors_of(css: str) -> Iterator[str]:
    """Each selector, those of a list one by one."""
    plain = re.sub(r"/\*.*?\*/|@keyframes [\w-]+ \{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css, flags=re.DOTALL)
    for listed in re.findall(r"([^{}@;]+)\{", plain):
        yield from (one.strip() for one in re.split(r",(?![^()]*\))", listed))


def classes_of(selector: str) -> list[str]:
    """The classes that a selector names."""
    return re.findall(r"\.([a-z][\w-]*)", selector)


def owners_of(sheets: dict[str, str]) -> dict[str, set[str]]:
    """The sheets that style a class by itself, or else all that name it."""
    alone: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for name, css in sheets.items():
        for selector in selectors_of(css):
            classes = set(classes_of(selector))
            for one in classes:
                named[one].add(name)
                if len(classes) == 1:
                    alone[one].add(name)
    return named | alone


def strangers(sheets: dict[str, str]) -> list[str]:
    """What a sheet styles without a class of its own: it would be found in another component, too."""
    owners = owners_of(sheets)
    return [
        f"{name}: {selector}"
        for name, css in sheets.items()
        for selector in selectors_of(css)
        if classes_of(selector) and not any(owners[one] == {name} for one in classes_of(selector))
    ]


def all_sheets() -> dict[str, str]:
    return {name: (LOOK / f"{name}.css").read_text("utf-8") for name in SHEETS}


def test_a_class_has_one_sheet_and_others_style_it_within_a_class_of_theirs_only() -> None:
    assert len(SHEETS) > 5
    assert len(owners_of(all_sheets())) > 100
    assert strangers(all_sheets()) == []


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (".row { color: red }", ["lists: .row", "other: .row"]),
        (".other .row, .row .other { color: red }", []),
        ("@media (max-width: 9px) { .mine { top: 0 } .row { top: 0 } }", ["lists: .row", "other: .row"]),
        (".row.cell { color: red }", ["other: .row.cell"]),
        (".mine:is(.row, .cell) b { color: red }", []),
    ],
)
def test_what_two_components_would_both_wear_is_found(css: str, told: list[str]) -> None:
    lists, other = ".row { top: 0 } .cell { top: 0 }", ".mine { top: 0 } .other { top: 0 }"
    assert strangers({"lists": lists, "other": f"{other} {css}"}) == told


def test_no_class_is_that_of_a_components_container() -> None:
    """Panel gives it the class's name, by which a rule would find it, too."""

    def below(kind: type[Live]) -> Iterator[str]:
        for one in kind.__subclasses__():
            yield re.sub(r"(?<=[a-z])(?=[A-Z])", "-", one.__name__).lower()
            yield from below(one)

    containers = set(below(Live))
    assert "badge-board" in containers
    assert {
        name for css in all_sheets().values() for one in selectors_of(css) for name in classes_of(one)
    } & containers == set()
