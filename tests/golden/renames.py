"""What the golden files' names, fields and values have become since 2ad0367: each difference that is allowed, by name.

Names are those of a view (`view`), a table (`table`), or "operator", "visitor" and "story" for the entries as either
side reads them and the steps of a story. A path goes into what stands inside: `pages.address`.
"""

from typing import Any, NamedTuple

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
    "visit": frozenset({"may", "page", "campaign"}),
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


# A name given in an earlier visit: whoever is gone is forgotten now, and `VisitStarted` brings the name along; those of
# 2ad0367 have none. Each is (journal, part, where, the name).
_NAMES_OF_EARLIER_VISITS: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("busy", "views_third", {"view": "visit", "for": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_third", {"view": "visitors", "id": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_two_thirds", {"view": "visit", "for": "05d46c6c-b522-5b23-9c43-183bbff462b9"}, "Linus"),
    ("busy", "views_two_thirds", {"view": "visit", "for": "a7de2226-e773-5d2e-b904-796f650630a5"}, "Ada"),
    ("busy", "views_two_thirds", {"view": "visit", "for": "978b33f1-8d77-5ed9-ad89-52a949946a98"}, "O'Neil"),
    ("busy", "views_two_thirds", {"view": "visitors", "id": "978b33f1-8d77-5ed9-ad89-52a949946a98"}, "O'Neil"),
    ("busy", "views_two_thirds", {"view": "visitors", "id": "a7de2226-e773-5d2e-b904-796f650630a5"}, "Ada"),
    ("busy", "views_end", {"view": "visit", "for": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    ("busy", "views_end", {"view": "visit", "for": "a25a537e-209d-5b5f-ae2d-f872afdbcde6"}, "Grace"),
    ("busy", "views_end", {"view": "visit", "for": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_end", {"view": "visitors", "id": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    ("busy", "views_end", {"view": "visitors", "id": "a25a537e-209d-5b5f-ae2d-f872afdbcde6"}, "Grace"),
    ("busy", "views_end", {"view": "visitors", "id": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_hour_later", {"view": "visit", "for": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    ("busy", "views_hour_later", {"view": "visit", "for": "a25a537e-209d-5b5f-ae2d-f872afdbcde6"}, "Grace"),
    ("busy", "views_hour_later", {"view": "visit", "for": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_hour_later", {"view": "visitors", "id": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    ("busy", "views_hour_later", {"view": "visitors", "id": "a25a537e-209d-5b5f-ae2d-f872afdbcde6"}, "Grace"),
    ("busy", "views_hour_later", {"view": "visitors", "id": "4ed5495f-6257-512b-87a1-d187af502e3d"}, "O'Neil"),
    ("busy", "views_end", {"view": "visit", "for": "15f644dd-4e20-5fe4-83de-4cb34fb9d707"}, "v8"),
    ("busy", "views_end", {"view": "visitors", "id": "15f644dd-4e20-5fe4-83de-4cb34fb9d707"}, "v8"),
    ("busy", "views_hour_later", {"view": "visit", "for": "15f644dd-4e20-5fe4-83de-4cb34fb9d707"}, "v8"),
    ("busy", "views_hour_later", {"view": "visitors", "id": "15f644dd-4e20-5fe4-83de-4cb34fb9d707"}, "v8"),
    ("losses", "views_third", {"view": "visit", "for": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    ("losses", "views_third", {"view": "visitors", "id": "f1f7b213-2a7a-5abc-bad3-cc96bcbc16b9"}, "Grace"),
    (
        "losses",
        "views_end",
        {
            "view": "messages",
            "for": "05943656-0164-523f-9a21-81d363a39c0a",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_end",
        {
            "view": "messages",
            "for": "0cbdee60-6c3b-523b-866e-02a0406b7c23",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_end",
        {
            "view": "messages",
            "for": "7955793f-daf9-55e7-b588-276cda9e6894",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_end",
        {
            "view": "messages",
            "for": "d5421ce4-80aa-5378-8394-71b641288f22",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_hour_later",
        {
            "view": "messages",
            "for": "05943656-0164-523f-9a21-81d363a39c0a",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_hour_later",
        {
            "view": "messages",
            "for": "0cbdee60-6c3b-523b-866e-02a0406b7c23",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_hour_later",
        {
            "view": "messages",
            "for": "7955793f-daf9-55e7-b588-276cda9e6894",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    (
        "losses",
        "views_hour_later",
        {
            "view": "messages",
            "for": "d5421ce4-80aa-5378-8394-71b641288f22",
            "id": "c92bf381-59a3-5f71-b8ef-34f291b067f2",
        },
        "Wim",
    ),
    ("oldest", "views_end", {"view": "visit", "for": "6faa9296-cc2e-5f33-9a3a-683c2820334d"}, "Wim"),
    ("oldest", "views_end", {"view": "visitors", "id": "6faa9296-cc2e-5f33-9a3a-683c2820334d"}, "Wim"),
    (
        "oldest",
        "views_end",
        {"view": "mine", "for": "0cbdee60-6c3b-523b-866e-02a0406b7c23", "id": "e2589dab-698d-537a-85a6-641f2cd8d500"},
        "Wim",
    ),
    ("oldest", "views_hour_later", {"view": "visit", "for": "6faa9296-cc2e-5f33-9a3a-683c2820334d"}, "Wim"),
    ("oldest", "views_hour_later", {"view": "visitors", "id": "6faa9296-cc2e-5f33-9a3a-683c2820334d"}, "Wim"),
    (
        "oldest",
        "views_hour_later",
        {"view": "mine", "for": "0cbdee60-6c3b-523b-866e-02a0406b7c23", "id": "e2589dab-698d-537a-85a6-641f2cd8d500"},
        "Wim",
    ),
)

# Who is on the site is who is connected; those of 2ad0367 counted who had left, too. (journal, part, view, was, now)
_ON_SITE: tuple[tuple[str, str, str, int, int], ...] = (
    ("busy", "views_third", "overview", 18, 16),
    ("busy", "views_third", "visits_a_minute", 18, 16),
    ("busy", "views_end", "overview", 37, 36),
    ("busy", "views_end", "visits_a_minute", 37, 36),
    ("busy", "views_hour_later", "overview", 37, 36),
    ("busy", "views_hour_later", "visits_a_minute", 37, 36),
    ("losses", "views_end", "overview", 19, 18),
    ("losses", "views_end", "visits_a_minute", 19, 18),
    ("losses", "views_hour_later", "overview", 19, 18),
    ("losses", "views_hour_later", "visits_a_minute", 19, 18),
    ("oldest", "views_two_thirds", "overview", 7, 2),
    ("oldest", "views_two_thirds", "visits_a_minute", 7, 2),
    ("oldest", "views_end", "overview", 20, 19),
    ("oldest", "views_end", "visits_a_minute", 20, 19),
    ("oldest", "views_hour_later", "overview", 20, 19),
    ("oldest", "views_hour_later", "visits_a_minute", 20, 19),
)

# Who is lost has left after some seconds: a page view closes one connection before it opens the next. (…, visitor)
_LOST_A_MOMENT_AGO: tuple[tuple[str, str, str], ...] = (
    ("busy", "views_end", "229ce510-fe6b-5bb7-84aa-214de21121d9"),
    ("losses", "views_end", "229ce510-fe6b-5bb7-84aa-214de21121d9"),
    ("oldest", "views_two_thirds", "a7de2226-e773-5d2e-b904-796f650630a5"),
    ("oldest", "views_two_thirds", "978b33f1-8d77-5ed9-ad89-52a949946a98"),
    ("oldest", "views_two_thirds", "844fcc22-447f-591a-aa7e-2974880fb023"),
    ("oldest", "views_two_thirds", "af0d28fd-f29e-5342-8ada-e5be4241ceb2"),
    ("oldest", "views_end", "229ce510-fe6b-5bb7-84aa-214de21121d9"),
)

# A first word is owed from Accept on, not from the visitor's first one. Each is (journal, part, operator, conversation,
# waited since then, waits since now).
_WAITS_FROM_ACCEPT: tuple[tuple[str, str, str, str, str | None, str], ...] = (
    (
        "busy",
        "views_end",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "8bf968b2-a8ae-57cc-afad-1f1c63c06d97",
        "2026-03-02T00:39:51.174719Z",
        "2026-03-02T00:39:23.359043Z",
    ),
    (
        "busy",
        "views_end",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "fea3ee7b-5cec-5758-a03e-0e6848a5ece9",
        "2026-03-02T00:43:21.149529Z",
        "2026-03-02T00:43:21.140606Z",
    ),
    (
        "busy",
        "views_hour_later",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "8bf968b2-a8ae-57cc-afad-1f1c63c06d97",
        "2026-03-02T00:39:51.174719Z",
        "2026-03-02T00:39:23.359043Z",
    ),
    (
        "busy",
        "views_hour_later",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "fea3ee7b-5cec-5758-a03e-0e6848a5ece9",
        "2026-03-02T00:43:21.149529Z",
        "2026-03-02T00:43:21.140606Z",
    ),
    (
        "busy",
        "views_third",
        "0cbdee60-6c3b-523b-866e-02a0406b7c23",
        "2cd87c1a-abda-59a0-8905-1aa823ab478d",
        None,
        "2026-03-01T23:12:41.381307Z",
    ),
    (
        "busy",
        "views_third",
        "7955793f-daf9-55e7-b588-276cda9e6894",
        "0cbfeb21-67e0-58d6-a43a-684cac1ae209",
        None,
        "2026-03-01T23:11:51.331337Z",
    ),
    (
        "busy",
        "views_two_thirds",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "e5b8d95e-5ab8-5c12-a3e7-5e3c5dc79968",
        None,
        "2026-03-01T23:52:52.423408Z",
    ),
    (
        "busy",
        "views_two_thirds",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "fb212876-d062-5582-9ad1-44010a8b4ca8",
        None,
        "2026-03-01T23:54:45.734569Z",
    ),
    (
        "busy",
        "views_two_thirds",
        "d5421ce4-80aa-5378-8394-71b641288f22",
        "20b0e33a-6e84-5285-8829-f6995c085da8",
        None,
        "2026-03-01T23:53:15.665982Z",
    ),
    (
        "losses",
        "views_end",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "f535b899-922a-57e9-8118-047fe50ccda5",
        "2026-06-12T08:28:57.250145Z",
        "2026-06-12T08:28:57.248642Z",
    ),
    (
        "losses",
        "views_hour_later",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "f535b899-922a-57e9-8118-047fe50ccda5",
        "2026-06-12T08:28:57.250145Z",
        "2026-06-12T08:28:57.248642Z",
    ),
    (
        "losses",
        "views_two_thirds",
        "0cbdee60-6c3b-523b-866e-02a0406b7c23",
        "e17ba5c9-81e9-5a11-8690-1e29b473e35d",
        None,
        "2026-06-12T07:59:37.226279Z",
    ),
    (
        "oldest",
        "views_end",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "42364cfc-f408-5981-957c-5d46d7fc1b70",
        "2025-11-03T10:56:05.671343Z",
        "2025-11-03T10:56:05.670986Z",
    ),
    (
        "oldest",
        "views_end",
        "0cbdee60-6c3b-523b-866e-02a0406b7c23",
        "c5713673-0cd3-5cae-a71a-c887b0614ef8",
        None,
        "2025-11-03T10:52:26.199675Z",
    ),
    (
        "oldest",
        "views_end",
        "d5421ce4-80aa-5378-8394-71b641288f22",
        "e5c2f995-f7f6-56fb-8268-79c2837c36e8",
        None,
        "2025-11-03T10:52:26.124583Z",
    ),
    (
        "oldest",
        "views_hour_later",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "42364cfc-f408-5981-957c-5d46d7fc1b70",
        "2025-11-03T10:56:05.671343Z",
        "2025-11-03T10:56:05.670986Z",
    ),
    (
        "oldest",
        "views_hour_later",
        "0cbdee60-6c3b-523b-866e-02a0406b7c23",
        "c5713673-0cd3-5cae-a71a-c887b0614ef8",
        None,
        "2025-11-03T10:52:26.199675Z",
    ),
    (
        "oldest",
        "views_hour_later",
        "d5421ce4-80aa-5378-8394-71b641288f22",
        "e5c2f995-f7f6-56fb-8268-79c2837c36e8",
        None,
        "2025-11-03T10:52:26.124583Z",
    ),
    (
        "oldest",
        "views_third",
        "05943656-0164-523f-9a21-81d363a39c0a",
        "4a9301e8-d3e1-5e18-8b25-2c4013db83ac",
        None,
        "2025-11-03T08:27:32.602543Z",
    ),
    (
        "oldest",
        "views_third",
        "7955793f-daf9-55e7-b588-276cda9e6894",
        "6423e50b-103c-5e8b-9de0-93e08ebb33d4",
        "2025-11-03T08:27:32.362799Z",
        "2025-11-03T08:25:22.238372Z",
    ),
)

# Who left a message more than ten minutes after they went is as unknown as where time was told by ticks between: their
# last visit is not kept for it. (journal, part, visitor)
_GONE_LONG_BEFORE_THEY_WROTE: tuple[tuple[str, str, str], ...] = (
    ("busy", "views_end", "62c0c8a1-0a74-587a-b25e-e2f71ad62f10"),
    ("busy", "views_hour_later", "62c0c8a1-0a74-587a-b25e-e2f71ad62f10"),
    ("losses", "views_third", "a531ddfa-ae60-5f90-92aa-f045fee70004"),
    ("losses", "views_two_thirds", "a531ddfa-ae60-5f90-92aa-f045fee70004"),
    ("losses", "views_end", "a531ddfa-ae60-5f90-92aa-f045fee70004"),
    ("losses", "views_hour_later", "a531ddfa-ae60-5f90-92aa-f045fee70004"),
)

VALUES: tuple[Differs, ...] = (
    *(
        Differs(journal, part, {"view": "visit", "for": visitor}, None, None, None, "gone long before they wrote")
        for journal, part, visitor in _GONE_LONG_BEFORE_THEY_WROTE
    ),
    *(
        Differs(journal, part, where, "name", name, None, "given in an earlier visit, and not in the event")
        for journal, part, where, name in _NAMES_OF_EARLIER_VISITS
    ),
    *(
        Differs(journal, part, {"view": view}, "on_site", was, now, "who left is not counted")
        for journal, part, view, was, now in _ON_SITE
    ),
    *(
        Differs(journal, part, {"view": "visitors", "id": visitor}, "here", False, True, "may be back in a moment")
        for journal, part, visitor in _LOST_A_MOMENT_AGO
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
        for journal, part, operator, talk, was, now in _WAITS_FROM_ACCEPT
    ),
)
