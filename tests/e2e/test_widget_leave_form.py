"""The form "Leave a message": what counts comes first, what is wrong has its own words, the thanks say whereto."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.inside import AtTheDoor, Guest

pytestmark = pytest.mark.e2e


@pytest.fixture
def form(ann: AtTheDoor, vera: Guest) -> Locator:
    ann.switches(on=False)
    vera.comes()
    vera.button("Leave a message").click()
    form = vera.dialog("Leave a message")
    expect(form).to_be_visible()
    return form


def box(form: Locator, label: str) -> Locator:
    return form.get_by_role("textbox", name=label, exact=True)


def test_the_message_stands_before_the_subject(form: Locator) -> None:
    labels = form.locator(".field:visible label").all_inner_texts()
    assert labels == ["Your name", "E-mail", "Message", "Subject", "Department"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Please give an e-mail address, so that we can answer."),
        ("vera@", "“vera@” is not a whole e-mail address, like name@example.org."),
        ("vera example.org", "“vera example.org” is not a whole e-mail address, like name@example.org."),
    ],
)
def test_what_is_wrong_with_an_address_is_said(form: Locator, address: str, said: str) -> None:
    box(form, "Message").fill("Call me")
    box(form, "E-mail").fill(address)
    form.get_by_role("button", name="Send", exact=True).click()
    expect(box(form, "E-mail")).to_be_focused()
    expect(box(form, "E-mail")).to_have_attribute("aria-invalid", "true")
    expect(box(form, "E-mail")).to_have_accessible_description(said)
    expect(box(form, "Message")).not_to_have_attribute("aria-invalid", "true")


def test_the_thanks_say_whereto_the_answer_goes(form: Locator) -> None:
    box(form, "E-mail").fill("vera@example.org")
    box(form, "Message").fill("Call me")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("We answer to vera@example.org as soon as somebody is back.", exact=True)).to_be_visible()
