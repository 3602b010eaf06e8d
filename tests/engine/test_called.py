"""By whom something was written: a conversation's entries say what the visitor was called at each, then and now."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from engine.events import (
    Asking,
    ConversationId,
    DepartmentId,
    Event,
    HelpAsked,
    MessageId,
    MessageText,
    MessageWritten,
    SiteId,
    VisitEnded,
    VisitId,
    VisitorId,
    VisitorIdentified,
    VisitorIdentity,
    VisitorOrigin,
    VisitStarted,
)
from engine.events.conversation import ByVisitor
from engine.talk.called import Calling
from engine.views import ConversationEntries
from tests.running import SHOP_KEY, Running, eventually, running

VERA, VISIT, CHAT = VisitorId("vera"), VisitId("visit"), ConversationId("chat")
NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def at(second: int) -> datetime:
    return NINE + timedelta(seconds=second)


def began(second: int, name: str | None) -> Event:
    personal = VisitorOrigin(name=name)
    return VisitStarted(at=at(second), visitor=VERA, visit=VISIT, site=SiteId("s"), ordinal=1, personal=personal)


def said(second: int, name: str | None) -> Event:
    return VisitorIdentified(
        at=at(second), visitor=VERA, visit=VISIT, verified=True, personal=VisitorIdentity(user="1", name=name)
    )


def asked(second: int, name: str | None) -> Event:
    personal = Asking(name=name) if name else None
    return HelpAsked(
        at=at(second),
        conversation=CHAT,
        number=1,
        visitor=VERA,
        site=SiteId("s"),
        department=DepartmentId("d"),
        personal=personal,
    )


def wrote(second: int) -> Event:
    return MessageWritten(
        at=at(second),
        conversation=CHAT,
        number=second,
        message=MessageId("m"),
        client_id="c",
        author=ByVisitor(visitor=VERA),
        personal=MessageText(text="x"),
    )


def ended(second: int) -> Event:
    return VisitEnded(at=at(second), visitor=VERA, visit=VISIT)


@pytest.mark.parametrize(
    ("others", "events", "names"),
    [
        ([], [asked(1, None), wrote(2)], [None, None]),
        ([], [asked(1, "Vera"), wrote(2)], ["Vera", "Vera"]),
        ([began(0, "Vera B.")], [asked(1, None), wrote(2)], ["Vera B.", "Vera B."]),
        ([said(3, "Vera")], [asked(1, None), wrote(2), wrote(4)], [None, None, "Vera"]),
        ([said(0, "Vera"), said(3, "Vera Berger")], [asked(1, None), wrote(4)], ["Vera", "Vera Berger"]),
        ([said(0, "site's")], [asked(1, "own"), wrote(2)], ["own", "own"]),  # theirs goes before the site's
        ([said(0, "Vera"), ended(3)], [asked(1, None), wrote(3), wrote(4)], ["Vera", "Vera", None]),
        ([began(1, "Vera")], [asked(1, None)], ["Vera"]),  # a visit that begins with the request
        ([said(0, "Vera"), said(3, None)], [asked(1, None), wrote(4)], ["Vera", None]),
    ],
)
def test_the_name_at_each_event_is_the_one_of_that_time(
    others: list[Event], events: list[Event], names: list[str | None]
) -> None:
    calling = Calling(others)
    assert [calling.at(event) for event in events] == names


def test_earlier_lines_keep_who_wrote_them_live_and_read_again_and_the_visitor_is_not_told(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        session = await house.person("ann")
        async with house.page() as page, house.chat() as chat:
            await page.send(
                {
                    "t": "hello",
                    "site": SHOP_KEY,
                    "page": {"t": "page", "address": "http://shop.test/", "title": "", "referrer": ""},
                }
            )
            key = (await page.until("welcome"))["visitor"]
            await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": key, "speaks": 2})
            await chat.until("welcome")
            await chat.send({"t": "ask", "client_id": "a"})
            conversation = ConversationId((await chat.until("ack"))["conversation"])

            def read() -> list[dict[str, object]]:
                found: list[dict[str, object]] = []
                frames = house.house.door.watch(ConversationEntries(conversation=conversation), session=session)
                frames.subscribe(lambda frame: found.append(msgspec.json.decode(bytes(frame.body))["entry"]))
                return found

            live = read()
            for number, name in enumerate(("Vera", "Vera Berger"), start=1):
                await page.send({"t": "identify", "name": name})
                await page.send({"t": "track", "name": ""})
                await page.until("error")  # the name was heard
                await chat.send({"t": ("ask", "cancel")[number - 1], "client_id": f"again {number}"})
                await chat.until("ack")
            await eventually(lambda: live[-1]["what"] == "abandoned")
            names = {str(entry["what"]): entry.get("visitor") for entry in live}
            assert [names[what] for what in ("asked", "asked-again", "abandoned")] == [None, "Vera", "Vera Berger"]
            again = read()
            await eventually(lambda: len(again) == len(live))
            assert again == live
            assert not [frame for frame in chat.seen if frame["t"] == "entry" and "visitor" in frame]

    async def run() -> None:
        async with running(tmp_path) as house:
            await scenario(house)

    asyncio.run(run())
