"""Who is a program, by the header: lists of crawlers and of people's browsers, both ways."""

import json
import re
from pathlib import Path

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from widget.crawlers import is_crawler

MODULES = Path(__file__).parents[2] / "node_modules"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

PROGRAMS = (
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME.replace('Chrome', 'HeadlessChrome')}",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    f"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) {CHROME} "
    "(compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {SAFARI} Version/17.4 Safari/605.1.15"
    " (Applebot/0.1; +http://www.apple.com/go/applebot)",
    "Mozilla/5.0 (compatible; YandexRenderResourcesBot/1.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Chrome-Lighthouse",
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1",
    "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "curl/8.14.1",
    "python-requests/2.32",
    "Go-http-client/2.0",
)
PERSONS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/146.0.0.0",
    f"Mozilla/5.0 (Linux; Android 10; K) {CHROME.replace('Safari', 'Mobile Safari')}",
    f"Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) {CHROME}",
    f"Mozilla/5.0 (Linux; Android 12; CUBOT_X50) {CHROME}",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {SAFARI} Version/18.5 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {SAFARI} Mobile/15E148 [FBAN/FBIOS;FBAV/520.0]",
    f"Mozilla/5.0 (PlayStation; PlayStation 5/6.00) {SAFARI} Version/15.4 Safari/605.1.15",
    f"Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) {CHROME}",
    "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
    "",
)


@pytest.mark.parametrize("header", PROGRAMS)
def test_who_says_to_be_a_program_is_one(header: str) -> None:
    assert is_crawler(header)


@pytest.mark.parametrize("header", PERSONS)
def test_a_browser_of_people_is_none(header: str) -> None:
    assert not is_crawler(header)


def test_of_all_listed_crawlers_hardly_one_is_missed() -> None:
    listed = [header for crawler in CRAWLER_USER_AGENTS_DATA for header in crawler["instances"]]
    missed = [header for header in listed if not is_crawler(header)]
    assert len(listed) > 2_000
    assert len(missed) <= 0.02 * len(listed), missed


def of_ua_parser(name: str) -> list[str]:
    """The headers of a list that its makers took for a browser: neither for a program, nor for nothing they know."""
    text = (MODULES / "ua-parser" / "test_resources" / name).read_text(encoding="utf-8")
    listed = re.findall(r"user_agent_string: *(['\"])(.*?)\1 *\n +family: *['\"]?(.*?)['\"]? *\n", text)
    program = re.compile("bot|other|requests|monitor|cfnetwork|phantomjs|pyamf|slurp|spider", re.IGNORECASE)
    return [header for _, header, family in listed if not program.search(family)]


def of_the_present() -> list[str]:
    """The headers of ten thousand page views of today, as often as they came."""
    views = json.loads((MODULES / "user-agents" / "dist" / "user-agents.json").read_text(encoding="utf-8"))
    return [view["userAgent"] for view in views]


PEOPLE = {
    "ua-parser's list": of_ua_parser("pgts_browser_list.yaml") + of_ua_parser("test_user_agent_parser.yaml"),
    "page views of the present": of_the_present(),
}


@pytest.mark.parametrize("headers", PEOPLE.values(), ids=PEOPLE.keys())
def test_of_many_browsers_of_people_hardly_one_is_called_a_program(headers: list[str]) -> None:
    called = [header for header in headers if is_crawler(header)]
    assert len(headers) > 9_000
    assert len(called) <= 0.005 * len(headers), called
