"""What no file of the dashboard may do, and what the catalogue must have."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from engine.commands.outcome import Reason
from engine.events.conversation import QueuedReason
from engine.facts.conversations import Outcome
from engine.look.catalogue import LANGUAGES, catalogue, direction
from engine.room import Shed
from engine.streams.folds.ground import OperatorState
from engine.streams.views.rings import Closed

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "dashboard").rglob("*.py"))
SCRIPTS = sorted((ROOT / "dashboard").rglob("*.js"))
SHEETS = sorted((ROOT / "dashboard").rglob("*.css"))
PAGES = sorted((ROOT / "dashboard").rglob("*.html"))

# They make HTML of text (tried in a browser), or fetch from elsewhere.
RAW_PANES = r"\b(Markdown|HTML|Str|Alert|StaticText|MultiChoice|Card|TooltipIcon|Div|ChatMessage|ChatFeed|FlexBox)\("
MARKUP = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|new Function"
)
ELSEWHERE = r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}/"

CLIENT = ROOT / "dashboard" / "client"
BELOW = {  # the rooms of the client, and those whose modules each may import
    "look": set[str](),
    "shell": {"look"},
    "lists": {"look", "shell"},
    "reports": {"look", "shell", "lists"},
    "chat": {"look", "shell"},
    "people": {"look", "shell", "lists", "chat"},
}


def hits(files: list[Path], pattern: str) -> list[str]:
    """Where a pattern occurs."""
    return [f"{file.name}: {found[0]}" for file in files for found in re.finditer(pattern, file.read_text("utf-8"))]


def test_the_rooms_of_the_client_import_one_way() -> None:
    rooms = {
        room.name: {
            other for file in room.glob("*.js") for other in re.findall(r'["(]\.\./(\w+)/', file.read_text("utf-8"))
        }
        for room in CLIENT.iterdir()
        if room.is_dir()  # what stands beside them is the page and types
    }
    assert rooms.keys() == BELOW.keys()
    assert {room: others - BELOW[room] - {room} for room, others in rooms.items()} == {room: set() for room in BELOW}


def test_no_pane_that_makes_markup_of_text_is_used() -> None:
    assert hits(PYTHON, RAW_PANES) == []


def test_no_script_makes_markup_of_text() -> None:
    assert hits([*SCRIPTS, *PAGES], MARKUP) == []


def test_nothing_is_fetched_from_another_host() -> None:
    assert hits([*SCRIPTS, *SHEETS, *PAGES], ELSEWHERE) == []


def test_templates_mark_nothing_safe() -> None:
    assert hits(PAGES, r"\|\s*safe|autoescape false") == []


def test_every_text_that_is_asked_for_is_in_the_catalogue() -> None:
    words = catalogue()
    asked = {key for file in SCRIPTS for key in re.findall(r"\bt\(\"([a-z.\-]+)\"", file.read_text("utf-8"))}
    asked |= {key for file in PAGES for key in re.findall(r"w\[[\"']([a-z.\-]+)[\"']\]", file.read_text("utf-8"))}
    counted = {key for file in SCRIPTS for key in re.findall(r"\bcount\(\"([a-z.\-]+)\"", file.read_text("utf-8"))}
    asked |= {f"{key}.{n}" for key in counted for n in ("one", "many")}
    assert len(asked) > 50
    assert asked - set(words) == set()


# What an operator at the dashboard cannot be told: it is for who signs in, for the command line, for the gateway alone.
ELSEWHERE_TOLD = {"another-user", "bad-login", "bad-code", "unknown-setting"}


def words_for(prefix: str, kind: Any, *, but: Iterable[str] = ()) -> set[str]:
    """The keys for all values of a kind."""
    return {f"{prefix}.{value}" for value in get_args(kind)} - {f"{prefix}.{value}" for value in but}


def test_every_state_reason_and_outcome_has_its_words() -> None:
    needed = words_for("refused", Reason, but=ELSEWHERE_TOLD)
    needed |= words_for("past.outcome", Outcome)
    needed |= words_for("queue.reason", QueuedReason) | words_for("entry.queued", QueuedReason)
    needed |= words_for("story.queued", QueuedReason)
    needed |= words_for("operator.state", OperatorState)
    needed |= words_for("ring.closed", Closed)
    needed |= words_for("trouble", Shed)
    assert len(needed) > 50
    assert needed - set(catalogue()) == set()


def test_no_key_is_in_two_files() -> None:
    folder = ROOT / "engine" / "look" / "en"
    widget, dashboard = (json.loads((folder / f"{part}.json").read_text("utf-8")) for part in ("widget", "dashboard"))
    assert set(widget) & set(dashboard) == set()


def test_the_right_to_left_language_has_every_text_marked() -> None:
    english, test = catalogue(), catalogue("x-rtl")
    assert LANGUAGES == ("en", "x-rtl")
    assert set(english) == set(test)
    assert all(text == f"⟦{english[key]}⟧" for key, text in test.items())
    assert (direction("en"), direction("x-rtl")) == ("ltr", "rtl")
    assert catalogue("unheard-of") == english
