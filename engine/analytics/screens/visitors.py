"""A page of the Visitors List as SQL: sorted by one of the known columns, searched, and counted, all by the database.

What a browser asks for becomes parameters and a choice among the statements here, never a part of one.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

import msgspec

from engine.analytics.screens.screen import Row, Screen, Tables
from engine.text import folded

Column = Literal["name", "email", "seen", "visits", "first", "device", "address", "visitor"]
COLUMNS: tuple[Column, ...] = get_args(Column)
PAGE = 25  # rows
FARTHEST = 100_000_000  # rows; beyond any list there is

_OF_PERSONS: dict[Column, str] = {
    "name": "p.name_folded",
    "email": "lower(p.email)",
    "address": "p.address_number",
}
_OF_VISITORS: dict[Column, str] = {
    "seen": "v.last_seen",
    "visits": "v.visits",
    "first": "v.first_seen",
    "device": "v.browser",
    "visitor": "v.visitor",
}
_DETAILS = """
SELECT v.visitor::VARCHAR AS visitor, v.last_seen AS seen, v.visits, v.first_seen AS "first", v.device, v.browser
FROM visitors AS v WHERE v.visitor = ANY($1::UUID[])
"""
_PERSONS = """
SELECT p.person::VARCHAR AS person, p."name", p.email, p.address
FROM persons AS p WHERE p.person = ANY($1::UUID[])
"""
# Only row numbers are carried through the sort: with the ids, or with those as text, it takes twice as long.
_PICKED = """
WITH picked AS MATERIALIZED (SELECT {place} AS place FROM {listed} ORDER BY {order} LIMIT $1 OFFSET $2)
SELECT {who}::VARCHAR AS visitor FROM {listed} AND {place} IN (SELECT place FROM picked) ORDER BY {order}
"""
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT {key} AS key, {place} AS place FROM {listed} AND {match}
), page AS MATERIALIZED (
    SELECT key, place FROM found ORDER BY key {direction}, place LIMIT $3 OFFSET $4
), named AS (
    SELECT {place} AS place, {who}::VARCHAR AS visitor FROM {listed} AND {place} IN (SELECT place FROM page)
)
SELECT n.visitor, t.total FROM (SELECT count(*) AS total FROM found) AS t
LEFT JOIN page AS g ON true LEFT JOIN named AS n ON n.place = g.place
ORDER BY g.key {direction}, g.place
"""
# Where everybody has a key, long and not repeated, a page far from both ends is cut out by its first and last one:
# selecting them among all takes a fraction of the time of a sort.
_CUT_OUT = """
WITH ends AS MATERIALIZED (
    SELECT quantile_disc({key}, [{low!r}, {high!r}]) AS of FROM {listed}
), page AS MATERIALIZED (
    SELECT {place} AS place FROM {listed}
        AND {key} >= (SELECT of[1] FROM ends) AND {key} <= (SELECT of[2] FROM ends)
    ORDER BY {order} LIMIT $1
    OFFSET greatest(0, $2 - (SELECT count(*) FROM {listed} AND {key} {before} FROM ends)))
)
SELECT {who}::VARCHAR AS visitor FROM {listed} AND {place} IN (SELECT place FROM page) ORDER BY {order}
"""
CUT_OUT: tuple[Column, ...] = ("visitor",)
FAR = 50_000  # rows
SLACK = 3  # rows, for the rounding of fractions
_PART_OF_ID = re.compile(r"[0-9a-f-]{8,36}")
_END_OF_ID = re.compile(r"[0-9a-f]{4}")  # what tells visitors without a name from each other on the screens
_COUNTS = """
SELECT
    (SELECT count(*) FROM visitors) AS everybody,
    (SELECT count(*) FROM persons AS p WHERE p.kind = 'visitor') AS known
"""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page's rows, from `offset` on, of `total`."""

    rows: list[Row]
    offset: int
    total: int


class VisitorsPage(Screen[Found], frozen=True, kw_only=True):
    """A page of the Visitors List: `text` is a substring, in which `*` stands for anything."""

    sort: Column = "seen"
    desc: bool = True
    text: Annotated[str, msgspec.Meta(max_length=200)] = ""
    offset: Annotated[int, msgspec.Meta(ge=0, le=FARTHEST)] = 0

    def answer(self, tables: Tables) -> Found:
        """The page, or the last one where there are fewer."""
        return _page_of(tables, self)


def _page_of(tables: Tables, wanted: VisitorsPage) -> Found:
    (counts,) = tables.rows(_COUNTS)
    everybody = int(counts["everybody"])
    complete = everybody == counts["known"]  # else somebody has no row in persons, and must be found all the same
    if wanted.text.strip("* "):
        return _searched(tables, wanted, complete)
    offset = _last_page(wanted.offset, everybody)
    if wanted.sort in CUT_OUT and complete and FAR <= offset < everybody - FAR:
        sql, params, backwards = *_cut_out(wanted, offset=offset, total=everybody), False
    else:
        backwards = offset > everybody // 2
        sql, params = _all(wanted, offset=offset, total=everybody, backwards=backwards, complete=complete)
    ids = [row["visitor"] for row in tables.rows(sql, params)]
    return Found(rows=_rows(tables, ids[::-1] if backwards else ids), offset=offset, total=everybody)


