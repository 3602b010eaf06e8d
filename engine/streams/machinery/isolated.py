"""A sink that fails harms no other: the operator that stands before every sink at the edge."""

from collections.abc import Callable
from typing import TypeVar

import reactivex
from reactivex import Observable, abc

T = TypeVar("T")


def isolated(failed: Callable[[Exception], None]) -> Callable[[Observable[T]], Observable[T]]:
    """Tell `failed` what the sink raises, and go on: neither the emitter nor the sinks after it notice."""

    def operator(source: Observable[T]) -> Observable[T]:
        def subscribe(observer: abc.ObserverBase[T], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            def on_next(value: T) -> None:
                try:
                    observer.on_next(value)
                except Exception as error:
                    failed(error)

            return source.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)

        return reactivex.create(subscribe)

    return operator
