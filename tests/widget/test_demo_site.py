import re

import tornado.web
from tornado.testing import AsyncHTTPTestCase

from widget.demo_site.goods import PRODUCTS
from widget.demo_site.server import PATHS, make_app

WIDGET = "http://127.0.0.1:8700"


class TestDemoSite(AsyncHTTPTestCase):
    def get_app(self) -> tornado.web.Application:
        return make_app(widget=WIDGET, site_key="KEY")

    def test_every_page_of_the_list_answers_with_its_title_and_the_widget(self) -> None:
        for page in PATHS:
            answer = self.fetch(page.path)
            body = answer.body.decode()
            assert answer.code == 200, page.path
            assert f"<title>{page.title}</title>" in body
            assert f'<script async src="{WIDGET}/widget.js" data-site="KEY"></script>' in body

    def test_every_address_on_the_pages_leads_somewhere(self) -> None:
        links = {link for page in PATHS for link in re.findall(r'(?:href|src)="(/[^"]*)"', self._body(page.path))}
        assert len(links) > len(PATHS)
        assert [link for link in sorted(links) if self.fetch(link).code != 200] == []

    def test_nothing_comes_from_another_host_than_the_widgets(self) -> None:
        hosts = {host for page in PATHS for host in re.findall(r'="(https?://[^/"]+)', self._body(page.path))}
        assert hosts == {WIDGET}
        policy = self.fetch("/").headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert f"connect-src {WIDGET} ws://127.0.0.1:8700;" in policy

    def test_an_unknown_address_is_a_page_that_says_so(self) -> None:
        for path in ("/nope", "/product/nope", "/catalogue/nope", "/help/nope"):
            answer = self.fetch(path)
            assert answer.code == 404
            assert "Off the map" in answer.body.decode()

    def test_there_is_enough_to_look_at(self) -> None:
        assert len(PRODUCTS) >= 8
        assert len({page.path for page in PATHS}) == len(PATHS)

    def _body(self, path: str) -> str:
        return self.fetch(path).body.decode()
