"""The protocol document and the end points: current, complete, and what the programs really answer."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Union, cast, get_args

import pytest
from openapi_spec_validator import validate
from tornado.web import RequestHandler

from dashboard.app import _pages as dashboard_pages
from dashboard.doorstep.routes import doorstep
from docs import make_protocol
from docs.end_points import METHODS, EndPoint, document, end_points
from docs.named_errors import NAMED_ERRORS
from docs.shapes import anchor, members
from engine.analytics import serve
from engine.commands import Reason
from engine.door import frames as door
from engine.door.requests import kinds
from engine.door.server import DoorSocket
from engine.views import AnyView
from widget import gateway, protocol

NOBODY = cast(Any, None)
HOUSE = Path(__file__).parent.parent.parent
ROOTS = ("engine", "widget", "dashboard", "parlour")

# What only Parlour's own pages and processes ask for, and may change at any time; the patterns of their routes.
INTERNAL = {
    "main": {
        r"/ws/page$",  # the protocol document has the sockets
        r"/ws/chat$",
        r"/door$",
        r"/widget/texts/([\w-]+)\.json$",
        r"/widget/seen$",
        r"/widget/built/([a-z]+)\.([0-9a-f]+)\.(js|css)$",
        r"/widget/((?:page|wire)/[a-z_]+\.js)$",
    },
    "dashboard": {
        r"/?$",  # leads to /app/
        r"/favicon.ico$",
        r"/app/?$",  # the page, and Bokeh's socket
        r"/app/ws$",
        r"/app/components/(.*)$",
        r"/app/static/parlour/(.*)$",
        r"/app/static/(tokens\.css)$",
        r"/app/static/(?!extensions/)(.*)$",
        r"/app/static/extensions/(.*)$",
        r"/app/static/(.*)$",
    },
    "analytics": {
        r"/screen$",  # what a screen of the dashboard needs at once
        r".*$",  # whatever else is asked: there is nothing here
    },
}


def test_the_committed_document_is_what_the_code_says() -> None:
    assert make_protocol.PAGE.read_text(encoding="utf-8") == make_protocol.page(), "run `make docs`"


def test_every_reason_has_its_cause_and_what_the_client_does() -> None:
    assert set(NAMED_ERRORS) == set(get_args(Reason))
    assert all(error.cause.endswith((".", "!")) and error.client.endswith(".") for error in NAMED_ERRORS.values())


def test_every_reason_is_one_that_the_program_gives() -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for root in ROOTS for file in (HOUSE / root).rglob("*.py"))
    given = set(re.findall(r"(?<![\w.])\"([a-z]+(?:-[a-z]+)*)\"", written.replace(_where_reasons_are_named(), "")))
    assert set(get_args(Reason)) <= given


def _where_reasons_are_named() -> str:
    return (HOUSE / "engine/commands/outcome.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "union",
    [
        protocol.FromPage,
        protocol.FromChat,
        protocol.ToPage,
        protocol.ToChat,
        door.AnyCall,
        door.AnyReply,
        AnyView,
        Union[kinds()],  # noqa: UP007 - of a table
    ],
)
def test_every_frame_has_its_section(union: Any) -> None:
    page = make_protocol.page()
    for frame in members(union):
        assert f'<a id="{anchor(frame)}">' in page


def test_no_frame_is_told_twice() -> None:
    anchors = re.findall(r'<a id="([^"]+)">', make_protocol.page())
    assert len(anchors) == len(set(anchors))


# --- HTTP -----------------------------------------------------------------------------------------------------------


class Routes:
    """What a program answers: (pattern, handler)."""

    @staticmethod
    def of(process: str) -> list[tuple[str, type[RequestHandler]]]:
        """The routes of a process, read off the program itself."""
        match process:
            case "main":
                return [*_plain(gateway.routes(NOBODY)), ("/door$", DoorSocket)]
            case "analytics":
                return _plain(serve.routes(NOBODY, "key"))
        parts = dict.fromkeys(("door", "signins", "secure", "counted"), NOBODY)
        return [*_ruled(doorstep(parts, NOBODY, NOBODY, connected=asyncio.Event(), origins=[])), *_ruled(_pages())]


def _pages() -> Any:
    return dashboard_pages(
        lambda _doc: iter(()), NOBODY, NOBODY, origins=[], cookie_secret=b"of a test", budgets=NOBODY
    )


def _plain(routes: Iterable[tuple[Any, ...]]) -> list[tuple[str, type[RequestHandler]]]:
    return [(route[0] + "$", route[1]) for route in routes]


def _ruled(application: Any) -> list[tuple[str, type[RequestHandler]]]:
    return [(rule.matcher.regex.pattern, rule.target) for rule in application.wildcard_router.rules]


def _answering(process: str, point: EndPoint) -> tuple[str, type[RequestHandler]] | None:
    return next((route for route in Routes.of(process) if re.match(route[0], point.example)), None)


def _methods(handler: type[RequestHandler]) -> set[str]:
    unimplemented = RequestHandler._unimplemented_method
    return {name for name in METHODS if getattr(handler, name) is not unimplemented}


def _documented(process: str) -> Iterator[EndPoint]:
    return (point for point in end_points() if process in point.processes)


def test_the_end_points_are_a_valid_openapi_document() -> None:
    validate(document())


def test_main_composes_no_routes_but_those_that_are_looked_at_here() -> None:
    source = (HOUSE / "parlour/main_process.py").read_text(encoding="utf-8")
    assert re.findall(r"routes = .*", source) == [
        'routes = [*gateway.routes(house.visitors), (r"/door", DoorSocket, door)]'
    ]


@pytest.mark.parametrize("process", INTERNAL)
def test_every_documented_end_point_is_answered_by_its_process_and_with_its_method(process: str) -> None:
    for point in _documented(process):
        route = _answering(process, point)
        assert route, point
        assert point.method in _methods(route[1]), point


@pytest.mark.parametrize("process", INTERNAL)
def test_every_route_and_method_is_documented_or_named_internal(process: str) -> None:
    documented, internal = list(_documented(process)), INTERNAL[process]
    routes = Routes.of(process)
    assert internal <= {pattern for pattern, _ in routes}
    for pattern, handler in routes:
        if pattern not in internal:
            told = {point.method for point in documented if re.match(pattern, point.example)}
            assert told == _methods(handler), pattern


def test_the_documented_form_takes_what_the_frame_takes() -> None:
    schema = document()["components"]["schemas"]["LeavePost"]
    assert set(schema["properties"]) == {"t", *protocol.LeavePost.__struct_fields__}
    assert set(schema["properties"]) - set(schema["required"]) == {"name", "subject", "department", "visitor", "secret"}
