"""A day's work through the door, by both its implementations: invitations, hold, left messages, stories, the house."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from engine.commands import (
    Done,
    HoldChat,
    InviteVisitor,
    LeaveMessage,
    MarkLeftMessage,
    QueueRequest,
    Refused,
    ResumeChat,
    SeeMessages,
    SetPart,
    StartInvitedChat,
    SwitchLiveHelp,
    WriteMessage,
)
from engine.door.interface import Door, DoorError
from engine.door.requests import AddPerson, Administer, AskHouse, AskSiteSecret, AskStory, FindMessages
from engine.events import (
    ByVisitor,
    ConversationId,
    DepartmentId,
    Hours,
    MessageId,
    Opening,
    SiteId,
)
from engine.events.parts import Department
from engine.ids import draw_id
from engine.journal import search
from tests.engine.door.doors import Scenario, comes_to_work, visitor_asks, visitor_comes
from tests.running import PASSWORD, Running, eventually, session_of


def test_an_invitation_is_sent_taken_held_resumed_and_read(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        core, visitor = house.house.core, await visitor_comes(house)
        engage = InviteVisitor(visitor=visitor, text="Hello! I'm Ann.")
        said = await door.act(engage, session=session, client_id="a")
        assert isinstance(said, Done)
        assert said.conversation
        chat = said.conversation
        again = await door.act(engage, session=session, client_id="b")
        assert again == Refused(reason="invited", by="Ann")
        await core.send(StartInvitedChat(visitor=visitor, conversation=chat), sender=visitor)
        assert house.desk.conversations[chat].operator is not None
        assert await door.act(HoldChat(conversation=chat), session=session, client_id="c") == Done(
            conversation=chat, number=4
        )
        say = WriteMessage(conversation=chat, text="Hello")
        assert await door.act(say, session=session, client_id="d") == Refused(reason="on-hold")
        assert isinstance(await door.act(ResumeChat(conversation=chat), session=session, client_id="e"), Done)
        by = ByVisitor(visitor=visitor)
        written = WriteMessage(
            author=by, conversation=chat, message=MessageId(draw_id()), client_id="v", text="Good morning"
        )
        number = getattr(await core.send(written, sender=visitor), "number", 0)
        read = SeeMessages(conversation=chat, upto=number)
        assert await door.act(read, session=session, client_id="f") == Done(conversation=chat, number=number + 1)
        assert await door.act(read, session=session, client_id="g") == Done()

    play(scenario)


def test_a_left_message_is_marked_by_its_department_only(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        ann = await comes_to_work(house, door, "ann")
        core, visitor = house.house.core, await visitor_comes(house)
        left = LeaveMessage(
            visitor=visitor,
            site=next(iter(house.desk.sites)),
            conversation=ConversationId(draw_id()),
            email="vera@example.org",
            text="Call me",
        )
        await core.send(left, sender=visitor)
        sales = next(one.id for one in house.desk.departments.values() if one.name == "Sales")
        await door.ask(AddPerson(login="sam", password=PASSWORD, name="Sam", role="operator", departments=(sales,)))
        sam = await session_of(door, "sam")
        close = door.open_tab(session=sam, tab="sam's tab")
        await eventually(lambda: sum(one.present for one in house.desk.operators.values()) == 2)
        answered = MarkLeftMessage(conversation=left.conversation, state="answered")
        assert await door.act(answered, session=sam, client_id="a") == Refused(reason="forbidden")
        assert isinstance(await door.act(answered, session=ann, client_id="b"), Done)
        close()

    play(scenario)


def test_the_story_of_a_conversation_is_told_by_cause(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        _, chat = await visitor_asks(house)
        await door.act(QueueRequest(conversation=chat), session=session, client_id="a")
        await door.act(SwitchLiveHelp(on=False), session=session, client_id="b")
        await door.act(SwitchLiveHelp(on=True), session=session, client_id="c")
        told = await door.ask(AskStory(conversation=chat), session=session)
        assert [(step.key, step.values.get("operator"), step.cause) for step in told] == [
            ("story.asked", None, None),
            ("story.rings", "Ann", 0),
            ("story.queued.by-operator", "Ann", None),
            ("story.live-help.on", "Ann", None),
            ("story.offered.available", "Ann", 3),
        ]
        assert await door.ask(AskStory(conversation=chat)) == told
        for who, which, reason in [
            ("guessed", chat, "signed-out"),
            (session, ConversationId(draw_id()), "unknown-conversation"),
            (session, ConversationId("no id"), "unknown-conversation"),
        ]:
            with pytest.raises(DoorError) as refused:
                await door.ask(AskStory(conversation=which), session=who)
            assert refused.value.reason == reason

    play(scenario)


def test_what_was_written_is_found_by_who_is_signed_in(
    play: Callable[[Scenario], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        core, visitor = house.house.core, await visitor_comes(house)
        site = next(iter(house.desk.sites))
        for number in range(3):
            left = LeaveMessage(
                visitor=visitor,
                site=site,
                conversation=ConversationId(draw_id()),
                email="vera@example.org",
                subject=f"Tent {number}",
                text='Where is "it"?',
            )
            await core.send(left, sender=visitor)
        found = await door.ask(FindMessages(text='"where TENT'), session=session)
        said = ["".join(part.text for part in one.parts).split("\n")[0] for one in found]
        assert said == ["Tent 2", "Tent 1", "Tent 0"]
        assert [part.text for part in found[0].parts if part.found] == ["Tent", "Where"]
        assert found[0].conversation == left.conversation
        (before,) = await door.ask(FindMessages(text="tent", before=found[1].position), session=session)
        assert before.position == found[2].position
        assert await door.ask(FindMessages(text="nothing"), session=session) == ()
        with pytest.raises(DoorError) as refused:
            await door.ask(FindMessages(text="tent"), session="guessed")
        assert refused.value.reason == "signed-out"
        monkeypatch.setattr(search, "LONGEST", -1.0)
        monkeypatch.setattr(search, "STEPS", 1)
        with pytest.raises(DoorError) as slow:
            await door.ask(FindMessages(text="tent"), session=session)
        assert slow.value.reason == "too-slow"
        monkeypatch.undo()

    play(scenario)


def test_a_sites_secret_is_its_own_and_stays(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        site = next(iter(house.desk.sites))
        secret = await door.ask(AskSiteSecret(site=site))
        assert secret.encode() == house.house.accounts.identity_secret(site)
        assert await door.ask(AskSiteSecret(site=site)) == secret
        with pytest.raises(DoorError) as refused:
            await door.ask(AskSiteSecret(site=SiteId("nowhere")))
        assert refused.value.reason == "unknown-site"

    play(scenario)


def test_a_department_is_changed(play: Callable[[Scenario], None]) -> None:
    async def scenario(_house: Running, door: Door) -> None:
        support = (await door.ask(AskHouse())).departments[0]
        hours = Hours(zone="Europe/Berlin", openings=(Opening(day=0, opens=540, closes=1_020),))
        part = Department(id=DepartmentId(support.id), name="Help", takes_part=False, hours=hours)
        change = SetPart(part=part, rests_on=support.version)
        assert isinstance(await door.ask(Administer(command=change)), Done)
        changed = (await door.ask(AskHouse())).departments[0]
        assert (changed.name, changed.takes_part, changed.hours) == ("Help", False, hours)
        nowhere = replace(part, hours=Hours(zone="Nowhere/At-all", openings=()))
        bad = await door.ask(Administer(command=replace(change, part=nowhere, rests_on=changed.version)))
        assert bad == Refused(reason="bad-value", detail="there is no time zone Nowhere/At-all")

    play(scenario)
