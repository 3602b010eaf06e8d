"""A conversation's story as lines of text: when, and indented below what caused it."""

from collections.abc import Sequence

from engine.look.catalogue import catalogue
from engine.story import Step

INDENT = "  "


def story_lines(steps: Sequence[Step]) -> list[str]:
    """The lines, by this machine's own clock; a day's first line has its date before it."""
    words, depths, lines, day = catalogue(part="dashboard"), list[int](), list[str](), ""
    for step in steps:
        depths.append(0 if step.cause is None else depths[step.cause] + 1)
        here = step.at.astimezone()
        if (date := f"{here:%Y-%m-%d}") != day:
            day = date
            lines.append(day)
        text = words.get(step.key, step.key)
        for name, value in step.values.items():
            text = text.replace(f"{{{name}}}", value)
        lines.append(f"{here:%H:%M:%S}  {INDENT * depths[-1]}{text}")
    return lines
