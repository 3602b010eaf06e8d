"""Operators now, the service of a site, and one visitor's visit."""

from typing import Any

from engine.events import DepartmentId, PartRemoved, VisitorId
from engine.streams.folds import directory
from engine.streams.folds.presence import PAGES_KEPT
from engine.streams.views import operators_now, place, service, visit
from tests.engine.story import SHOP, Story
from tests.engine.streams.folding import folded, shown

# --- operators now


def test_an_operator_goes_through_the_states(story: Story) -> None:
    ann = story.operator("Ann", max_chats=1)

    def row() -> Any:
        return shown(operators_now.PIPELINE, story)[ann.id]

    assert (row().state, row().here) == ("signed-out", False)
    ann.arrives()
    assert (row().state, row().here, row().live_help) == ("not-available", True, False)
    ann.switches(on=True)
    available = story.now
    assert (row().state, row().since, row().departments) == ("available", available, ("Support",))
    vera = story.visitor("vera").asks().is_accepted_by("Ann")
    assert (row().state, row().chats, row().max_chats, row().since) == ("full", 1, 1, story.now)
    vera.ends()
    assert row().state == "available"
    ann.closes_tab()
    assert (row().state, row().here) == ("available", False)
    ann.returns()
    assert row().here is True
    ann.signs_out()
    assert (row().state, row().here, row().live_help) == ("signed-out", False, False)


def test_an_offer_from_the_queue_counts_and_a_broadcast_does_not(story: Story) -> None:
    ann = story.operator("Ann", on=True, max_chats=1)
    vera = story.visitor("vera").asks().rings_at("Ann")
    assert shown(operators_now.PIPELINE, story)[ann.id].offers == 0
    vera.is_queued().is_offered_to("Ann")
    row = shown(operators_now.PIPELINE, story)[ann.id]
    assert (row.offers, row.chats, row.state) == (1, 0, "full")
    vera.is_not_answered_by("Ann")
    row = shown(operators_now.PIPELINE, story)[ann.id]
    assert (row.offers, row.state) == (0, "available")


def test_an_offer_taken_by_another_hand_is_over(story: Story) -> None:
    ann, bob = story.operator("Ann", on=True), story.operator("Bob", on=True)
    story.visitor("vera").asks().is_queued().is_offered_to("Ann").is_accepted_by("Bob")
    rows = shown(operators_now.PIPELINE, story)
    assert (rows[ann.id].offers, rows[bob.id].chats) == (0, 1)


# --- the service


def says(story: Story) -> Any:
    row = shown(service.PIPELINE, story)[SHOP]
    return row.service, {department.name: department.service for department in row.departments}


def test_the_button_is_live_while_somebody_of_a_department_has_live_help_on(story: Story) -> None:
    assert says(story) == ("message", {"Support": "message", "Sales": "message"})
    ann = story.operator("Ann", max_chats=1)
    ann.arrives()
    assert says(story)[0] == "message"
    ann.switches(on=True)
    assert says(story) == ("live", {"Support": "live", "Sales": "message"})
    story.visitor("vera").asks().is_accepted_by("Ann")
    assert says(story)[0] == "live"  # full
    ann.closes_tab()
    story.restarts()
    assert says(story)[0] == "live"  # within the grace
    ann.signs_out()
    assert says(story)[0] == "message"


def test_a_department_that_takes_no_part_is_not_offered(story: Story) -> None:
    story.department("Back office", takes_part=False)
    story.operator("Ann", "Back office", on=True)
    assert says(story) == ("message", {"Support": "message", "Sales": "message"})


def test_a_name_that_a_visitor_gives_shows_no_service_anew(story: Story) -> None:
    before = shown(service.PIPELINE, story)
    story.visitor("vera").asks(name="Vera")
    assert shown(service.PIPELINE, story) == before


# --- one visitor's visit


def visit_of(story: Story, name: str) -> Any:
    return visit.value(folded(visit.PIPELINE, story), VisitorId(name))


