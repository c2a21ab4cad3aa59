"""The manual as people open it: the pages follow from their sources, and no link leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from qcity_xl.adapters.resources import manual
from tools.make_pages import DOCS, PAGES, html_of


def links(page: Path) -> Iterator[str]:
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    for element in (*tree.iter("a"), *tree.iter("img")):
        yield unquote(element.get("href") or element.get("src"))


@pytest.mark.parametrize("page", PAGES)
def test_a_committed_page_is_what_its_source_says(page: str) -> None:
    assert (DOCS / f"{page}.html").read_text(encoding="utf-8") == html_of(page), "run: make pages"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_of_a_page_is_there(page: str) -> None:
    path = DOCS / f"{page}.html"
    tree = html.fromstring(path.read_text(encoding="utf-8"))
    anchors = {element.get("id") for element in tree.iter() if element.get("id")}
    for link in links(path):
        file, _, anchor = link.partition("#")
        assert not re.match(r"\w+:", link), f"{link}: the reader may have no network"
        assert not file or (DOCS / file).is_file(), link
        assert not anchor or file or anchor in anchors, link


def test_each_page_names_its_chapters_and_the_other_pages() -> None:
    for page in PAGES:
        source = (DOCS / f"{page}.md").read_text(encoding="utf-8")
        found = set(links(DOCS / f"{page}.html"))
        chapters = len(re.findall(r"^## ", source, re.MULTILINE))
        assert {f"#c{n}" for n in range(1, chapters + 1)} <= found
        assert {f"{other}.html" for other in PAGES if other != page} <= found


def test_a_line_that_ends_in_the_source_leaves_no_space_between_chinese() -> None:
    paragraphs = [p.text_content() for p in html.fromstring(html_of("使用手册")).iter("p", "li")]
    assert not re.findall(r"[^!-~]\n|\n[^!-~]", "".join(paragraphs))


def test_the_button_opens_a_page_of_these() -> None:
    assert manual().samefile(DOCS / "使用手册.html")
