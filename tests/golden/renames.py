"""What the golden files' names, fields and values have become since 2ad0367: each difference that is allowed, by name.

Names are those of a view (`view`), a table (`table`), or "operator", "visitor" and "story" for the entries as either
side reads them and the steps of a story. A path goes into what stands inside: `pages.address`.
"""

from typing import Any, NamedTuple

from tests.golden.rows import (
    GONE_LONG_BEFORE_THEY_WROTE,
    LOST_A_MOMENT_AGO,
    NAMES_OF_EARLIER_VISITS,
    ON_SITE,
    WAITS_FROM_ACCEPT,
)

# A view or table of 2ad0367 → what it is called today.
NAMES: dict[str, str] = {}

# A view or table of 2ad0367, and the path of a field in it → the field's own name today.
FIELDS: dict[tuple[str, str], str] = {
    # `at` is a reserved word of DuckDB 2: a column needs no quotes
    ("page_views", "at"): "ts",
    ("actions", "at"): "ts",
    ("messages", "at"): "ts",
    ("left_messages", "at"): "ts",
}

# A view or table of 2ad0367 → the fields (paths by their names of today) that it has got since.
ADDED: dict[str, frozenset[str]] = {
    "departments": frozenset({"removed_at"}),  # parts can be removed, and stay in the tables
    "house.operator": frozenset({"disabled"}),  # may not sign in
    "operators": frozenset({"disabled", "removed_at"}),
    "sites": frozenset({"removed_at"}),
    # what a campaign adds to an address stands beside it; addresses of before keep it, as they were kept
    "page_views": frozenset(
        {*("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"), "click_id", "click_id_name"}
    ),
    "persons": frozenset({"name_folded"}),  # what names are searched and sorted by
    "messages": frozenset({"may"}),  # what may be said of a left message
    # what the clients sort by, instead of a rule of their own; what the visitor says that it is about; the one clock of
    # who waits; whence they came
    "queue": frozenset({"turn", "words", "waits_since", "referrer"}),
    # which buttons a ring has, instead of its policy; whose doing its end is; what the visitor says that it is about
    "rings": frozenset({"may", "own", "words"}),
    # whether the visitor may be invited, instead of a rule of the clients; which page they look at; what brought them
    # and until when an invitation is open
    "visit": frozenset({"may", "page", "campaign", "invited"}),
    # and where a badge stands: who waits first, who left last
    "visitors": frozenset({"may", "campaign", "words", "left", "turn"}),
    "overview": frozenset({"ringing"}),  # how many of those who wait ring
}

# Views and tables of today that 2ad0367 did not have.
NEW: frozenset[str] = frozenset({"absence"})  # what who comes back after the grace has to know

# Rows of today that 2ad0367 did not have, of what it had: a view, and for what the row is.
NEW_ROWS: frozenset[tuple[str, str]] = frozenset(
    {
        ("house.setting", "count_crawlers"),  # whether crawlers are visitors
        ("house.setting", "address_people"),  # how many people there may be behind one address
    }
)

# What of 2ad0367 there is no more: ("view" or "table", its name).
GONE: frozenset[tuple[str, str]] = frozenset(
    {("view", "offers")}  # no screen ever showed it; the table stays
)


class Differs(NamedTuple):
    """One line says something else, for a reason.

    Attributes:
        where: fields by which the golden files' one line is found.
        field: what of the line is another; None: there is no such line any more.
        was: its golden value; `now` the one of today.

    """

    journal: str
    part: str
    where: dict[str, Any]
    field: str | None
    was: Any
    now: Any
    reason: str


VALUES: tuple[Differs, ...] = (
    *(
        Differs(journal, part, {"view": "visit", "for": visitor}, None, None, None, "gone long before they wrote")
        for journal, part, visitor in GONE_LONG_BEFORE_THEY_WROTE
    ),
    *(
        Differs(journal, part, where, "name", name, None, "given in an earlier visit, and not in the event")
        for journal, part, where, name in NAMES_OF_EARLIER_VISITS
    ),
    *(
        Differs(journal, part, {"view": view}, "on_site", was, now, "who left is not counted")
        for journal, part, view, was, now in ON_SITE
    ),
    *(
        Differs(journal, part, {"view": "visitors", "id": visitor}, "here", False, True, "may be back in a moment")
        for journal, part, visitor in LOST_A_MOMENT_AGO
    ),
    *(
        Differs(
            journal,
            part,
            {"view": "mine", "for": operator, "id": talk},
            "waiting_since",
            was,
            now,
            "a first word is owed from Accept on",
        )
        for journal, part, operator, talk, was, now in WAITS_FROM_ACCEPT
    ),
)
