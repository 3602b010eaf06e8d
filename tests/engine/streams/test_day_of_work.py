"""What a team sees of a day's work: invitations, hold, losses, wrap-up, seen messages, hours."""

from datetime import timedelta
from typing import Any

import pytest

from engine.events import Hours, Opening, OperatorId, SiteId
from engine.streams.folds import conversations, directory
from engine.streams.folds.going import KEPT
from engine.streams.views import (
    left_messages,
    mine,
    operators_now,
    overview,
    place,
    queue,
    rings,
    service,
    visit,
    visitors_now,
    waiting_times,
)
from tests.engine.story import NINE, Guest, Someone, Story
from tests.engine.streams.folding import folded, shown

ANN, BOB = OperatorId("Ann"), OperatorId("Bob")


@pytest.fixture
def ann(story: Story) -> Someone:
    return story.operator("Ann", on=True)


@pytest.fixture
def vera(story: Story, ann: Someone) -> Guest:
    return story.visitor("vera")


def badge(story: Story, name: str = "vera") -> Any:
    return shown(visitors_now.PIPELINE, story)[name]


def own(story: Story, operator: OperatorId = ANN) -> dict[str, Any]:
    return dict(shown(mine.PIPELINE, story).get(operator, {}))


def waiting(story: Story) -> list[Any]:
    rows = shown(queue.PIPELINE, story).get("Support", {})
    return sorted(rows.values(), key=lambda row: row.place)


# --- invitations


def test_a_badge_tells_of_the_invitation_until_it_is_accepted(story: Story, vera: Guest) -> None:
    vera.is_invited_by("Ann")
    sent = story.now
    assert (badge(story).state, badge(story).invitation) == ("invited", visitors_now.Token("invited", "Ann", sent))
    assert shown(overview.PIPELINE, story).invited == 1
    vera.starts(name="Vera").is_accepted_by("Ann", "invitation")
    assert (badge(story).state, badge(story).invitation, badge(story).name) == ("active", None, "Vera")
    assert own(story)["c-vera"].state == "active"
    assert shown(waiting_times.PIPELINE, story).answered == 0  # nobody waited


@pytest.mark.parametrize(("how", "state"), [("refuses", "refused"), ("lets_expire", "expired")])
def test_an_invitation_that_came_to_nothing_stays_on_the_badge_of_this_visit(
    story: Story, vera: Guest, how: str, state: str
) -> None:
    vera.is_invited_by("Ann")
    getattr(vera, how)()
    assert (badge(story).state, badge(story).invitation.state, badge(story).invitation.by) == (None, state, "Ann")
    vera.asks(talk="c-2")
    assert badge(story).invitation.state == state
    vera.cancels()
    vera.goes()
    vera.comes(ordinal=2)
    vera.views("https://shop.test/")
    assert badge(story).invitation is None


def test_an_invitation_that_was_taken_back_leaves_no_sign(story: Story, vera: Guest) -> None:
    vera.is_invited_by("Ann").is_uninvited_by("Ann")
    assert (badge(story).state, badge(story).invitation, "engage" in badge(story).may) == (None, None, True)


def test_nothing_is_kept_of_an_invitation_to_who_is_gone(story: Story, vera: Guest) -> None:
    vera.is_invited_by("Ann")
    vera.goes()
    vera.lets_expire("gone")
    assert not folded(conversations.PIPELINE, story).invitations


def test_an_invited_visitor_whose_operator_is_not_free_waits_from_then_on(story: Story, vera: Guest) -> None:
    vera.is_invited_by("Ann")
    story.passes(60)
    vera.starts()
    started = story.now
    vera.rings_at("Ann")
    tile = shown(waiting_times.PIPELINE, story)
    assert (tile.waiting, tile.longest_since) == (1, started)
    assert shown(rings.PIPELINE, story)[ANN]["c-vera"].since == started


# --- hold


def test_a_chat_on_hold_stays_in_ones_own_list_and_keeps_its_time(story: Story, vera: Guest) -> None:
    vera.asks().is_accepted_by("Ann")
    since = story.now
    vera.writes("Hello").is_held_by("Ann")
    row = own(story)["c-vera"]
    assert (row.state, row.since, row.last.text) == ("on-hold", since, "Hello")
    assert badge(story).state == "on-hold"
    assert (shown(overview.PIPELINE, story).in_chat, shown(overview.PIPELINE, story).on_hold) == (0, 1)
    assert shown(operators_now.PIPELINE, story)[ANN].chats == 1
    vera.is_resumed_by("Ann")
    assert own(story)["c-vera"].state == "active"
    vera.is_lost_in_chat()
    assert own(story) == {}
    assert folded(conversations.PIPELINE, story).by_id[vera.talk].lost


