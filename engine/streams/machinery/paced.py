"""The pace of a replay: the operator that lets each moment wait until its time has come."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import reactivex
from reactivex import Observable, abc
from reactivex.disposable import CompositeDisposable, Disposable

from engine.streams.machinery.pipeline import Moment


def paced(start: datetime, speed: float) -> Callable[[Observable[Moment]], Observable[Moment]]:
    """Let each moment wait until its time has come, counted from `start` at the first one after it."""

    def operator(source: Observable[Moment]) -> Observable[Moment]:
        def subscribe(
            observer: abc.ObserverBase[Moment], scheduler: abc.SchedulerBase | None = None
        ) -> abc.DisposableBase:
            disposed = threading.Event()
            began: float | None = None

            def on_next(moment: Moment) -> None:
                nonlocal began
                if moment.at > start:
                    began = time.monotonic() if began is None else began
                    due = began + (moment.at - start).total_seconds() / speed
                    disposed.wait(max(0.0, due - time.monotonic()))
                if not disposed.is_set():
                    observer.on_next(moment)

            inner = source.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)
            return CompositeDisposable(Disposable(disposed.set), inner)

        return reactivex.create(subscribe)

    return operator
