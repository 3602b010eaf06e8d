"""The words of the widget's frames as TypeScript, from the engine's own: `python -m docs.make_words` writes them.

It must not know what the frames are: widget/client/wire/frames.d.ts says that, with these words.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from engine.talk import Deed, State
from engine.talk.told import TOLD

PAGE = Path(__file__).parent.parent / "widget" / "client" / "wire" / "words.d.ts"
HEAD = "// Made by `make docs` from engine/talk. Types only; nothing of this is loaded.\n"


def page() -> str:
    """The file: the states, what may be done, and the words of what a visitor sees."""
    seen = dict.fromkeys(["ringing", "step", *(told.to_visitor for told in TOLD.values())])  # ringing is an offer open
    return HEAD + "".join((_union("State", State), _union("Deed", get_args(Deed)), _union("What", seen)))


def _union(name: str, words: Iterable[str]) -> str:
    return f"export type {name} =\n" + "\n".join(f'  | "{word}"' for word in words) + ";\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