# --- operators lost


def test_who_lost_their_operator_waits_before_all_others_in_the_order_of_the_loss(story: Story, vera: Guest) -> None:
    story.visitor("first").asks().is_queued("full")
    wim = story.visitor("wim").asks().is_accepted_by("Ann")
    vera.asks().is_accepted_by("Ann").writes("Hello")
    story.visitor("second").asks().is_queued("full")
    vera.is_queued("operator-lost", by="Ann")
    wim.is_queued("operator-left", by="Ann")
    assert [(row.visitor, row.place, row.reason) for row in waiting(story)] == [
        ("vera", 1, "operator-lost"),
        ("wim", 2, "operator-left"),
        ("first", 3, "full"),
        ("second", 4, "full"),
    ]
    assert waiting(story)[0].by == "Ann"
    assert own(story) == {}
    assert badge(story).operator is None
    assert shown(place.PIPELINE, story)["c-vera"].place == 1
    vera.is_offered_to("Bob").is_accepted_by("Bob", "offer")
    row = own(story, BOB)["c-vera"]
    assert (row.last.text, row.unread) == ("Hello", 1)  # what was said before is not forgotten


def test_a_second_wait_counts_from_the_loss(story: Story, vera: Guest) -> None:
    vera.asks()
    story.passes(10)
    vera.is_accepted_by("Ann")
    story.passes(600)
    vera.is_queued("operator-lost", by="Ann")
    story.passes(30)
    vera.is_accepted_by("Bob")
    tile = shown(waiting_times.PIPELINE, story)
    assert (tile.answered, tile.median_s) == (1, pytest.approx(20, abs=0.1))


# --- wrap-up


def test_an_operator_in_wrap_up_is_so_until_it_ends(story: Story, ann: Someone, vera: Guest) -> None:
    vera.asks().is_accepted_by("Ann").ends()
    ann.wraps_up(vera.talk, seconds=30)
    row = shown(operators_now.PIPELINE, story)[ANN]
    assert (row.state, row.wrap_up_until - story.now) == ("wrap-up", timedelta(seconds=30, milliseconds=-1))
    assert shown(overview.PIPELINE, story).operators.wrap_up == 1
    assert shown(service.PIPELINE, story)[SiteId("shop")].service == "live"
    ann.has_wrapped_up()
    row = shown(operators_now.PIPELINE, story)[ANN]
    assert (row.state, row.wrap_up_until) == ("available", None)


def test_who_is_gone_is_not_in_wrap_up(story: Story, ann: Someone, vera: Guest) -> None:
    ann.wraps_up(vera.talk)
    ann.is_gone()
    assert shown(operators_now.PIPELINE, story)[ANN].state == "signed-out"


# --- seen


def test_unread_counts_what_the_operator_has_not_seen(story: Story, vera: Guest) -> None:
    vera.asks().is_accepted_by("Ann").writes("one").writes("two").is_told("Hi", by="Ann")
    assert (own(story)["c-vera"].unread, own(story)["c-vera"].seen) == (2, 0)
    vera.is_seen_by("Ann", 3).sees(5)
    assert (own(story)["c-vera"].unread, own(story)["c-vera"].seen) == (1, 5)
    vera.is_seen_by("Ann", 4)
    assert own(story)["c-vera"].unread == 0


# --- left messages


def test_a_left_message_is_answered_and_closed(story: Story, vera: Guest) -> None:
    vera.leaves_message(name="Vera")
    assert (badge(story).messages, shown(overview.PIPELINE, story).left_open) == (1, 1)
    vera.message_is_answered_by("Ann")
    row = shown(left_messages.PIPELINE, story)["Support"]["c-vera"]
    assert (row.state, row.by, row.name) == ("answered", "Ann", "Vera")
    assert (badge(story).messages, shown(overview.PIPELINE, story).left_open) == (0, 0)
    vera.message_is_closed_by("Ann")
    assert "Support" not in shown(left_messages.PIPELINE, story)
    vera.message_is_reopened_by("Ann")
    row = shown(left_messages.PIPELINE, story)["Support"]["c-vera"]
    assert (row.state, row.by) == ("open", None)
    assert badge(story).messages == 1


