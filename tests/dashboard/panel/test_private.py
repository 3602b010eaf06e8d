"""What Panel and Bokeh do not document is as we think, on the versions that are installed."""

import asyncio
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import bokeh.resources
import bokeh.server.tornado
import bokeh.server.urls
import panel as pn
import panel.models.esm
import pytest
from bokeh.core.serialization import Deserializer, UnknownReferenceError
from bokeh.document import Document
from bokeh.models import ColumnDataSource
from bokeh.server.session import ServerSession
from bokeh.util.warnings import BokehUserWarning
from panel.io.resources import DIST_DIR
from panel.models.esm import DataEvent, ESMEvent

from dashboard.app import _pages
from dashboard.components.nav import Nav
from dashboard.handlers import Components, Doc
from dashboard.panel import documents, libraries
from dashboard.panel.component import Component
from dashboard.panel.socket import Messages
from dashboard.tab_socket import TabSocket

NOBODY = cast(Any, None)


class Listening(Component):
    """Keeps what it hears."""

    _esm = "export function render() {}"

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def hear(self, data: Any) -> None:
        self.heard.append(data)


class Stock(pn.custom.JSComponent):
    """As Panel has it."""

    _esm = "export function render() {}"


def in_a_document(part: Any) -> tuple[Document, Any]:
    doc = Document()
    model = part.get_root(doc)
    doc.add_root(model)
    return doc, model


def test_a_components_script_is_the_file_beside_its_module() -> None:
    assert Nav._bundle_path == Path("dashboard/components/nav.js").absolute()
    assert Listening._bundle is None


def test_a_text_is_sent_as_it_is() -> None:
    part, sent = Listening(), list[Any]()
    doc, _model = in_a_document(part)
    doc.on_change(sent.append)
    part.tell('{"a": 1}')
    (told,) = sent
    assert isinstance(told.msg_data, ESMEvent)
    assert told.msg_data.data == '{"a": 1}'


def test_a_message_from_a_browser_makes_nobody_busy() -> None:
    def busy_with(part: Any) -> list[bool]:
        doc, model = in_a_document(part)
        seen = list[bool]()
        watching = pn.state.param.watch(lambda change: seen.append(change.new), "busy")
        part._process_bokeh_event(doc, DataEvent(model=model, data="hello"))
        pn.state.param.unwatch(watching)
        return seen

    ours = Listening()
    assert busy_with(Stock()) == [True, False]
    assert busy_with(ours) == []
    assert ours.heard == ["hello"]


def test_what_is_changed_is_changed_in_its_document() -> None:
    doc = Document()
    assert pn.state.curdoc is not doc
    with documents.within(doc):
        assert pn.state.curdoc is doc
    assert pn.state.curdoc is not doc


def test_a_session_lives_on_while_its_expiry_is_blocked() -> None:
    session = ServerSession("an id", Document())
    session.block_expiration()
    session.request_expiration()
    assert (session.expiration_blocked, session.expiration_requested) == (True, True)
    session.unblock_expiration()
    assert not session.expiration_blocked
    assert issubclass(Doc, pn.io.server.DocHandler)


class Failing:
    """A session whose document does not take what it is told."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    async def _handle_patch(self, message: Any, connection: Any) -> Any:
        if self.error:
            raise self.error
        return connection.ok(message)


async def _answered(error: Exception | None) -> tuple[str, int]:
    bad: list[bool] = []
    connection = SimpleNamespace(
        session=Failing(error),
        ok=lambda _message: SimpleNamespace(msgtype="OK"),
        error=lambda _message, _text: SimpleNamespace(msgtype="ERROR"),
    )
    answer = await Messages(lambda: bad.append(True)).handle(SimpleNamespace(msgtype="PATCH-DOC"), connection)
    return answer.msgtype, len(bad)


@pytest.mark.parametrize(
    ("error", "answer"),
    [(None, ("OK", 0)), (UnknownReferenceError("p1"), ("OK", 0)), (ValueError("none"), ("ERROR", 1))],
)
def test_what_has_left_the_document_may_still_report(error: Exception | None, answer: tuple[str, int]) -> None:
    assert asyncio.run(_answered(error)) == answer


def test_only_what_is_used_is_shipped() -> None:
    libraries.ship_only_what_is_used()
    assert bokeh.resources.Resources(mode="server").components == libraries.SHIPPED
    assert any("tables" in file for file in bokeh.resources.Resources(mode="server", root_url="/").js_files)
    assert not any(part in file for file in bokeh.resources.Resources(mode="server", root_url="/").js_files
                   for part in ("mathjax", "gl"))  # fmt: skip


def test_the_browser_loads_modules_by_itself() -> None:
    assert "es-module-shims" in Path(panel.models.esm.__file__).read_text("utf-8")
    libraries.ship_only_what_is_used()
    assert panel.models.esm.ReactiveESM.__javascript_raw__ == []
    script = (DIST_DIR / "panel.min.js").read_text("utf-8")
    assert "importShim.addImportMap(" in script
    assert "importShim(" in script


def test_a_model_that_comes_back_is_warned_of_in_these_words() -> None:
    known = ColumnDataSource()
    whole = {"type": "object", "name": "ColumnDataSource", "id": known.id}
    with pytest.warns(BokehUserWarning, match=libraries.KNOWN):
        assert Deserializer([known]).deserialize(whole) is known
    with warnings.catch_warnings(record=True) as said:
        libraries.keep_quiet_of_what_is_known()
        Deserializer([known]).deserialize(whole)
    assert said == []


def test_the_servers_addresses_are_ours() -> None:
    pages = _pages(lambda _doc: iter(()), NOBODY, NOBODY, origins=[], cookie_secret=b"of a test", budgets=NOBODY)
    routes = {rule.matcher.regex.pattern: rule.target for rule in pages.wildcard_router.rules}
    assert routes["/app/ws$"] is TabSocket
    assert routes["/app/?$"] is Doc
    assert routes["/app/components/(.*)$"] is Components
    assert not [pattern for pattern in routes if "autoload" in pattern or "metadata" in pattern]
