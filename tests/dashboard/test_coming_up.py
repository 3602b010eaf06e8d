"""A page or a document that cannot be made is said in words, over real HTTP; whoever asks again may get it."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dashboard.app
from dashboard import handlers, tab_socket
from dashboard.addresses import LOGIN
from dashboard.made_of import made_of
from dashboard.signins import SignIns
from engine.door.requests import SignOut
from tests.dashboard.running import Running
from tests.dashboard.test_document import code_of, token_of

pytestmark = pytest.mark.slow
RAISED = "the reason that nobody is told"


def fails(*_given: object, **_named: object) -> None:
    raise RuntimeError(RAISED)


def fails_in_a_later_turn(*_given: object, **_named: object) -> Iterator[None]:
    yield
    raise RuntimeError(RAISED)


@pytest.mark.parametrize("open_shell", [fails, fails_in_a_later_turn])
def test_an_exception_while_the_document_is_made_is_a_page_in_words(
    running: Running, monkeypatch: pytest.MonkeyPatch, open_shell: Callable[..., object]
) -> None:
    cookie = running.sign_in()
    monkeypatch.setattr(dashboard.app, "open_shell", open_shell)
    response, page = running.get("/app/", Cookie=cookie)
    assert response.status == 500
    assert "This page could not be made" in page
    assert 'href="/app/"' in page
    assert "default-src 'none'" in (response.headers["Content-Security-Policy"] or "")
    for inner in (RAISED, "Traceback", "RuntimeError", "Internal Server Error"):
        assert inner not in page
    monkeypatch.undo()
    assert running.get("/app/", Cookie=cookie)[0].status == 200


def test_a_sign_out_while_the_document_is_made_leads_to_the_sign_in(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = running.sign_in()
    made: Callable[..., Iterator[None]] = dashboard.app._document

    def meanwhile(doc: object, door: object, signins: SignIns, *more: object) -> Iterator[None]:
        signins.end(*signins._by_id)
        return made(doc, door, signins, *more)

    monkeypatch.setattr(dashboard.app, "_document", meanwhile)
    response, page = running.get("/app/", Cookie=cookie)
    assert (response.status, response.headers["Location"]) == (302, LOGIN)
    assert "Traceback" not in page


def test_a_document_that_could_not_be_made_for_its_socket_is_asked_for_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    running.stop()  # the session of the page is gone with it
    running.start()
    monkeypatch.setattr(dashboard.app, "open_shell", fails)
    for _ in range(2):
        assert asyncio.run(asyncio.wait_for(code_of(running, cookie, token), 5)) == 1011
    monkeypatch.undo()


def test_a_page_of_another_make_gets_no_document_of_this_one(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = running.sign_in()
    monkeypatch.setattr(handlers, "MADE_OF", "before the update")
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    monkeypatch.undo()
    assert asyncio.run(code_of(running, cookie, token)) == tab_socket.OLD_PAGE


def test_what_pages_are_made_of_is_marked(tmp_path: Path) -> None:
    def mark(text: str) -> str:
        (tmp_path / "a.js").write_text(text)
        return made_of(tmp_path)

    before = mark("one")
    assert mark("two") != before
    (tmp_path / "a.pyc").write_text("of no account")
    assert mark("one") == before


def test_a_session_that_ended_between_page_and_socket_closes_it(running: Running) -> None:
    cookie = running.sign_in()
    token = token_of(running.get("/app/", Cookie=cookie)[1])
    (secret,) = running.house.door.secrets
    running.at(lambda house: house.main.door.ask(SignOut(session=secret)))
    shake = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec_WebSocket_Protocol": f"bokeh, {token}"}
    response, _ = running.get("/app/ws", Cookie=cookie, Origin=running.base, **shake, **key)
    assert response.status == 403


@pytest.mark.parametrize("path", ["/app/?bokeh-session-id=x", "/app/?bokeh-token=x"])
def test_what_is_refused_is_refused_in_words(running: Running, path: str) -> None:
    response, page = running.get(path, Cookie=running.sign_in())
    assert response.status == 403
    assert "This address is none that can be opened here." in page


def test_under_another_name_the_page_says_how_to_be_opened_there(running: Running) -> None:
    response, page = running.get("/app/", Cookie=running.sign_in(), Host="desk.example.org")
    assert response.status == 421
    assert "does not answer under the name “desk.example.org”" in page
    assert "--origin" in page
