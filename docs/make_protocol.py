"""The protocol document, made from the frames themselves: `python -m docs.make_protocol` writes docs/protocol.md."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from msgspec.inspect import type_info
from reactivex import Observable

from docs.end_points import table as end_points
from docs.limits import tables
from docs.named_errors import NAMED_ERRORS
from docs.shapes import anchor, members, parts, prose, section, words
from engine import views
from engine.commands import Done, Refused
from engine.counters import Browsers, Counters, Sockets
from engine.door import frames as door
from engine.door import interface, requests
from engine.door.answers import House, Permit, Person, SignedIn
from engine.door.interface import Frame
from engine.door.registry import REQUESTS, VIEWS
from engine.door.requests import kinds
from engine.door.rights import Need
from engine.found import Found
from engine.story import Step
from widget import protocol as widget

PAGE = Path(__file__).parent / "protocol.md"
NEEDS: dict[Need, str] = {
    "look": "everybody who is signed in",
    "operate": "operators, supervisors and administrators",
    "supervise": "supervisors and administrators",
    "administer": "administrators, and the command line",
    "analyse": "everybody who is signed in, analysts too",
    "doorstep": "the dashboard's process, and the command line",
    "worker": "processes of the house",
    "house": "the command line",
}
GIVEN = (
    Done,
    Refused,
    SignedIn,
    Person,
    Step,
    Found,
    House,
    Permit,
    Counters,
    Sockets,
    Browsers,
)  # what answers are, beside the frames
CODES = (
    (1003, "door: a request that is none"),
    (1008, "more bad frames, or pings, than the limit"),
    (1009, "a frame larger than the limit"),
    (1011, "dashboard: the document could not be made; the page is loaded anew"),
    (4401, "dashboard: signed out"),
    (4403, "not yours: the site or the origin is unknown; door: the key is none of a process, or none came in time"),
    (4408, "too slow: what waits for its reader is more than the limit, or no hello came in time"),
    (4410, "dashboard: the page is of before an update, and is loaded anew"),
)
LIMITS = """\
What may come, and how often, is in one table of the program (`engine/limits/table.py`), of which this is made. Of what
has a time, so many may come at once, and after that as many again in the course of the time, evenly; the wait that is
told is the one until the next. How often each refused something is counted under its name (`parlour doctor`)."""
HEAD = """\
<!-- Made by `make docs` from widget/protocol.py, engine/door/, docs/named_errors.py,
engine/limits/ and docs/openapi.yaml. -->
# Protocol

What goes over Parlour's sockets and addresses. Made from the code's own types, so that it says what the program does.

| who | address | frames |
|---|---|---|
| a page of a site | `/ws/page` of main | [from the page](#from-the-page), [to the page](#to-the-page) |
| the chat window | `/ws/chat` of main | [from the chat](#from-the-chat), [to the chat](#to-the-chat) |
| dashboard, CLI | `/door` of main | [calls](#calls-through-the-door), [replies](#replies-through-the-door) |
| everybody | HTTP | [end points](#http) |

How much of all that there may be stands under [Limits](#limits).

"Left out" says what a field that is not sent stands for. Ids are UUIDs as text, made by who begins a thing.
"""


def page() -> str:
    """The document."""
    return "\n".join((HEAD, _widget(), _door(), _http(), _errors(), _limits())).rstrip() + "\n"


def _widget() -> str:
    roots = [*members(widget.FromPage), *members(widget.FromChat), *members(widget.ToPage), *members(widget.ToChat)]
    roots += [widget.LeavePost, widget.Left]
    both = [frame for frame in members(widget.ToPage) if frame in members(widget.ToChat)]
    typing = [frame for frame in members(widget.FromChat) if frame in members(widget.ToChat)]
    return "\n".join(
        [
            f"## The widget's sockets\n\n{prose(widget)}\n",
            _chapter("From the page", members(widget.FromPage)),
            _chapter("From the chat", members(widget.FromChat)),
            _chapter("To the page", [frame for frame in members(widget.ToPage) if frame not in both], also=both),
            _chapter("To the chat", [frame for frame in members(widget.ToChat) if frame not in typing], also=typing),
            _chapter("By POST /leave", [widget.LeavePost, widget.Left]),
            _chapter("What the widget's frames are made of", parts(roots)),
        ]
    )


def _chapter(title: str, structs: Iterable[type], also: Iterable[type] = ()) -> str:
    named = ", ".join(f"[{one.__name__}](#{anchor(one)})" for one in also)
    more = f"Also {named}.\n\n" if named else ""
    return f"## {title}\n\n{more}" + "\n".join(section(one) for one in structs)


def _door() -> str:
    calls, replies = members(door.AnyCall), members(door.AnyReply)
    made_of = parts([*calls, *replies, *kinds(), *GIVEN])
    watched = members(views.AnyView)
    told = {*calls, *replies, *kinds(), *GIVEN, *watched}
    return "\n".join(
        [
            f"## Calls through the door\n\n{prose(door)} The first is `Hello`. {prose(interface.Door)}\n",
            "\n".join(_call(one) for one in calls),
            f"## Requests through the door\n\nWhat an `Ask` brings. {prose(requests)}\n",
            "\n".join(_request(one) for one in kinds()),
            f"## Views through the door\n\nWhat a `Watch` is of. {prose(views)}\n",
            "\n".join(_view(one) for one in watched),
            "## Replies through the door\n",
            "\n".join(section(one) for one in replies),
            "## What the door's frames are made of\n",
            "\n".join(section(one) for one in [*GIVEN, *(part for part in made_of if part not in told)]),
        ]
    )


def _call(struct: type) -> str:
    """A call with what its method of the door says."""
    pointer = re.match(r"See `(\w+)\.(\w+)`", struct.__doc__ or "")
    if pointer is None:
        return section(struct)
    method = getattr(getattr(interface, pointer[1]), pointer[2])
    return section(struct, also=f"{prose(method)}\n\n{_answer(get_type_hints(method)['return'])}".strip())


def _request(struct: type[requests.Request[Any]]) -> str:
    """A request with who may ask it, and its answer."""
    may = NEEDS[REQUESTS[struct].need]
    return section(struct, also=f"For {may}. {_answer(requests.answer_of(struct))}")


def _view(struct: type[views.View]) -> str:
    return section(struct, also=f"For {NEEDS[VIEWS[struct].need]}.")


def _answer(given: Any) -> str:
    """What a call is answered with."""
    origin = get_origin(given)
    if origin is Observable:
        return f"Steps come as `Next`, each with a [Frame](#{anchor(Frame)}); the end as `Failed`."
    if isinstance(given, TypeVar):
        return "`Answer` brings what the request says."
    return "" if origin is Callable else f"`Answer` brings: {words(type_info(given))}."


def _http() -> str:
    return f"## HTTP\n\nAs [openapi.yaml](openapi.yaml) says in full:\n\n{end_points()}\n"


def _errors() -> str:
    rows = [f"| `{name}` | {error.cause} | {error.client} |" for name, error in sorted(NAMED_ERRORS.items())]
    codes = [f"| {code} | {told} |" for code, told in CODES]
    return "\n".join(
        [
            "## Named errors\n",
            "Whatever is refused changes nothing. The name is in `reason`, of an `Error`, a `Refused` or a `Failed`; "
            "the words beside it may change, the names do not.\n",
            "| reason | cause | what the client does |",
            "|---|---|---|",
            *rows,
            "\n## Closing codes\n",
            "| code | the server closes the socket because |",
            "|---|---|",
            *codes,
        ]
    )


def _limits() -> str:
    return f"\n## Limits\n\n{LIMITS}\n\n{tables()}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
