"""Every page of the shop: its path and its title. The visitors of the demo choose from here."""

from dataclasses import dataclass

from widget.demo_site.goods import CATEGORIES, PRODUCTS, TOPICS


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page; `title` is the text of its `<title>`."""

    path: str
    title: str


def _titled(path: str, name: str) -> Page:
    return Page(path=path, title=f"{name} · Fernweh")


PATHS: tuple[Page, ...] = (
    Page(path="/", title="Fernweh · Goods for going away"),
    _titled("/catalogue", "Catalogue"),
    *(_titled(f"/catalogue/{category.slug}", category.name) for category in CATEGORIES),
    *(_titled(f"/product/{product.slug}", product.name) for product in PRODUCTS),
    _titled("/cart", "Your cart"),
    _titled("/help", "Help"),
    *(_titled(f"/help/{topic.slug}", topic.name) for topic in TOPICS),
)

TITLES = {page.path: page.title for page in PATHS}
