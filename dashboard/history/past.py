"""A visitor's past from the history: earlier visits with their pages, and earlier chats. It must not know who looks."""

from typing import Any
from uuid import UUID

from dashboard.history.question import History

MOST, MOST_PAGES = 20, 300  # rows
_VISITS = """
SELECT
    v.visit::VARCHAR AS visit, v.started_at AS since, v.seconds, v.pages AS "count", v.device, v.browser, v.referrer
FROM visits AS v WHERE v.visitor = $1::UUID AND v.ended_at IS NOT NULL
ORDER BY v.started_at DESC LIMIT $2
"""
_PAGES = """
SELECT p.visit::VARCHAR AS visit, p."at", p.address, p.title
FROM page_views AS p WHERE p.visitor = $1::UUID AND p.visit = ANY($2::UUID[])
ORDER BY p."at" LIMIT $3
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


async def past_of(history: History, visitor: str) -> dict[str, list[dict[str, Any]]]:
    """The latest visits that are over and the latest chats, newest first. Raises `HistoryError`."""
    try:
        known = str(UUID(visitor))
    except ValueError:
        return {"visits": [], "chats": []}
    visits = (await history.query(_VISITS, [known, MOST])).to_pylist()
    ids = [visit["visit"] for visit in visits]
    pages = (await history.query(_PAGES, [known, ids, MOST_PAGES])).to_pylist() if ids else []
    for visit in visits:
        visit["pages"] = [page for page in pages if page["visit"] == visit["visit"]]
    return {"visits": visits, "chats": (await history.query(_CHATS, [known, MOST])).to_pylist()}
