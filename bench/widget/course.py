"""The bench's course: a house with an operator who is available, then fresh browsers that open a page and the chat."""

import asyncio
import statistics
from dataclasses import dataclass

import msgspec

from bench.crew import Crew
from bench.house import OwnDemo, own_demo
from bench.report import Run, Tell, each
from bench.staff import hire
from bench.widget.browser import Visit, visits
from bench.widget.phone import DOWN, LATENCY_MS, PROCESSOR, Opens, phones
from bench.worker import Worker


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many fresh browsers open the page with the widget, as many without, and as many slow phones."""

    rounds: int


FULL = Size(rounds=9)
QUICK = Size(rounds=3)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out, medians.

    Attributes:
        loader_gzip: bytes of the widget's files on the page before anybody touches it, as they came over the wire.
        chat_gzip: bytes of what the first click loads besides.
        requests_before_interaction: requests to the widget's origin before the click, its websocket among them.
        layout_shift: the browser's score, with what the page itself shifts.
        long_tasks: tasks of more than 50 ms, from the page's start until the chat is open.
        slow_first_open_ms: on a slow phone that was never here, from the tap until one can ask.
        slow_second_open_ms: the same on the next page it opens.

    """

    loader_gzip: int
    chat_gzip: int
    requests_before_interaction: int
    layout_shift: float
    long_tasks: int
    slow_first_open_ms: float
    slow_second_open_ms: float


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    with own_demo() as demo, Worker(Crew, demo.door, str(demo.data_dir)) as crew:
        hired = asyncio.run(hire(demo.door, demo.data_dir, operators=1, chats_each=1))
        crew.ask("open", hired, False)
        with_widget, without = _both(demo, size, tell)
        tell(f"{size.rounds} slow phones that open the chat twice")
        slow = phones(demo.shop, rounds=size.rounds)
        crew.ask("close")
    return _run(with_widget, without, slow)


def _both(demo: OwnDemo, size: Size, tell: Tell) -> tuple[list[Visit], list[Visit]]:
    tell(f"{size.rounds} fresh browsers with the widget, and as many without")
    return (
        visits(demo.shop, demo.gateway, rounds=size.rounds, widget=True),
        visits(demo.shop, demo.gateway, rounds=size.rounds, widget=False),
    )


def _run(with_widget: list[Visit], without: list[Visit], slow: list[Opens]) -> Run:
    figures = Figures(
        loader_gzip=int(statistics.median(one.page_bytes for one in with_widget)),
        chat_gzip=int(statistics.median(one.chat_bytes for one in with_widget)),
        requests_before_interaction=int(statistics.median(one.page_requests for one in with_widget)),
        layout_shift=round(statistics.median(one.shift for one in with_widget), 4),
        long_tasks=int(statistics.median(len(one.tasks) for one in with_widget)),
        slow_first_open_ms=round(statistics.median(one.first_ms for one in slow)),
        slow_second_open_ms=round(statistics.median(one.second_ms for one in slow)),
    )
    notes = {
        "requests for the chat": str(int(statistics.median(one.chat_requests for one in with_widget))),
        "layout shift": f"{each([one.shift for one in with_widget], 'with it')}; {each(_shifts(without), 'without')}",
        "long tasks with it": _tasks(with_widget),
        "long tasks without": _tasks(without),
        "button shown after": each([one.button_ms for one in with_widget], "ms"),
        "chat open after": each([one.chat_ms for one in with_widget], "ms from the click"),
        "slow phone": f"{LATENCY_MS} ms, {DOWN * 8 / 1e6:g} Mbit/s, a {PROCESSOR}th of the processor",
        "its first open": each([one.first_ms for one in slow], "ms"),
        "its second open": each([one.second_ms for one in slow], "ms"),
        "its window at first": each([one.first_shown_ms for one in slow], "ms, with something to read"),
        "its window then": each([one.second_shown_ms for one in slow], "ms"),
        "its button at first": each([one.first_button_ms for one in slow], "ms from the page's start"),
        "its button then": each([one.second_button_ms for one in slow], "ms"),
        "browser": with_widget[0].browser,
    }
    return Run(figures=figures, notes=notes)


def _shifts(visits: list[Visit]) -> list[float]:
    return [one.shift for one in visits]


def _tasks(visits: list[Visit]) -> str:
    return ", ".join(" + ".join(f"{task:.0f}" for task in one.tasks) or "none" for one in visits) + " ms by browser"
