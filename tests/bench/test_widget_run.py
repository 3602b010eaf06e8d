"""The widget's bench from end to end: once, on the shop, in a real Chromium."""

import msgspec
import pytest

from bench.widget import browser
from bench.widget import course as widget


@pytest.mark.e2e
def test_the_widget_is_weighed_on_the_shop_in_a_real_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "QUIET", 500)
    run = widget.measure(widget.Size(rounds=1), lambda _line: None)
    said = msgspec.convert(msgspec.structs.asdict(run.figures), widget.Figures)
    assert 2_000 < said.loader_gzip <= 5 << 10
    assert 15_000 < said.chat_gzip <= 40 << 10
    assert said.requests_before_interaction > 5
    assert said.layout_shift == 0
