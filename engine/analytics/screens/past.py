"""A visitor's past: earlier visits with their pages, and earlier chats. It must not know who looks."""

from typing import Annotated
from uuid import UUID

import msgspec

from engine.analytics.screens.screen import Row, Screen, Tables

MOST, MOST_PAGES = 20, 300  # rows
_VISITS = """
SELECT
    v.visit::VARCHAR AS visit, v.started_at AS since, v.seconds, v.pages AS "count", v.device, v.browser, v.referrer
FROM visits AS v WHERE v.visitor = $1::UUID AND v.ended_at IS NOT NULL
ORDER BY v.started_at DESC LIMIT $2
"""
_PAGES = """
SELECT p.visit::VARCHAR AS visit, p.ts AS "at", p.address, p.title
FROM page_views AS p WHERE p.visitor = $1::UUID AND p.visit = ANY($2::UUID[])
ORDER BY p.ts LIMIT $3
"""
_CHATS = """
SELECT
    c.conversation::VARCHAR AS conversation, coalesce(c.asked_at, c.invited_at, c.ended_at) AS "at",
    d."name" AS department, o."name" AS operator, c.state, c.outcome
FROM conversations AS c
LEFT JOIN departments AS d ON d.department = c.department
LEFT JOIN (FROM persons WHERE kind = 'operator') AS o ON o.person = c."operator"
WHERE c.visitor = $1::UUID
ORDER BY "at" DESC LIMIT $2
"""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """The latest visits that are over, each with its `pages`, and the latest chats; newest first."""

    visits: list[Row] = []
    chats: list[Row] = []


class VisitorsPast(Screen[Past], frozen=True, kw_only=True):
    """What a visitor did before."""

    visitor: Annotated[str, msgspec.Meta(max_length=200)]

    def answer(self, tables: Tables) -> Past:
        """Nothing where there is no such visitor."""
        try:
            known = str(UUID(self.visitor))
        except ValueError:
            return Past()
        visits = tables.rows(_VISITS, [known, MOST])
        pages = tables.rows(_PAGES, [known, [visit["visit"] for visit in visits], MOST_PAGES]) if visits else []
        for visit in visits:
            visit["pages"] = [page for page in pages if page["visit"] == visit["visit"]]
        return Past(visits=visits, chats=tables.rows(_CHATS, [known, MOST]))
