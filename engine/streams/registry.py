"""The named pipelines. A new one is entered here, and in `live.py` where it is shown."""

from typing import Any

from engine.streams import (
    conversations,
    directory,
    messages,
    mine,
    operators_now,
    place,
    queue,
    rings,
    service,
    visit,
    visitors_now,
    visits_a_minute,
    waiting_times,
)
from engine.streams.pipeline import Pipeline

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
        queue.PIPELINE,
        messages.PIPELINE,
        operators_now.PIPELINE,
        visit.PIPELINE,
        visitors_now.PIPELINE,
        visits_a_minute.PIPELINE,
        waiting_times.PIPELINE,
    )
}
