"""Messages left where no websocket can be opened: by a plain POST from the chat window, or from a site's own form."""

from typing import Any
from urllib.parse import urlsplit

import msgspec
from tornado.web import RequestHandler, stream_request_body

from engine.commands import Refused, VisitorCaller
from engine.commands.filling import fill
from engine.events import VisitorId
from engine.events.parts import Site
from engine.ids import draw_id
from engine.limits.table import BODY
from engine.room import NoRoom
from engine.talk import WAITING
from engine.text import TextRefused
from widget.asker import Asker
from widget.protocol import Error, LeavePost, Left
from widget.visitors import Visitors

# The answer says what is wrong; the status only tells proxies and logs what kind of wrong.
STATUS = {"too-fast": 429, "busy": 503, "no-room": 507, "unknown-site": 403, "too-long": 413}
SENDER = "leave"  # a visitor without a key is somebody else with each try; the message's own id is not

_decode = msgspec.json.Decoder(LeavePost).decode
_encode = msgspec.json.Encoder().encode


def whose(visitors: Visitors, visitor: VisitorId) -> VisitorId:
    """In whose name it is left: a stranger's beside a chat that goes on; who lost the connection can leave one too."""
    goes_on = visitors.views.conversations.open_of(visitor)
    beside = goes_on is not None and goes_on.state not in WAITING
    return VisitorId(draw_id()) if beside else visitor


@stream_request_body
class LeaveHandler(RequestHandler):
    """`POST /leave`."""

    def initialize(self, visitors: Visitors) -> None:
        """Bind to what all visitors share."""
        self._visitors = visitors
        self._body = bytearray()

    def set_default_headers(self) -> None:
        """Let no cache keep an answer."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Vary", "Origin")

    def prepare(self) -> None:
        """Take nothing from where nobody may embed us, and not more than a frame."""
        self.request.connection.set_max_body_size(BODY.most)  # type: ignore[union-attr] # HTTP/1 has it
        if not self._ours and not self._visitors.may_embed(self._origin):
            self.send_error(403)
            return
        self.set_header("Access-Control-Allow-Origin", self._origin)

    def data_received(self, chunk: bytes) -> None:
        """Collect the body."""
        self._body += chunk

    def options(self) -> None:
        """A site's page may ask with JSON."""
        self.set_header("Access-Control-Allow-Methods", "POST")
        self.set_header("Access-Control-Allow-Headers", "Content-Type")
        self.set_header("Access-Control-Max-Age", "600")
        self.set_status(204)

    async def post(self) -> None:
        """Keep the message, or say why not."""
        try:
            frame = _decode(bytes(self._body))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._visitors.counted.bad_frames += 1
            self._say(Error(reason="bad-frame", detail=str(error)[:200]))
            return
        site = self._visitors.site(frame.site, None if self._ours else self._origin)
        if site is None:
            self._say(Error(reason="unknown-site", client_id=frame.client_id))
        elif wait := Asker(self._visitors.budgets, self.request.remote_ip or "").form():
            self._say(Error(reason="too-fast", client_id=frame.client_id, limit=wait))
        else:
            try:
                await self._leave(frame, site)
            except NoRoom:
                self._say(Error(reason="busy", client_id=frame.client_id, detail="no-room"))

    async def _leave(self, frame: Any, site: Site) -> None:
        visitor, answer = await self._whose(frame)
        try:
            command = fill(frame, VisitorCaller(visitor, site.id), draw=draw_id)
        except TextRefused as fault:
            self._say(Error(reason=fault.reason, client_id=frame.client_id, limit=fault.limit))
            return
        said = await self._visitors.core.send(command, sender=SENDER, client_id=frame.client_id)
        if isinstance(said, Refused):
            self._say(Error(reason=said.reason, client_id=frame.client_id, detail=said.detail, limit=said.limit))
        else:
            self._say(answer)

    async def _whose(self, frame: Any) -> tuple[VisitorId, Left]:
        """Only our own window knows the chat's secret, and is told it; from elsewhere it is a stranger's message."""
        if not self._ours:
            return VisitorId(draw_id()), Left(client_id=frame.client_id)
        visitor, secret = await self._visitors.own_chat(self._visitors.recognise(frame.visitor), frame.secret)
        await self._visitors.accounts.chats.keep(visitor, secret)
        answer = Left(client_id=frame.client_id, visitor=self._visitors.keys.make(visitor), secret=secret)
        return whose(self._visitors, visitor), answer

    def _say(self, answer: Left | Error) -> None:
        if isinstance(answer, Error):
            self.set_status(STATUS.get(answer.reason, 400))
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(_encode(answer))

    @property
    def _origin(self) -> str:
        return self.request.headers.get("Origin", "")

    @property
    def _ours(self) -> bool:
        return urlsplit(self._origin).netloc == self.request.host.lower()

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Say no more than the status."""
        self.finish(f"{status_code}\n")
