"""Several questions at once, as a report has them. What they ask, who asks them knows."""

from collections.abc import Mapping

import msgspec

from engine.analytics.screens.screen import Row, Scalar, Screen, Tables


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One SELECT, with its parameters by name."""

    sql: str
    params: Mapping[str, Scalar | list[Scalar]] = {}


class Several(Screen[list[list[Row]]], frozen=True, kw_only=True):
    """Questions, of which each is answered by its rows."""

    questions: tuple[Asked, ...]

    def answer(self, tables: Tables) -> list[list[Row]]:
        """The rows of each."""
        return [tables.rows(one.sql, one.params) for one in self.questions]
