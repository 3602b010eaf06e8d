"""What a report is asked for beside its period: a row each, and whoever makes, asks, or shows a report reads it here.

Every report also takes a `zone`, by which its days are cut, and its period is meant where that says none: UTC, if it is
not named. A further parameter is its row, its words in the catalogue (`reports.NAME`, `reports.NAME.all`,
`reports.NAME.unknown`), and whatever a report makes of it that is not a condition on its rows.
"""

import msgspec


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """Something of which one value is asked for, or all.

    Attributes:
        name: in SQL, in an address, and in the keys of the catalogue.
        condition: which rows are of it: SQL about a row r, in which the name stands for the value.
        choices: SQL for what may be chosen: the id, which is a UUID as text, and the name of each.
        heeded_by: the reports in which it makes a difference.

    """

    name: str
    condition: str
    choices: str
    heeded_by: frozenset[str]


PARAMETERS = (
    Parameter(
        name="department",
        condition="r.department = department::UUID",
        choices='SELECT d.department::VARCHAR AS id, d."name" FROM departments AS d ORDER BY d.place',
        heeded_by=frozenset({"chats", "chats_a_day", "operators"}),
    ),
)


def filled(sql: str) -> str:
    """A macro's SQL with the parameters in it.

    `{parameters}` stands where it takes them, `{given}` where it hands them on, `{wanted}` for: the row r is of them.
    """
    return (
        sql.replace("{parameters}", ", ".join((*(f"{one.name} := NULL" for one in PARAMETERS), "zone := 'UTC'")))
        .replace("{given}", ", ".join(f"{name} := {name}" for name in (*(one.name for one in PARAMETERS), "zone")))
        .replace("{wanted}", " AND ".join(f"({one.name} IS NULL OR {one.condition})" for one in PARAMETERS))
    )


def question(report: str, start: str = "$start", stop: str = "$stop") -> str:
    """How a report is asked for, by the names of its parameters."""
    given = ", ".join(f"{name} := ${name}" for name in (*(one.name for one in PARAMETERS), "zone"))
    return f"FROM report_{report}({start}, {stop}, {given})"