def test_a_message_that_waits_is_not_forgotten_and_a_closed_one_is_with_its_visitor(story: Story, vera: Guest) -> None:
    vera.leaves_message().goes()
    wim = story.visitor("wim").leaves_message()
    wim.message_is_closed_by("Ann")
    story.now += timedelta(days=30)
    assert set(folded(left_messages.PIPELINE, story).left) == {
        "c-vera",
        "c-wim",
    }  # who is here may have it opened again
    wim.goes()
    story.passes(KEPT.seconds + 1)
    story.visitor("yann").goes()
    story.visitor("xenia").leaves_message().message_is_closed_by("Ann")
    assert set(folded(left_messages.PIPELINE, story).left) == {"c-vera", "c-xenia"}
    assert set(folded(conversations.PIPELINE, story).by_id) == {"c-vera", "c-xenia"}
    wim.message_is_reopened_by("Ann")  # too late; the desk would not
    assert set(shown(left_messages.PIPELINE, story)["Support"]) == {"c-vera"}


def test_a_message_closed_soon_after_its_visitor_went_can_be_reopened_until_a_visit_ends(
    story: Story, vera: Guest
) -> None:
    """As the desk has it, however long nobody goes."""
    vera.leaves_message().goes()
    story.passes(10)
    vera.message_is_closed_by("Ann")
    story.passes(KEPT.seconds + 1)
    vera.message_is_reopened_by("Ann")
    assert set(shown(left_messages.PIPELINE, story)["Support"]) == {"c-vera"}
    assert shown(overview.PIPELINE, story).left_open == 1
    vera.message_is_closed_by("Ann")
    story.visitor("wim").goes()
    assert not folded(conversations.PIPELINE, story).by_id


def test_a_message_reopened_in_time_outlives_its_visitor(story: Story, vera: Guest) -> None:
    vera.leaves_message().message_is_closed_by("Ann").message_is_reopened_by("Ann")
    vera.goes()
    story.passes(KEPT.seconds + 1)
    story.visitor("wim").leaves_message().message_is_closed_by("Ann")
    assert set(shown(left_messages.PIPELINE, story)["Support"]) == {"c-vera"}
    assert set(folded(conversations.PIPELINE, story).by_id) == {"c-vera", "c-wim"}


# --- visitors


def test_a_visitor_sleeps_acts_and_is_named_by_the_site(story: Story, vera: Guest) -> None:
    vera.sleeps()
    vera.is_identified("Vera V.", verified=False)
    vera.does("cart", sku="7")
    assert (badge(story).asleep, badge(story).name, badge(story).identity.verified) == (True, "Vera V.", False)
    assert shown(overview.PIPELINE, story).asleep == 1
    now = visit.value(folded(visit.PIPELINE, story), vera.id)
    assert now is not None
    assert [(one.name, one.parameters) for one in now.actions] == [("cart", (("sku", "7"),))]
    assert (now.asleep, now.identity and now.identity.email) == (True, "vera@shop.test")
    vera.wakes()
    vera.asks(name="Vera")
    assert (badge(story).asleep, badge(story).name) == (False, "Vera")  # what she says herself goes first
    vera.sleeps()
    vera.goes()
    assert shown(overview.PIPELINE, story).asleep == 0


def test_what_the_site_said_of_a_visitor_ends_with_the_visit(story: Story, vera: Guest) -> None:
    vera.is_identified("Vera V.", verified=True)
    vera.goes()
    vera.comes(ordinal=2)  # at the same browser, and perhaps somebody else
    assert (badge(story).name, badge(story).identity) == (None, None)
    assert not folded(directory.PIPELINE, story).identities


# --- hours


def test_the_button_goes_by_the_departments_hours_as_the_clock_passes_them(story: Story, ann: Someone) -> None:
    sunday = Hours(zone="Europe/Berlin", openings=(Opening(day=NINE.weekday(), opens=600, closes=10 * 60 + 1),))
    story.hours("Support", sunday)
    assert shown(service.PIPELINE, story)[SiteId("shop")].service == "live"  # ten o'clock there
    story.passes(59)
    assert shown(service.PIPELINE, story)[SiteId("shop")].service == "live"
    story.passes(1)
    assert shown(service.PIPELINE, story)[SiteId("shop")].service == "message"
    story.hours("Support", None, called="Help")
    site = shown(service.PIPELINE, story)[SiteId("shop")]
    assert (site.service, site.departments[0].name) == ("live", "Help")


def test_who_was_put_back_is_said_to_wait_since_then_and_not_since_they_asked(story: Story, vera: Guest) -> None:
    story.operator("Bob", on=True)
    vera.asks().is_accepted_by("Ann")
    story.passes(900)
    back = story.now
    vera.is_queued("operator-lost", by="Ann")
    story.passes(5)
    vera.is_offered_to("Bob")
    assert abs(shown(rings.PIPELINE, story)[BOB]["c-vera"].since - back) < timedelta(seconds=1)
