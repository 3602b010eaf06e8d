"""Live views on a stage: told a story on a virtual clock, watched as a client would."""

import json
from datetime import timedelta
from typing import Any

import reactivex
from reactivex.scheduler import HistoricalScheduler

from engine.streams.live import LiveViews
from engine.streams.machinery.pipeline import Moment
from engine.views import AnyView
from tests.engine.story import NINE, Story


class Stage:
    """Live views over a story, told as far as it goes, on a virtual clock."""

    def __init__(self, story: Story) -> None:
        self.story, self.told = story, 0
        self.clock = HistoricalScheduler(NINE)
        self.live: reactivex.Subject[Moment] = reactivex.Subject()
        self.letters: list[tuple[str, Moment | None, str]] = []
        self.views = LiveViews(self.live, scheduler=self.clock, dead=self.letter)

    def letter(self, name: str, moment: Moment | None, error: Exception) -> None:
        self.letters.append((name, moment, str(error)))

    def catch_up(self, *, beat: bool = True) -> None:
        """Publish what the story has told since; `beat`: and let the paced views be shown."""
        publish(self, self.story.moments[self.told :])
        self.told = len(self.story.moments)
        if beat:
            self.clock.advance_to(self.clock.now + timedelta(seconds=1.1))

    def watch(self, view: AnyView, **whose: Any) -> list[Any]:
        """The list that what is shown comes into."""
        seen: list[Any] = []
        self.views.watch(view, **whose).subscribe(lambda body: seen.append(json.loads(body)))
        return seen


def publish(stage: Stage, moments: list[Moment]) -> None:
    for moment in moments:
        stage.clock.advance_to(max(stage.clock.now, moment.at))
        stage.live.on_next(moment)


def picture(bodies: list[Any]) -> Any:
    """What a client has after the bodies."""
    rows: dict[str, Any] = {}
    for body in bodies:
        if "value" in body:
            return bodies[-1]["value"]
        if "all" in body:
            rows = {row["id"]: row for row in body["all"]}
        else:
            assert all(key in rows for key in body["gone"])
            rows |= {row["id"]: row for row in body["set"]}
            rows = {key: row for key, row in rows.items() if key not in body["gone"]}
    return rows
