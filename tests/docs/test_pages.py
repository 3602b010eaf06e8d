"""The pages: the code they show is the code, their links lead somewhere, and the site builds without a warning."""

import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).parent.parent.parent
DOCS = HOUSE / "docs"
WALKS = ("contribute.md", "new-event.md", "additions.md")  # the pages whose code is ours, all of it
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:bench|dashboard|docs|engine|notebooks|parlour|tests|widget)/[\w./-]+)`")


class Shown(NamedTuple):
    """A piece of code on a page, and the file it is said to be of."""

    page: str
    file: str | None
    code: str


def shown(page: str) -> Iterator[Shown]:
    """Every block of code in a programming language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for block in re.finditer(
        r"(?:^`(?P<file>[^`\n]+)`:\n)?^```(?:python|js|sql)\n(?P<code>.*?)^```$", text, re.M | re.S
    ):
        yield Shown(page, block["file"], block["code"])


def pieces(code: str) -> list[list[str]]:
    """The runs of lines between the lines that say that some are left out."""
    runs: list[list[str]] = [[]]
    for line in code.splitlines():
        if line.strip() == "…":
            runs.append([])
        else:
            runs[-1].append(line)
    return [_bare(run) for run in runs if any(line.strip() for line in run)]


def _bare(lines: list[str]) -> list[str]:
    return textwrap.dedent("\n".join(lines)).strip("\n").splitlines()


def stands_in(piece: list[str], lines: list[str]) -> bool:
    """Whether the lines of the piece stand in a row, whatever the whole of it is indented by."""
    return any(_bare(lines[at : at + len(piece)]) == piece for at in range(len(lines) - len(piece) + 1))


@pytest.mark.parametrize("page", WALKS)
def test_the_code_that_is_shown_is_the_code(page: str) -> None:
    for one in shown(page):
        assert one.file, f"{page}: say whose it is, in a line `path/to/file.py`: above\n{one.code}"
        lines = (HOUSE / one.file).read_text(encoding="utf-8").splitlines()
        for piece in pieces(one.code):
            assert stands_in(piece, lines), f"{page}: not in {one.file}:\n" + "\n".join(piece)


def test_code_that_is_not_the_code_is_found() -> None:
    lines = ["class A:", "    def b(self) -> int:", "        return 1"]
    assert stands_in(["def b(self) -> int:", "    return 1"], lines)
    assert not stands_in(["def b(self) -> int:", "    return 2"], lines)
    assert not stands_in(["class A:", "        return 1"], lines)
    assert pieces("a\n…\n  b\n") == [["a"], ["b"]]


def test_the_walks_show_code() -> None:
    assert len(list(shown("new-event.md"))) >= 20


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{page}" for page in WALKS)])
def test_files_that_are_named_are_there(page: str) -> None:
    for path in PATH.findall((HOUSE / page).read_text(encoding="utf-8")):
        assert "…" in path or (HOUSE / path).exists(), f"{page}: {path}"


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_links_from_the_root_lead_somewhere(page: str) -> None:
    for link in LINK.findall((HOUSE / page).read_text(encoding="utf-8")):
        assert link.startswith("https://") or (HOUSE / link).exists(), f"{page}: {link}"


def build(house: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """Build the site as `make docs` does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(into)]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    built = tmp_path_factory.mktemp("site")
    run = build(HOUSE, built)
    assert run.returncode == 0, run.stderr
    assert "WARNING" not in run.stderr, run.stderr
    return built


def test_the_site_builds_without_a_warning_and_has_every_page(site: Path) -> None:
    pages = {page.stem for page in DOCS.glob("*.md")} | {"changelog"}
    assert pages <= {page.stem for page in site.glob("*.html")}


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=\"([^\"]+)\"|<link[^>]*\shref=\"([^\"]+)\"", html)
        assert loaded
        assert not [one for one in map("".join, loaded) if re.match(r"(?:https?:)?//", one)], page.name


@pytest.mark.parametrize("link", ["[x](nowhere.md)", "[x](protocol.md#nowhere)", "![x](pictures/nowhere.png)"])
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path, link: str) -> None:
    shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(HOUSE / file, tmp_path)
    with (tmp_path / "docs" / "try.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{link}\n")
    run = build(tmp_path, tmp_path / "site")
    assert run.returncode == 1
    assert "nowhere" in run.stderr
