"""The types of what both clients' sockets carry, from the structs: `python -m docs.make_types` writes them.

It must not know how a type is said in TypeScript: `docs.typescript` does.
"""

from pathlib import Path
from typing import Any, Union

from docs.shapes import members
from docs.typescript import Wire, by_class, declarations, pascal
from engine.commands import Reason
from engine.talk import Deed, Side
from engine.talk.told import TOLD, What
from widget import protocol

HOUSE = Path(__file__).parent.parent
HEAD = "// Made by `make docs` from {of}. Types only; nothing of this is loaded.\n\n"
SEEN = ("ringing", "step", *(told.to_visitor for told in TOLD.values()))  # ringing is an offer that is open
NAMES: dict[Any, str] = {protocol.Error: "Refusal", protocol.LeavePost: "LeavePost"}  # `Error` is the browser's own


def called(struct: Any) -> str:
    """An act's frame has the name it has on the wire, any other struct its own."""
    act = getattr(struct, "act", None)
    return NAMES.get(struct) or (pascal(str(act.__struct_config__.tag)) if act else by_class(struct))


def _kept() -> Any:
    """The acts that the chat window keeps until they are answered."""
    acts = (one for one in members(protocol.FromChat) if "chat" in getattr(getattr(one, "act", None), "answered", ()))
    return Union[tuple(acts)]  # noqa: UP007 - made of what there is


WIDGET = Wire(
    asked={
        "FromPage": protocol.FromPage,
        "FromChat": protocol.FromChat,
        "Kept": _kept(),
        "LeavePost": protocol.LeavePost,
    },
    told={"ToPage": protocol.ToPage, "ToChat": protocol.ToChat, "Left": protocol.Left},
    words={"Service": protocol.Service, "Reason": Reason, "Deed": Deed, "Side": Side, "What": What},
    shown={"What": dict.fromkeys(SEEN)},
    name=called,
)
PAGES: dict[Path, tuple[str, Wire]] = {
    HOUSE / "widget" / "client" / "wire" / "frames.d.ts": ("widget/protocol.py and engine/", WIDGET),
}


def page(path: Path) -> str:
    """A client's file of types."""
    of, wire = PAGES[path]
    return HEAD.format(of=of) + declarations(wire)


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path), encoding="utf-8")
