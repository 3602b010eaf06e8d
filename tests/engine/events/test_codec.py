"""Every event of the vocabulary, as it was written in each version, is read again; what we do not know is refused."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from engine.events import DepartmentId, Event, HelpAsked, MessageWritten, OperatorName, PartKind, PartSet, SiteId
from engine.events.codec import KINDS, UnknownEvent, decode, encode
from engine.events.parts import Department, Operator, Part, Site, kind_of, settled
from engine.events.upcasters import UPCASTERS
from engine.events.vocabulary import EVENTS

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
WRITTEN = Path(__file__).parent / "written.jsonl"


class Line(msgspec.Struct):
    """A row of the journal as it was written once."""

    kind: str
    version: int
    payload: msgspec.Raw
    personal: msgspec.Raw = msgspec.Raw(b"")


LINES = [msgspec.json.decode(line, type=Line) for line in WRITTEN.read_bytes().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.kind}-{line.version}")
def test_an_event_written_by_any_version_is_read_again(line: Line) -> None:
    personal = bytes(line.personal) or None
    event = decode(line.kind, line.version, bytes(line.payload), personal)
    assert type(event) is (PartSet if (line.kind, line.version) in UPCASTERS else KINDS[line.kind])
    encoded = encode(event)
    assert decode(*encoded) == event
    if (line.kind, line.version) == (type(event).__name__, event.version):
        assert msgspec.json.decode(encoded.payload) == msgspec.json.decode(line.payload)


def test_every_version_of_every_event_has_a_line() -> None:
    written = {(line.kind, line.version) for line in LINES}
    known: list[type[Event]] = list(EVENTS)
    today = {(kind.__name__, version) for kind in known for version in range(1, kind.version + 1)}
    assert written == today | set(UPCASTERS)


def old(kind: str) -> PartSet:
    """The last line of a kind that is in the vocabulary no more, as it is read today."""
    line = [line for line in LINES if line.kind == kind][-1]
    event = decode(line.kind, line.version, bytes(line.payload), bytes(line.personal) or None)
    assert isinstance(event, PartSet)
    return event


def test_what_was_added_and_changed_once_is_a_part_that_is_set_today() -> None:
    shop, changed = old("SiteAdded").part, old("SiteChanged").part
    assert isinstance(shop, Site)
    assert isinstance(changed, Site)
    assert (shop.key, changed.key) == ("shop", "")
    assert settled(changed, shop) == Site(id=shop.id, key="shop", name="Vera", origins=("http://shop.test",))
    department = old("DepartmentChanged").part
    assert isinstance(department, Department)
    assert department.hours is not None
    operator = old("OperatorAdded")
    assert isinstance(operator.part, Operator)
    assert (operator.part.role, operator.part.max_chats, operator.part.disabled) == ("operator", 2, False)
    assert operator.personal == OperatorName(name="Vera")
    assert operator.subject == operator.part.id


def test_a_site_keeps_its_key_only_where_none_is_said() -> None:
    shop = Site(id=SiteId("s"), key="shop", name="Shop", origins=())
    silent = Site(id=SiteId("s"), key="", name="Store", origins=())
    other = Site(id=SiteId("s"), key="other", name="Store", origins=())
    assert settled(silent, shop) == Site(id=SiteId("s"), key="shop", name="Store", origins=())
    assert settled(other, shop) == other
    assert settled(silent, None) == silent


def test_the_kinds_of_parts_are_those_of_the_union() -> None:
    assert [kind.__struct_config__.tag for kind in get_args(Part)] == list(get_args(PartKind))
    assert kind_of(Department(id=DepartmentId("d"), name="Sales")) == "department"


@pytest.mark.parametrize("line", [line for line in LINES if bytes(line.personal)], ids=lambda line: line.kind)
def test_an_event_stands_without_what_is_personal(line: Line) -> None:
    event = decode(line.kind, line.version, bytes(line.payload), None)
    assert getattr(event, "personal", "there") is None


def test_a_kind_or_a_version_we_do_not_know_is_refused() -> None:
    with pytest.raises(UnknownEvent):
        decode("Danced", 1, b"{}", None)
    with pytest.raises(UnknownEvent):
        decode("HelpAsked", HelpAsked.version + 1, b"{}", None)


def test_an_unknown_field_is_refused() -> None:
    payload = b'{"kind":"EngineStarted","at":"2026-03-01T09:00:00Z","extra":1}'
    with pytest.raises(msgspec.ValidationError):
        decode("EngineStarted", 1, payload, None)


def test_a_written_message_carries_its_text_in_the_personal_part_only() -> None:
    line = next(line for line in LINES if line.kind == "MessageWritten")
    event = decode(line.kind, line.version, bytes(line.payload), bytes(line.personal))
    assert isinstance(event, MessageWritten)
    assert event.personal is not None
    assert event.personal.text.encode() not in encode(event).payload
