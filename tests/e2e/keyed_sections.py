"""The Visitors List and the Reports by the keyboard alone."""

import re

from playwright.sync_api import expect

from tests.e2e.keys import chooses, comes_back, presses, tab_to, types
from tests.e2e.people import COMING_BACK_MS, Operator


def looks_through_the_visitors(ann: Operator) -> None:
    page = ann.page
    page.keyboard.press("Alt+3")
    shown = page.get_by_role("navigation", name="Pages").get_by_role("status")
    expect(shown).to_contain_text(re.compile(r"^1–25 of \d+"), timeout=COMING_BACK_MS)
    for label, first in (("Next page", 26), ("Previous page", 1), ("Last page", 26), ("First page", 1)):
        presses(page, page.get_by_role("button", name=label, exact=True))
        expect(shown).to_contain_text(re.compile(f"^{first}–"))
    name = page.get_by_role("columnheader", name="Name", exact=True)
    presses(page, name.get_by_role("button"))
    expect(name).to_have_attribute("aria-sort", "ascending")
    types(page, page.get_by_role("searchbox", name="Search", exact=True), "Kay")
    expect(shown).to_contain_text("1–1 of 1")
    row = page.get_by_role("row").filter(has_text="Kay")
    presses(page, row.get_by_role("button", name="Actions for "))
    chooses(page, "View profile")
    expect(ann.profile).to_be_visible()
    page.keyboard.press("Alt+3")
    presses(page, row)
    expect(ann.profile.get_by_role("tab", name="General")).to_have_attribute("aria-selected", "true")


def reads_the_reports(ann: Operator) -> None:
    page = ann.page
    page.keyboard.press("Alt+4")
    figures = page.get_by_role("list", name="Figures", exact=True).get_by_role("listitem")
    expect(figures.first).to_be_visible(timeout=COMING_BACK_MS)
    behind = page.get_by_role("button", name="Behind Asked", exact=True)
    for what in ("Definition", "SQL", "Open in notebook"):
        presses(page, behind)
        chooses(page, what)
        dialog = page.get_by_role("dialog", name=f"Asked: {what}", exact=True)
        expect(dialog).to_be_visible()
        if what == "Open in notebook":
            presses(page, dialog.get_by_role("button", name="Copy", exact=True))
        comes_back(behind, lambda: page.keyboard.press("Escape"))
    tab_to(page, page.get_by_role("combobox", name="Period", exact=True))
    page.keyboard.press("End")
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    tab_to(page, page.get_by_label("To", exact=True))
    tab_to(page, page.get_by_role("combobox", name="Department", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("period=custom.*department="))
    presses(page, page.get_by_role("navigation", name="Reports", exact=True).get_by_role("link", name="Operators"))
    table = page.get_by_role("region", name="Operators", exact=True)
    column = table.get_by_role("columnheader").first
    presses(page, column.get_by_role("button"))
    expect(column).to_have_attribute("aria-sort", re.compile("ascending|descending"))
    tab_to(page, table.get_by_role("link", name="CSV of Operators", exact=True), key="Shift+Tab")
    with page.expect_download():
        page.keyboard.press("Enter")
