"""Folding a story into a pipeline's state."""

from functools import reduce
from typing import Any, TypeVar

from engine.streams.machinery.pipeline import Pipeline
from tests.engine.story import Story

S = TypeVar("S")


def folded(pipeline: Pipeline[S, Any], story: Story) -> S:
    """The state after all that happened."""
    return reduce(pipeline.step, story.moments, pipeline.empty)


def shown(pipeline: Pipeline[Any, Any], story: Story) -> Any:
    """The view after all that happened."""
    return pipeline.view(folded(pipeline, story))
