"""The gateway: the routes that visitors' browsers reach. It composes; it decides nothing."""

from typing import Any

from engine.limits.table import FRAME
from engine.wire.answering import Answering
from widget.assets import CLIENT, ChatPage, ClientFile, SeenFrom, TextsFile
from widget.built import BuiltFile, PageScript
from widget.chat_socket import ChatSocket
from widget.left_messages import LeaveHandler
from widget.page_socket import PageSocket
from widget.visitors import Visitors

# Who is silent for as long after a ping is gone. A ping costs main 0.1 ms: 4 % of a core for a thousand chats, 10 % for
# ten thousand who only look around, who are so pinged less; the kernel's probes find the dead machines among them.
CHAT_BEAT_S, PAGE_BEAT_S = 2.5, 10.0


class Health(Answering):
    """Whether the gateway answers."""

    def get(self) -> None:
        """Answer."""
        self.write({"ready": True})


def routes(visitors: Visitors) -> list[tuple[Any, ...]]:
    """The gateway's routes for a `tornado.web.Application` with `settings`."""
    shared = {"visitors": visitors}
    return [
        (r"/health", Health),
        (r"/ws/page", PageSocket, {**shared, "beat_s": PAGE_BEAT_S}),
        (r"/ws/chat", ChatSocket, {**shared, "beat_s": CHAT_BEAT_S}),
        (r"/chat", ChatPage, shared),
        (r"/widget/texts/([\w-]+)\.json", TextsFile),
        (r"/widget/seen", SeenFrom, shared),
        (r"/leave", LeaveHandler, shared),
        (r"/widget/built/([a-z]+)\.([0-9a-f]+)\.(js|css)", BuiltFile),
        # What pages ask for that were opened before there were bundles, when somebody clicks or calls at last.
        (r"/widget/((?:page|wire)/[a-z_]+\.js)", ClientFile, {"path": str(CLIENT)}),
        (r"/widget\.js", PageScript),
        (r"/(parlour\.d\.ts)", ClientFile, {"path": str(CLIENT)}),
    ]


settings: dict[str, Any] = {
    "websocket_max_message_size": FRAME.most,
    "compress_response": True,
}
