"""The types of what both clients' sockets carry, from the structs: `python -m docs.make_types` writes them.

It must not know how a type is said in TypeScript: `docs.typescript` does.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Union, get_args, get_type_hints

import dashboard.pages  # noqa: F401 - every component is among the classes of `Live` then
from dashboard.components.acting import ACTS
from dashboard.components.in_sight import InSight
from dashboard.components.live import Live
from dashboard.reports.report import Kind
from dashboard.shell import Facts
from dashboard.sight import Place
from docs.shapes import members
from docs.typescript import Wire, by_class, declarations, pascal
from engine.commands import Door, Outcome, Reason
from engine.door.entries import VIEW, EntryStep, SignalStep
from engine.door.first_steps import FirstSteps
from engine.room import Condition
from engine.streams.machinery.pictures import Table
from engine.streams.machinery.tables import Row
from engine.streams.shown import SHOWN, Shown
from engine.talk import Deed, Side
from engine.talk.told import TOLD, What
from engine.text import Limits
from engine.views import HouseCondition, HouseSteps, name_of
from widget import protocol

HOUSE = Path(__file__).parent.parent
HEAD = "// Made by `make docs` from {of}. Types only; nothing of this is loaded.\n\n"
SEEN = ("ringing", "step", *(told.to_visitor for told in TOLD.values()))  # ringing is an offer that is open
NAMES: dict[Any, str] = {protocol.Error: "Refusal", protocol.LeavePost: "LeavePost"}  # `Error` is the browser's own


def called(struct: Any) -> str:
    """An act's frame has the name it has on the wire, any other struct its own."""
    act = getattr(struct, "act", None)
    return NAMES.get(struct) or (pascal(str(act.__struct_config__.tag)) if act else by_class(struct))


def _answered(union: Any, door: Door) -> Any:
    """The acts among some frames that are answered at a door."""
    acts = (one for one in members(union) if door in getattr(getattr(one, "act", None), "answered", ()))
    return Union[tuple(acts)]  # noqa: UP007 - made of what there is


WIDGET = Wire(
    asked={
        "FromPage": protocol.FromPage,
        "FromChat": protocol.FromChat,
        "Kept": _answered(protocol.FromChat, "chat"),  # until it is
        "LeavePost": protocol.LeavePost,
    },
    told={"ToPage": protocol.ToPage, "ToChat": protocol.ToChat, "Left": protocol.Left, "Limits": Limits},
    words={"Service": protocol.Service, "Reason": Reason, "Deed": Deed, "Side": Side, "What": What},
    shown={"What": dict.fromkeys(SEEN)},
    name=called,
)


def _components() -> list[type[Live]]:
    """Our own, in an order that whoever imported them first does not change."""
    found, waiting = set[type[Live]](), [Live]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(one for one in below if one.__module__.startswith("dashboard."))
        waiting += below
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def _together(unions: Iterator[Any]) -> Any:
    return Union[tuple(dict.fromkeys(one for union in unions for one in members(union)))]  # noqa: UP007 - as above


def _row(shown: Shown) -> tuple[type[Row], bool]:
    """What a view is made of, and whether there may be none of it."""
    looked = get_type_hints(shown.look)["return"]
    found = list(_rows_in(looked)) or list(_rows_in(get_type_hints(shown.pipeline.view)["return"]))
    return found[0], type(None) in get_args(looked)


def _rows_in(hint: Any) -> Iterator[type[Row]]:
    if isinstance(hint, type) and issubclass(hint, Row) and hint is not Row:
        yield hint
    for part in get_args(hint):
        yield from _rows_in(part)


VIEWS = """\
/** Rows by id: all at first, then what is different. */
export type TableOf<R> = {{ all?: R[]; set?: R[]; gone?: string[] }};
/** One value, each time whole. */
export type ValueOf<V> = {{ value: V }};
/** What a view says, by its name. */
export type Views = {{
{lines}}};
/** Views of which a tab watches several. */
export type Keyed = {keyed};
/** A step of a view; `key`: of which visitor or conversation, `token`: to go on from there. */
export type ViewStep<V extends keyof Views> = {{
  v: V;
  body: Views[V];
  key: V extends Keyed ? string : undefined;
  token?: string;
}};"""


def _views(names: Mapping[type, str]) -> str:
    """What each view says, as `engine.streams.machinery.pictures` writes it."""
    told = {VIEW: f"{names[EntryStep]} | {names[SignalStep]}"}
    in_sight = {name_of(view) for one in _components() if issubclass(one, InSight) for view in one.views}
    for shown in SHOWN:
        row, perhaps = _row(shown)
        kind = f"{names[row]} | null" if perhaps else names[row]
        if shown.pipeline.name in in_sight:
            kind += f" | {names[Place]}"
        told[shown.pipeline.name] = f"TableOf<{kind}>" if shown.picture is Table else f"ValueOf<{kind}>"
    told[name_of(HouseCondition)] = f"ValueOf<{names[Condition]}>"
    told[name_of(HouseSteps)] = f"ValueOf<{names[FirstSteps]}>"
    lines = "".join(f"  {name}: {kind};\n" for name, kind in sorted(told.items()))
    keyed = [VIEW, *(shown.pipeline.name for shown in SHOWN if callable(shown.whose))]
    return VIEWS.format(lines=lines, keyed=" | ".join(f'"{name}"' for name in keyed))


DASHBOARD = Wire(
    asked={
        "FromBrowser": _together(one.asks for one in _components()),
        "Act": _answered(ACTS, "dashboard"),
    },
    told={
        "ToBrowser": _together(one.tells for one in _components()),
        "Outcome": Outcome,
        "Facts": Facts,
        "EntryStep": EntryStep,
        "SignalStep": SignalStep,
        "Place": Place,
        "Condition": Condition,
        "FirstSteps": FirstSteps,
        **{row.__name__: row for row, _ in map(_row, SHOWN)},
    },
    words={"Reason": Reason, "Deed": Deed, "Side": Side, "What": What, "Kind": Kind},
    name=called,
    also=_views,
)
PAGES: dict[Path, tuple[str, Wire]] = {
    HOUSE / "dashboard" / "client" / "wire.d.ts": ("dashboard/components/ and engine/", DASHBOARD),
    HOUSE / "widget" / "client" / "wire" / "frames.d.ts": ("widget/protocol.py and engine/", WIDGET),
}


def page(path: Path) -> str:
    """A client's file of types."""
    of, wire = PAGES[path]
    return HEAD.format(of=of) + declarations(wire)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path), encoding="utf-8")