def _searched(tables: Tables, wanted: VisitorsPage, complete: bool) -> Found:
    sql, params = _matching(wanted, complete=complete)
    offset = wanted.offset
    picked = tables.rows(sql, [*params, PAGE, offset])
    if picked[0]["visitor"] is None and picked[0]["total"]:  # fewer than when the page was asked for
        offset = _last_page(offset, picked[0]["total"])
        picked = tables.rows(sql, [*params, PAGE, offset])
    ids = [row["visitor"] for row in picked if row["visitor"]]
    return Found(rows=_rows(tables, ids), offset=offset, total=picked[0]["total"])


def _rows(tables: Tables, ids: list[str]) -> list[Row]:
    """The whole rows of those who were picked, in this order: by their ids, which is cheap, as they are few."""
    if not ids:
        return []
    rows = {row["visitor"]: row for row in tables.rows(_DETAILS, [[*ids]])}
    persons = {row.pop("person"): row for row in tables.rows(_PERSONS, [[*ids]])}
    unknown = {"name": None, "email": None, "address": None}
    return [{**rows[visitor], **persons.get(visitor, unknown)} for visitor in ids if visitor in rows]


def _last_page(offset: int, total: int) -> int:
    return min(offset, max(0, (total - 1) // PAGE * PAGE))


def _all(wanted: VisitorsPage, *, offset: int, total: int, backwards: bool, complete: bool) -> tuple[str, list[Any]]:
    """Everybody, sorted; past the middle backwards from the other end, as what is skipped must be sorted too."""
    count = min(PAGE, total - offset)
    skipped = total - offset - count if backwards else offset
    source = _source(wanted.sort, searched=False, complete=complete)
    down = wanted.desc != backwards
    nulls, tie = ("FIRST", "DESC") if backwards else ("LAST", "ASC")
    order = f"{_key(wanted.sort)} {'DESC' if down else 'ASC'} NULLS {nulls}, {source.place} {tie}"
    return _PICKED.format(place=source.place, who=source.who, listed=source.where(), order=order), [count, skipped]


def _cut_out(wanted: VisitorsPage, *, offset: int, total: int) -> tuple[str, list[Any]]:
    """The page, where everybody has a key."""
    source, key = _source(wanted.sort, searched=False, complete=True), _key(wanted.sort)
    first = total - offset - PAGE if wanted.desc else offset  # its place among all keys, from the smallest
    sql = _CUT_OUT.format(
        place=source.place, who=source.who, listed=source.where(), key=key,
        low=max(0.0, (first - SLACK) / total), high=min(1.0, (first + PAGE + SLACK) / total),
        before="> (SELECT of[2]" if wanted.desc else "< (SELECT of[1]",
        order=f"{key} {'DESC' if wanted.desc else 'ASC'}, {source.place} ASC",
    )  # fmt: skip
    return sql, [PAGE, offset]


def _matching(wanted: VisitorsPage, *, complete: bool) -> tuple[str, list[Any]]:
    """Those who match, sorted, and how many; one row without a visitor where the page has none."""
    source = _source(wanted.sort, searched=True, complete=complete)
    match, params = _match(wanted.text, source.who)
    direction = f"{'DESC' if wanted.desc else 'ASC'} NULLS LAST"
    sql = _FOUND.format(
        place=source.place, who=source.who, listed=source.where(), key=_key(wanted.sort), direction=direction,
        match=match,
    )  # fmt: skip
    return sql, params


@dataclass(frozen=True, kw_only=True)
class _Source:
    """The tables a question needs, whose id is taken from them, and the number of the row, which orders equals."""

    tables: str
    condition: str
    who: str
    place: str

    def where(self) -> str:
        """What stands after FROM; more conditions may follow."""
        return f"{self.tables} WHERE {self.condition}"


def _source(sort: Column, *, searched: bool, complete: bool) -> _Source:
    """As few tables as will do."""
    if not searched and sort in _OF_VISITORS:
        return _Source(tables="visitors AS v", condition="true", who="v.visitor", place="v.rowid")
    if complete and sort in _OF_PERSONS:
        return _Source(tables="persons AS p", condition="p.kind = 'visitor'", who="p.person", place="p.rowid")
    both = f"visitors AS v {'JOIN' if complete else 'LEFT JOIN'} persons AS p ON p.person = v.visitor"
    return _Source(tables=both, condition="true", who="v.visitor", place="v.rowid")


def _key(sort: Column) -> str:
    return _OF_PERSONS[sort] if sort in _OF_PERSONS else _OF_VISITORS[sort]


def _match(text: str, who: str) -> tuple[str, list[str]]:
    """The condition for $1, the text as names are compared, and $2, as addresses and ids are; and both."""
    text = text.strip().lower()
    fields = {"p.name_folded": "$1", "lower(p.email)": "$2", "p.address": "$2"}
    if _PART_OF_ID.fullmatch(text.replace("*", "-")):
        fields[f"{who}::VARCHAR"] = "$2"
    values, test = [folded(text), text], "contains({}, {})"
    if "*" in text:
        values, test = [_pattern(value) for value in values], "{} LIKE {} ESCAPE '\\'"
    conditions = [test.format(field, value) for field, value in fields.items()]
    if _END_OF_ID.fullmatch(text):
        conditions.append(f"ends_with({who}::VARCHAR, $2)")
    return f"({' OR '.join(conditions)})", values


def _pattern(text: str) -> str:
    """A part of a text for LIKE, with `*` for anything."""
    escaped = re.sub(r"([\\\\%_])", r"\\\1", text).replace("*", "%")
    return f"%{escaped}%"
