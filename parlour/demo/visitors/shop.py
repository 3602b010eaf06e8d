"""The shop as a visitor sees it: pages with their titles and the links between them, read by following the links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tornado.httpclient import AsyncHTTPClient

MOST_PAGES = 60


@dataclass(frozen=True, kw_only=True)
class ShopPage:
    """A page: its path (with query), its title, and the paths it links to."""

    path: str
    title: str
    links: tuple[str, ...] = ()


Shop = dict[str, ShopPage]


async def read_shop(base: str) -> Shop:
    """The shop at `base`, from its start page on; the first page comes first. Raises what the HTTP client raises."""
    client, shop, waiting = AsyncHTTPClient(), Shop(), ["/"]
    while waiting and len(shop) < MOST_PAGES:
        path = waiting.pop(0)
        if path in shop:
            continue
        answer = await client.fetch(base + path, raise_error=path == "/")
        if answer.code == 200 and "html" in answer.headers.get("Content-Type", ""):
            shop[path] = parse_page(path, answer.body.decode("utf-8", "replace"))
            waiting.extend(link for link in shop[path].links if link not in shop)
    return {path: _within(page, shop) for path, page in shop.items()}


def parse_page(path: str, text: str) -> ShopPage:
    """A page out of its HTML; links to other hosts and to files are left out."""
    reader = _Reader()
    reader.feed(text)
    targets = (_path_of(path, link) for link in reader.links)
    links = dict.fromkeys(target for target in targets if target is not None and target != path)
    return ShopPage(path=path, title=" ".join("".join(reader.title).split()), links=tuple(links))


def _within(page: ShopPage, shop: Shop) -> ShopPage:
    return ShopPage(path=page.path, title=page.title, links=tuple(link for link in page.links if link in shop))


def _path_of(path: str, link: str) -> str | None:
    base = f"http://shop{path}"
    parts = urlsplit(urljoin(base, link))
    if parts.netloc != "shop" or parts.scheme != "http" or "." in parts.path.rpartition("/")[2].removesuffix(".html"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass
class _Reader(HTMLParser):
    title: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_title = tag == "title" and not self.title  # pictures have titles too
        link = dict(attrs).get("href")
        if tag == "a" and link:
            self.links.append(link)

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)
