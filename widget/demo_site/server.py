"""The shop's server: pages from templates, with the widget's script tag from another origin, under a strict CSP."""

from pathlib import Path
from urllib.parse import urlsplit

import tornado.web

from engine.wire.answering import Answering
from widget.demo_site.goods import CATEGORIES, PRODUCTS, TOPICS
from widget.demo_site.pages import PATHS, TITLES

__all__ = ["PATHS", "make_app"]

HERE = Path(__file__).parent
RELATED = 3


def make_app(*, widget: str, site_key: str) -> tornado.web.Application:
    """The shop. `widget` is the origin that serves `/widget.js`, `site_key` the site's public key there."""
    return tornado.web.Application(
        [
            (r"/", Shop, {"template": "home.html"}),
            (r"/catalogue", Shop, {"template": "catalogue.html"}),
            (r"/catalogue/(?P<slug>\w+)", CategoryPage),
            (r"/product/(?P<slug>\w+)", ProductPage),
            (r"/cart", Shop, {"template": "cart.html"}),
            (r"/help", Shop, {"template": "help.html"}),
            (r"/help/(?P<slug>\w+)", TopicPage),
            (r"/favicon.ico", tornado.web.RedirectHandler, {"url": "/static/art/mark.svg"}),
        ],
        default_handler_class=Missing,
        template_path=str(HERE / "templates"),
        static_path=str(HERE / "static"),
        widget=widget.rstrip("/"),
        site_key=site_key,
    )


def _policy(widget: str) -> str:
    """What the pages may load: their own, and the widget's script, sockets and window."""
    sockets = urlsplit(widget)._replace(scheme="wss" if widget.startswith("https:") else "ws").geturl()
    if "[" in widget:  # a policy can name no IPv6 address, only the schemes
        widget, sockets = (origin.partition("//")[0] for origin in (widget, sockets))
    return (
        f"default-src 'none'; script-src 'self' {widget}; style-src 'self'; img-src 'self'; "
        f"connect-src {widget} {sockets}; frame-src {widget}; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class Shop(Answering):
    """A page that needs no more than its template."""

    template = "missing.html"

    def initialize(self, template: str = "missing.html") -> None:
        """Take the template of the route."""
        self.template = template

    def set_default_headers(self) -> None:
        """Send the policy with every answer."""
        self.set_header("Content-Security-Policy", _policy(self.settings["widget"]))
        self.set_header("Referrer-Policy", "strict-origin-when-cross-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def get(self) -> None:
        """Show the page."""
        self.show()

    def show(self, **values: object) -> None:
        """Render the template with what every page needs."""
        self.render(
            self.template,
            title=TITLES.get(self.request.path, "Not found · Fernweh"),
            path=self.request.path,
            widget=self.settings["widget"],
            site_key=self.settings["site_key"],
            categories=CATEGORIES,
            products=PRODUCTS,
            topics=TOPICS,
            **values,
        )


class SlugPage(Shop):
    """A page about the one thing that its address names."""

    def get(self, slug: str = "") -> None:
        """Show the thing, or that there is none."""
        values = self.find(slug)
        if values is None:
            self.set_status(404)
            self.template = "missing.html"
        self.show(**(values or {}))

    def find(self, slug: str) -> dict[str, object] | None:
        """What the template needs to show `slug`; None if there is no such thing."""
        raise NotImplementedError


class CategoryPage(SlugPage):
    """One shelf."""

    def initialize(self, template: str = "category.html") -> None:
        """Take the template."""
        self.template = template

    def find(self, slug: str) -> dict[str, object] | None:
        """The shelf and what stands on it."""
        category = next((each for each in CATEGORIES if each.slug == slug), None)
        shelf = [each for each in PRODUCTS if each.category == slug]
        return {"category": category, "shelf": shelf} if category else None


class ProductPage(SlugPage):
    """One product."""

    def initialize(self, template: str = "product.html") -> None:
        """Take the template."""
        self.template = template

    def find(self, slug: str) -> dict[str, object] | None:
        """The product, its shelf, and what others look at."""
        product = next((each for each in PRODUCTS if each.slug == slug), None)
        if product is None:
            return None
        others = [each for each in PRODUCTS if each is not product]
        others.sort(key=lambda each: each.category != product.category)
        category = next(each for each in CATEGORIES if each.slug == product.category)
        return {"product": product, "category": category, "related": others[:RELATED]}


class TopicPage(SlugPage):
    """One help page."""

    def initialize(self, template: str = "topic.html") -> None:
        """Take the template."""
        self.template = template

    def find(self, slug: str) -> dict[str, object] | None:
        """The topic."""
        topic = next((each for each in TOPICS if each.slug == slug), None)
        return {"topic": topic} if topic else None


class Missing(Shop):
    """Any other address."""

    def prepare(self) -> None:
        """Say so."""
        self.set_status(404)
        self.show()
