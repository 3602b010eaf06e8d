"""The first hour of an owner in Chromium: the sign-in of an unset house, the first password, the screens then."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, Page, expect

from engine.commands import SetPart
from engine.events import DepartmentId
from engine.events.parts import Site
from tests.browser import STILL
from tests.dashboard.house import PASSWORD, House
from tests.dashboard.people import IDS, SHOP, SUPPORT
from tests.dashboard.running import Running

pytestmark = pytest.mark.e2e
LOGIN, SECRET, NAME = "root", "correct horse battery", "Ada Novak"


@pytest.fixture
def unset() -> Iterator[Running]:
    """A house in which nobody has a login."""
    with Running(House(furnished=False)) as running:
        yield running


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Page]:
    """A page of nobody's."""
    context = chromium.new_context(**STILL)
    yield context.new_page()
    context.close()


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def open_setup(page: Page, running: Running) -> None:
    """Open the one-time address, as the start printed it."""
    code = running.at(lambda house: house.main.accounts.setup_code())
    page.goto(f"{running.base}/app/setup#{code}")


def fill(page: Page, *, name: str = NAME, login: str = LOGIN, password: str = SECRET) -> None:
    for field, text in (("Display name", name), ("Login", login), ("Password", password)):
        box(page, field).fill(text)
    page.get_by_role("button", name="Set password").click()


def test_the_sign_in_of_an_unset_house_says_what_comes_first_and_where_it_is(unset: Running, fresh: Page) -> None:
    said = re.compile("one-time address comes first.*parlour serve.*journalctl")
    fresh.goto(f"{unset.base}/app/login")
    expect(fresh.get_by_text(said)).to_be_visible()
    box(fresh, "Login").fill("ann")
    box(fresh, "Password").fill("a guess")
    fresh.get_by_role("button", name="Sign in").click()
    expect(fresh.get_by_role("alert")).to_have_text("The login or the password is wrong.")
    expect(fresh.get_by_text(said)).to_be_visible()
    open_setup(fresh, unset)
    fill(fresh)
    expect(fresh.get_by_role("switch", name="Live Help")).to_be_enabled()
    fresh.context.clear_cookies()
    fresh.goto(f"{unset.base}/app/login")
    expect(fresh.get_by_text("Sign in to serve your visitors.")).to_be_visible()
    expect(fresh.get_by_text(said)).to_have_count(0)


def test_the_rules_stand_there_beforehand_and_are_read_with_their_field(unset: Running, fresh: Page) -> None:
    open_setup(fresh, unset)
    expect(box(fresh, "Display name")).to_be_focused()
    expect(box(fresh, "Display name")).to_have_accessible_description(re.compile("visitors read"))
    expect(box(fresh, "Password")).to_have_accessible_description(re.compile("8 to 200 characters"))
    expect(fresh.get_by_text("8 to 200 characters")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"password": "short"}, "Password", "at least 8 characters"),
        ({"password": "root root root"}, "Password", "more than the login"),
        ({"password": "x" * 201}, "Password", "200 characters at most"),
        ({"login": "ä root"}, "Login", "letters a–z"),
        ({"name": "\u2060 \u200b"}, "Display name", "visitors will read it"),
    ],
)
def test_the_focus_is_in_the_field_that_is_wrong_and_the_rest_stays(
    unset: Running, fresh: Page, typed: dict[str, str], field: str, says: str
) -> None:
    open_setup(fresh, unset)
    fill(fresh, **typed)
    expect(fresh.get_by_role("alert").locator("visible=true")).to_contain_text(says)
    wrong = box(fresh, field)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile(re.escape(says)))
    assert fresh.locator("[aria-invalid]").count() == 1
    expect(box(fresh, "Login")).to_have_value(typed.get("login", LOGIN))
    expect(box(fresh, "Password")).to_have_value("")
    fill(fresh)  # the code is not used up
    expect(fresh.get_by_role("switch", name="Live Help")).to_be_enabled()


def test_visitors_read_the_administrators_own_name(unset: Running, fresh: Page) -> None:
    open_setup(fresh, unset)
    fill(fresh)
    expect(fresh.get_by_role("switch", name="Live Help")).to_be_enabled()
    names = unset.do(lambda house: [house.main.views.directory.operator(one) for one in house.desk.operators])
    assert names == [NAME]


@pytest.mark.parametrize("where", ["login", "setup"])
def test_what_was_typed_as_a_password_can_be_read_and_is_hidden_when_it_is_sent(
    unset: Running, fresh: Page, where: str
) -> None:
    fresh.goto(f"{unset.base}/app/{where}")
    password, show = box(fresh, "Password"), fresh.get_by_role("button", name="Show", exact=True)
    password.fill(PASSWORD)
    expect(password).to_have_attribute("type", "password")
    expect(show).to_have_attribute("aria-pressed", "false")
    show.click()
    expect(password).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(password).to_be_focused()
    expect(password).to_have_value(PASSWORD)
    fresh.evaluate("document.querySelector('form').dispatchEvent(new Event('submit'))")
    expect(password).to_have_attribute("type", "password")


def test_an_empty_house_says_the_next_step_on_every_section_until_it_is_done(unset: Running, fresh: Page) -> None:
    open_setup(fresh, unset)
    fill(fresh)
    command = fresh.get_by_role("status").get_by_text('parlour site add "My shop" --origin', exact=False)
    for section in ("Communication Overview", "Visitors List", "Site Monitor"):
        fresh.get_by_role("navigation").get_by_role("link", name=section).click()
        expect(command).to_be_visible()
    shop = Site(id=SHOP, key="shop", name="shop", origins=("http://localhost",))
    unset.at(lambda house: house.changes(SetPart(part=shop)))
    expect(command).to_have_count(0)


def test_who_serves_no_department_is_told_so_and_by_which_command_it_is_mended(chromium: Browser) -> None:
    with Running() as running:
        running.at(lambda house: house.changes(of(house, "bob", ())))
        context = chromium.new_context(**STILL)
        page = context.new_page()
        sign_in(page, running, "bob")
        said = page.get_by_role("status").get_by_text("You serve no department")
        expect(said).to_contain_text("parlour user change bob --department Support")
        running.at(lambda house: house.changes(of(house, "bob", (SUPPORT,))))
        expect(said).to_have_count(0)
        running.at(lambda house: house.changes(of(house, "ann", ())))
        page.context.clear_cookies()
        sign_in(page, running, "ann")
        expect(said).to_contain_text("An administrator can change that.")
        assert "parlour" not in said.inner_text()
        context.close()


def of(house: House, login: str, departments: tuple[DepartmentId, ...]) -> SetPart:
    """The change after which somebody serves these."""
    names = house.main.views.directory
    part = names.operators[IDS[login]]
    return SetPart(part=replace(part, departments=departments), rests_on=names.versions[part.id])


def sign_in(page: Page, running: Running, login: str) -> None:
    page.goto(f"{running.base}/app/login")
    box(page, "Login").fill(login)
    box(page, "Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("switch", name="Live Help")).to_be_enabled()
