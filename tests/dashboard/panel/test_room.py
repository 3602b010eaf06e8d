"""What is private to Panel, Bokeh and Tornado is used in its rooms alone, and each name has its line and its test."""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import dashboard
import engine
import widget
from dashboard.panel.private import PRIVATE
from engine.wire import stream
from engine.wire.private import Private

HOUSE = Path(__file__).parents[3]
ALL = (*PRIVATE, *stream.PRIVATE)
FOREIGN = {"panel", "bokeh", "tornado"}
ROOMS = ("dashboard.panel", "engine.wire.stream")
FILES = [file for folder in ("dashboard", "widget", "engine") for file in sorted((HOUSE / folder).rglob("*.py"))]
# What has documentation; of Panel, but for `pn`, it is nothing.
DOCUMENTED = {
    "panel",
    "bokeh.application.handlers.handler",
    "bokeh.document",
    "bokeh.models",
    "bokeh.plotting",
    "bokeh.server.auth_provider",
    "tornado.http1connection",
    "tornado.httpclient",
    "tornado.httpserver",
    "tornado.httputil",
    "tornado.ioloop",
    "tornado.iostream",
    "tornado.netutil",
    "tornado.routing",
    "tornado.tcpclient",
    "tornado.tcpserver",
    "tornado.web",
    "tornado.websocket",
}
UNDOCUMENTED = {"WebSocketProtocol", "WebSocketProtocol13", "ws_connection", "is_closing", "block_expiration"}
PLAIN = {"_replace", "_asdict", "_fields", "_exit"}  # of tuples, and of `os`: documented


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def outside(name: str) -> bool:
    return not name.startswith(ROOMS)


OUTSIDE = [file for file in FILES if outside(name_of(file))]


def is_private(name: str) -> bool:
    return name.startswith("_") and len(name) > 1 and not name.endswith("__")


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name) of all that is imported of the three."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names if one.name.split(".")[0] in FOREIGN)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FOREIGN:
            yield from ((str(node.module), one.name) for one in node.names)


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                yield name


def is_own(node: ast.expr) -> bool:
    """`self`, `cls`, `super()`: whose name it is, the classes themselves say."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "super"
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def defined(tree: ast.AST) -> set[str]:
    """Private names that a module gives itself."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_own(node.value):
            names.add(node.attr)
    return names


@pytest.mark.parametrize("file", OUTSIDE, ids=name_of)
def test_outside_of_the_rooms_nothing_is_used_but_what_is_documented(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    assert {module for module, _ in imported(tree)} <= DOCUMENTED
    assert [name for _, name in imported(tree) if is_private(name)] == []
    assert UNDOCUMENTED & set(identifiers(tree)) == set()
    foreign = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_own(node.value)
    }
    assert foreign - PLAIN - defined(tree) == set()


# --- What a class of ours has, or asks itself for, of the private names of its base ----------------------------------


def modules() -> Iterator[ModuleType]:
    for package in (dashboard, widget, engine):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def ours() -> Iterator[type]:
    """Our classes with a foreign base."""
    for module in modules():
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__ and any(foreign_bases(kind)):
                yield kind


def foreign_bases(kind: type) -> Iterator[type]:
    return (base for base in kind.__mro__ if base.__module__.split(".")[0] in FOREIGN)


def private_of(base: type) -> set[str]:
    """The private names of a foreign class, on the class and on what it makes."""
    kept = set(re.findall(r"\bself\.(_\w+)\s*[:=]", inspect.getsource(base)))
    return {name for name in vars(base).keys() | kept if is_private(name)}


def used_by(kind: type) -> set[str]:
    """Private names that a class defines, sets, or asks itself for."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_own(node.value)}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
    return {name for name in names if is_private(name)}


def taken(kind: type) -> set[str]:
    return used_by(kind) & {name for base in foreign_bases(kind) for name in private_of(base)}


def test_no_class_outside_of_the_rooms_takes_a_private_name_of_its_base() -> None:
    classes = [kind for kind in ours() if outside(kind.__module__)]
    assert len(classes) > 30
    assert {f"{kind.__module__}.{kind.__name__}": taken(kind) for kind in classes if taken(kind)} == {}


def test_each_private_name_that_is_used_in_a_room_has_its_line() -> None:
    listed = {one.name.split(".")[-1] for one in ALL}
    in_rooms = [ast.parse(file.read_text("utf-8")) for file in FILES if not outside(name_of(file))]
    own = {name for tree in in_rooms for name in defined(tree)}
    asked = {name for tree in in_rooms for name in identifiers(tree) if is_private(name)} - own
    of_classes = {name for kind in ours() if not outside(kind.__module__) for name in taken(kind)}
    assert of_classes >= {"_async_open", "_process_bokeh_event", "_send_msg", "_handlers", "_bundle"}
    assert (asked | of_classes) - listed == set()
    assert {"_default_components", "_async_open", "_bundle"} <= asked | of_classes


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_each_line_has_its_reason_its_use_and_a_test_that_is_there(one: Private) -> None:
    file, _, function = one.test.partition("::")
    assert f"def {function}(" in (HOUSE / file).read_text("utf-8")
    assert one.why
    assert one.waits_for
    word = one.name.split(".")[-1]
    rooms = [
        *(HOUSE / "dashboard/panel").glob("*.py"),
        HOUSE / "engine/wire/stream.py",
        *(HOUSE / "dashboard/templates").glob("*"),
    ]
    assert [room.name for room in rooms if room.name != "private.py" and word in room.read_text("utf-8")]
