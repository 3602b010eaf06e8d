"""The named pipelines. A new one is entered here, and in `shown.py` where somebody looks at it."""

from typing import Any

from engine.streams.folds import conversations, directory
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.views import (
    absence,
    first_responses,
    left_messages,
    mine,
    operators_now,
    overview,
    place,
    queue,
    rings,
    service,
    top_pages,
    visit,
    visitors_now,
    visits_a_minute,
    waiting_times,
)

# In the order in which they take a moment; whoever is told of a view finds the names and the conversations up to date.
PIPELINES: dict[str, Pipeline[Any, Any]] = {
    pipeline.name: pipeline
    for pipeline in (
        directory.PIPELINE,
        conversations.PIPELINE,
        service.PIPELINE,
        place.PIPELINE,
        rings.PIPELINE,
        mine.PIPELINE,
        absence.PIPELINE,
        queue.PIPELINE,
        left_messages.PIPELINE,
        operators_now.PIPELINE,
        visit.PIPELINE,
        visitors_now.PIPELINE,
        visits_a_minute.PIPELINE,
        waiting_times.PIPELINE,
        first_responses.PIPELINE,
        top_pages.PIPELINE,
        overview.PIPELINE,
    )
}
# Who takes a kind of moment, in that order.
TAKERS: dict[type[Moment], tuple[Pipeline[Any, Any], ...]] = {
    kind: tuple(pipeline for pipeline in PIPELINES.values() if kind in pipeline.takes)
    for kind in frozenset[type[Moment]]().union(*(pipeline.takes for pipeline in PIPELINES.values()))
}
