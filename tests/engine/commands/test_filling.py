"""What a browser asks for is the command: who fills which field, and how text is cleaned."""

import itertools
from typing import Any

import msgspec
import pytest

from engine.commands import (
    Act,
    AskForHelp,
    Door,
    HoldChat,
    IdentifyVisitor,
    InviteVisitor,
    LeaveMessage,
    OperatorCaller,
    TrackAction,
    ViewPage,
    VisitorCaller,
    WriteMessage,
)
from engine.commands.filling import act_of, bare, bare_frames, fill, frames, unfilled
from engine.events import ByOperator, ByVisitor, ConversationId, OperatorId, SiteId, VisitorId
from engine.text import TextRefused
from tests.engine.commands.filled import filled_fields, frame_of, with_field

ANN = OperatorCaller(OperatorId("ann"))
VERA = VisitorCaller(VisitorId("vera"), SiteId("shop"), shown=ConversationId("shown"))


def counting() -> Any:
    numbers = itertools.count(1)
    return lambda: f"drawn-{next(numbers)}"


@pytest.mark.parametrize(("door", "act", "field"), filled_fields())
def test_a_frame_that_brings_what_others_fill_is_none(door: Door, act: type[Act], field: str) -> None:
    decode = msgspec.json.Decoder(frames(door)).decode
    frame = frame_of(act, door)
    assert act_of(decode(msgspec.json.encode(frame))) is act
    with pytest.raises(msgspec.ValidationError, match=field):
        decode(msgspec.json.encode(with_field(frame, field)))


def test_who_asks_is_filled_in_whatever_a_command_says_of_it() -> None:
    forged = WriteMessage(author=ByOperator(operator=OperatorId("bob")), conversation=ConversationId("c"), text=" hi ")
    written = fill(forged, ANN, client_id="x", draw=counting())
    assert written == WriteMessage(
        author=ByOperator(operator=OperatorId("ann")),
        conversation=ConversationId("c"),
        message=written.message if isinstance(written, WriteMessage) else None,  # type: ignore[arg-type]
        client_id="x",
        text="hi",
    )
    assert isinstance(written, WriteMessage)
    assert written.message == "drawn-1"


def test_the_open_conversation_is_meant_where_a_visitor_names_none() -> None:
    decode = msgspec.json.Decoder(frames("chat")).decode
    said = fill(decode(b'{"t":"say","client_id":"x","text":"hi"}'), VERA, client_id="x", draw=counting())
    assert isinstance(said, WriteMessage)
    assert (said.conversation, said.author) == ("shown", ByVisitor(visitor=VisitorId("vera")))
    named = fill(decode(b'{"t":"say","client_id":"x","text":"hi","conversation":"c"}'), VERA, draw=counting())
    assert isinstance(named, WriteMessage)
    assert named.conversation == "c"


@pytest.mark.parametrize(
    ("command", "reason", "limit"),
    [
        (WriteMessage(text="x" * 10_001), "too-long", 10_000),
        (WriteMessage(text=" \n "), "empty", None),
        (WriteMessage(text="a\x00b"), "bad-text", None),
        (InviteVisitor(visitor=VisitorId("v"), text="\ud800"), "bad-text", None),
        (AskForHelp(name="x" * 81), "too-long", 80),
        (LeaveMessage(email="nobody", text="hi"), "bad-text", None),
        (LeaveMessage(email="", text="hi"), "empty", None),
        (LeaveMessage(email="a@b.example", text="hi", subject="x" * 201), "too-long", 200),
        (IdentifyVisitor(email="x"), "bad-text", None),
        (IdentifyVisitor(user="x" * 201), "too-long", 200),
        (TrackAction(name=""), "empty", None),
    ],
)
def test_text_that_is_not_taken_says_why(command: Act, reason: str, limit: int | None) -> None:
    caller = ANN if isinstance(command, InviteVisitor) else VERA
    with pytest.raises(TextRefused) as refused:
        fill(command, caller, draw=counting())
    assert (refused.value.reason, refused.value.limit) == (reason, limit)


def test_what_nobody_typed_is_made_to_fit() -> None:
    viewed = fill(
        ViewPage(address="http://a.example/x", title=" T\u202e\n" + "x" * 400, referrer=""), VERA, draw=counting()
    )
    assert isinstance(viewed, ViewPage)
    assert (viewed.site, viewed.visit, viewed.page_view) == ("shop", "drawn-1", "drawn-2")
    assert viewed.title is not None
    assert (viewed.title[:3], len(viewed.title), viewed.referrer) == ("T x", 300, None)
    with pytest.raises(msgspec.ValidationError):
        fill(ViewPage(address="javascript:alert(1)"), VERA, draw=counting())


def test_what_a_site_tells_of_an_action_is_text() -> None:
    decode = msgspec.json.Decoder(frames("page")).decode
    sent = decode(b'{"t":"track","name":" buy ","parameters":{"total":12.5,"gift":true,"for":"Tom"}}')
    told = fill(sent, VERA, draw=counting())
    assert told == TrackAction(
        visitor=VisitorId("vera"), name="buy", parameters=(("total", "12.5"), ("gift", "true"), ("for", "Tom"))
    )


def test_a_command_goes_bare_from_one_process_to_another() -> None:
    sent = bare(HoldChat(operator=OperatorId("bob"), conversation=ConversationId("c")))
    assert msgspec.json.decode(msgspec.json.encode(sent)) == {"t": "hold", "conversation": "c"}
    came = msgspec.json.decode(msgspec.json.encode(sent), type=bare_frames("dashboard"))
    assert unfilled(came) == HoldChat(conversation=ConversationId("c"))
    assert fill(came, ANN, draw=counting()) == HoldChat(operator=OperatorId("ann"), conversation=ConversationId("c"))
