"""The gateway: the routes that visitors' browsers reach. It composes; it decides nothing."""

from typing import Any

from tornado.web import RequestHandler

from widget.assets import CLIENT, LOOK, ChatPage, ClientFile, Script, TextsFile
from widget.chat_socket import ChatSocket
from widget.left_messages import LeaveHandler
from widget.page_socket import PageSocket
from widget.visitors import Visitors

FRAME_LIMIT = 64 << 10  # bytes; beyond it the socket is closed with 1009
PING_S = 10  # a connection that does not answer within as much again is closed


class Health(RequestHandler):
    """Whether the gateway answers."""

    def get(self) -> None:
        """Answer."""
        self.clear_header("Server")
        self.write({"ready": True})


def routes(visitors: Visitors) -> list[tuple[Any, ...]]:
    """The gateway's routes for a `tornado.web.Application` with `settings`."""
    shared = {"visitors": visitors}
    return [
        (r"/health", Health),
        (r"/ws/page", PageSocket, shared),
        (r"/ws/chat", ChatSocket, shared),
        (r"/chat", ChatPage, shared),
        (r"/widget/texts/([\w-]+)\.json", TextsFile),
        (r"/widget/(tokens\.css)", ClientFile, {"path": str(LOOK)}),
        (r"/leave", LeaveHandler, shared),
        (r"/widget/((?:[a-z_]+/)?[a-z_]+\.js)", Script),
        (r"/widget/(.+\.(?:css|svg))", ClientFile, {"path": str(CLIENT)}),
        (r"/(widget\.js)", Script),
        (r"/(parlour\.d\.ts)", ClientFile, {"path": str(CLIENT)}),
    ]


settings: dict[str, Any] = {
    "websocket_max_message_size": FRAME_LIMIT,
    "websocket_ping_interval": PING_S,
    "compress_response": True,
}
