"""Who may try to sign in now: failures counted by whom and from where, and by known browsers alone. Pure.

Ten wrong passwords of a stranger's must not keep the login's owner out: what locks a login locks it for the address
they came from, and for browsers that have never signed in with it. It must not know whether a login exists.
"""

from engine.limits import Meter, Rate
from engine.limits.table import FAILURES, KNOWN_FAILURES, LOGIN_FAILURES, OWN_FAILURES


class Attempt:
    """One that has begun: it is counted as failed until it is said to have succeeded."""

    def __init__(self, counted: list[tuple[Meter, str]]) -> None:
        self._counted = counted

    def succeeded(self, now: float) -> None:
        """It was none that failed."""
        for meter, key in self._counted:
            meter.give_back(key, now)


class Attempts:
    """Counts them; `now` is in seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._meters = {rate.name: Meter(rate) for rate in (OWN_FAILURES, FAILURES, LOGIN_FAILURES, KNOWN_FAILURES)}

    def begin(self, login: str, address: str, *, browser: str | None, now: float) -> Attempt | int:
        """An attempt that may be made, or the seconds to wait; `browser` is a known one's id."""
        counted = (
            [self._by(OWN_FAILURES, f"{login} {address}"), self._by(FAILURES, address), self._by(LOGIN_FAILURES, login)]
            if browser is None
            else [self._by(KNOWN_FAILURES, browser)]
        )
        if wait := max(meter.wait(key, now) for meter, key in counted):
            return wait
        for meter, key in counted:
            meter.count(key, now)
        return Attempt(counted)

    def _by(self, rate: Rate, key: str) -> tuple[Meter, str]:
        return self._meters[rate.name], key

    def __len__(self) -> int:
        return sum(map(len, self._meters.values()))