def test_a_visit_is_told_page_by_page(story: Story) -> None:
    vera = story.visitor("vera", ordinal=2, referrer="https://search.test/")
    vera.views("https://shop.test/lamp", "A lamp")
    told = visit_of(story, "vera")
    assert [(page.address, page.title) for page in told.pages] == [
        ("https://shop.test/", None),
        ("https://shop.test/lamp", "A lamp"),
    ]
    assert (told.visits, told.site, told.referrer, told.ended, told.here) == (
        2,
        "Shop",
        "https://search.test/",
        None,
        True,
    )
    assert (told.state, told.conversation) == (None, None)
    assert visit_of(story, "nobody") is None


def test_a_visit_names_its_conversation_and_not_that_of_an_earlier_visit(story: Story) -> None:
    vera = story.visitor("vera").asks(name="Vera").is_accepted_by("Ann")
    assert (visit_of(story, "vera").state, visit_of(story, "vera").conversation) == ("active", vera.talk)
    vera.ends()
    told = visit_of(story, "vera")
    assert (told.state, told.conversation, told.name, told.may) == (None, vera.talk, "Vera", ("engage",))
    vera.goes()
    told = visit_of(story, "vera")
    assert (told.ended, told.may) == (story.now, ())
    vera.comes(ordinal=2)
    assert visit_of(story, "vera").conversation is None


def test_only_the_last_pages_of_an_endless_visit_are_kept_and_all_are_counted(story: Story) -> None:
    vera = story.visitor("vera")
    for number in range(PAGES_KEPT + 5):
        vera.views(f"https://shop.test/{number}")
    told = visit_of(story, "vera")
    assert (len(told.pages), told.count) == (PAGES_KEPT, PAGES_KEPT + 6)
    assert told.pages[-1].address == f"https://shop.test/{PAGES_KEPT + 4}"


def test_each_moment_names_whom_it_touched(story: Story) -> None:
    vera, wim = story.visitor("vera"), story.visitor("wim")
    assert folded(visit.PIPELINE, story).touched == (wim.id,)
    vera.asks()
    assert folded(visit.PIPELINE, story).touched == (vera.id,)
    vera.goes()
    story.passes(601)
    assert folded(visit.PIPELINE, story).touched == (vera.id,)
    assert visit_of(story, "vera") is None


# --- parts that change and go


def test_who_may_not_serve_is_no_operator_now(story: Story) -> None:
    ann = story.operator("Ann", on=True)
    ann.is_gone()
    story.changes_operator("Ann", disabled=True)
    assert not shown(operators_now.PIPELINE, story)
    story.changes_operator("Ann")
    assert shown(operators_now.PIPELINE, story)[ann.id].state == "signed-out"
    story.changes_operator("Ann", role="analyst")
    assert not shown(operators_now.PIPELINE, story)


def test_who_is_removed_is_gone_and_keeps_their_name(story: Story) -> None:
    ann = story.operator("Ann")
    story.happens(PartRemoved, part="operator", id=ann.id)
    assert not shown(operators_now.PIPELINE, story)
    names = shown(directory.PIPELINE, story)
    assert (names.operator(ann.id), names.departments_of(ann.id)) == ("Ann", ())
    assert ann.id not in names.versions


def test_a_site_and_a_department_that_are_removed_offer_nothing(story: Story) -> None:
    story.operator("Ann", on=True)
    story.happens(PartRemoved, part="department", id="Sales")
    assert [one.name for one in shown(service.PIPELINE, story)[SHOP].departments] == ["Support"]
    story.happens(PartRemoved, part="site", id=SHOP)
    assert not shown(service.PIPELINE, story)
    names = shown(directory.PIPELINE, story)
    assert (names.site(SHOP), names.site_of("shop"), names.order) == ("Shop", None, ("Support",))


def test_a_queue_is_staffed_by_who_serves_its_department_now(story: Story) -> None:
    story.operator("Ann", "Sales", on=True)
    vera = story.visitor("vera").asks().is_queued("nobody")
    assert not shown(place.PIPELINE, story)[vera.talk].staffed
    story.changes_operator("Ann", departments=(DepartmentId("Support"),))
    assert shown(place.PIPELINE, story)[vera.talk].staffed
    story.changes_operator("Ann", departments=(DepartmentId("Sales"),))
    assert not shown(place.PIPELINE, story)[vera.talk].staffed


def test_a_part_counts_how_often_it_was_set(story: Story) -> None:
    story.hours("Sales", None, called="Trade")
    assert dict(shown(directory.PIPELINE, story).versions) == {SHOP: 1, "Support": 1, "Sales": 2}
