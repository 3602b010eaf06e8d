"""A tab's websocket: Bokeh's own, let in by the sign-in, with a heartbeat and a bound for what waits.

It must not know what its messages say.
"""

from typing import Any

from dashboard.made_of import MADE_OF
from dashboard.panel.socket import DocumentSocket
from dashboard.signins import NOT_YOURS, SIGNED_OUT, SignIns
from engine.door.interface import DoorError
from engine.wire.conduct import Conduct
from engine.wire.heartbeat import Heartbeat
from engine.wire.proxies import household

OLD_PAGE = 4410  # as 410 Gone: the page is to be loaded anew
BEAT_S = 2.5  # a browser that is silent for as long after a ping is gone: its operator is not present


class TabSocket(DocumentSocket):
    """A tab's websocket: only with the cookie of the sign-in its page was made for."""

    heartbeat: Heartbeat | None = None
    _conduct: Conduct | None = None

    async def prepare(self) -> None:
        """Refuse before the handshake who comes from elsewhere, or is not signed in.

        Tornado asks `check_origin` only where it takes a request for foreign.
        """
        if not self.check_origin(self.request.headers.get("Origin", "")):
            self.set_status(403)
            self.finish()
            return
        try:
            await super().prepare()
        except DoorError:
            self.set_status(503)
            self.finish()
        else:
            self.counted.not_let_in += self.current_user is None

    def open(self, *args: str, **kwargs: str) -> None:
        """Send each of a message's frames at once; else they wait for one another's acknowledgement (40 ms)."""
        self.set_nodelay(True)
        self.heartbeat = Heartbeat(self, period=BEAT_S, counted=self.counted.tabs)
        self.heartbeat.start()
        self._open_ones.add(self)
        self._conduct = Conduct(self, self.application.settings["budgets"], household(self.request.remote_ip or ""))
        super().open(*args, **kwargs)

    async def on_message(self, fragment: str | bytes) -> None:
        """Take a frame, which is a sign of life too."""
        if self.heartbeat is not None:
            self.heartbeat.heard()
        await super().on_message(fragment)

    def on_pong(self, data: bytes) -> None:
        """A sign of life."""
        if self.heartbeat is not None and self.heartbeat.asks:
            self.heartbeat.heard()
        elif self._conduct is not None:
            self._conduct.ping()

    def on_ping(self, data: bytes) -> None:
        """No browser pings: few are answered."""
        if self._conduct is not None:
            self._conduct.ping()

    def bad_frame(self) -> None:
        """One that is none: few are borne with."""
        super().bad_frame()
        if self._conduct is not None:
            self._conduct.bad_frame()

    def refusal(self, in_token: dict[str, Any]) -> tuple[int, str] | None:
        """Only who the page was made for, while they are signed in."""
        if in_token.get("login") != self.current_user:
            return NOT_YOURS, "not yours"
        if self._signins.by_id(self.current_user) is None:
            return SIGNED_OUT, "signed out"
        if in_token.get("made_of") != MADE_OF:
            return OLD_PAGE, "an old page"
        return None

    def entered(self, session: str) -> None:
        """The operator is present with this tab."""
        sign_in = self._signins.by_id(self.current_user)
        if sign_in is None:  # signed out while it opened
            self.close(SIGNED_OUT, "signed out")
        else:
            self._signins.enter(sign_in, self, tab=session)

    def on_close(self) -> None:
        """The tab is gone: presence ends here, not when the session is destroyed."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
        self._open_ones.discard(self)
        self._signins.leave(self.current_user, self)
        super().on_close()

    @property
    def _signins(self) -> SignIns:
        signins: SignIns = self.application.settings["signins"]
        return signins

    @property
    def _open_ones(self) -> "set[TabSocket]":
        sockets: set[TabSocket] = self.application.settings["open_sockets"]
        return sockets
