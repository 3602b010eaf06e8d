"""An input method as Chromium knows it: a composition, and the Enter that ends it."""

from playwright.sync_api import CDPSession, Frame, Locator, Page

ENTER = {"key": "Enter", "code": "Enter", "text": "\r", "unmodifiedText": "\r"}


class InputMethod:
    """Types Japanese into the box that has the focus of a page, or of a frame of it."""

    def __init__(self, where: Page | Frame) -> None:
        page = where if isinstance(where, Page) else where.page
        self._session: CDPSession = page.context.new_cdp_session(where)

    def composes(self, box: Locator, text: str) -> None:
        """Write into the box: with Enter while it composes, and as Safari gives it, just after that."""
        box.focus()
        self._session.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        self._enter()
        self._session.send("Input.insertText", {"text": text})
        self._enter()

    def _enter(self) -> None:
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown", "windowsVirtualKeyCode": 229, **ENTER})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", "windowsVirtualKeyCode": 229, **ENTER})
