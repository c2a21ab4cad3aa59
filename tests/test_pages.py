"""The manual as people open it: the pages follow from their sources, and no link leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from qcity_xl.adapters.resources import manual
from qcity_xl.core.catalogue import BUTTONS, STEPS, Step
from qcity_xl.core.rules import KINDS
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


ROOT = DOCS.parent
COMMANDS = [step for step in STEPS if step.target == "总表"]


def rows(page: Path) -> list[list[str]]:
    """The rows of all tables of a page."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]


def test_the_manual_has_each_button_in_the_order_of_the_ribbon() -> None:
    told: list[tuple[str, ...]] = []
    wanted: list[tuple[str, ...]] = []
    found = iter(rows(DOCS / "使用手册.md")[2:])
    group = ""
    for step in BUTTONS:
        button = step.button
        assert button
        here, *words, look = next(found)
        told.append((here or group, *words))
        group = here or group
        wanted.append((button.group, button.label, button.screentip))
        assert f"「{step.sheet}」" in look or not step.sheet
    assert told == wanted


@pytest.mark.parametrize("step", COMMANDS, ids=lambda step: step.id)
def test_both_readmes_and_the_manual_have_each_command(step: Step) -> None:
    english = [row for row in rows(ROOT / "README.md") if row[0].startswith(f"`qcity {step.id} ")]
    assert all(step.title.startswith(row[1]) for row in english)
    chinese = [r for r in rows(ROOT / "README.zh-CN.md") if r[0].startswith(f"`qcity {step.id} ")]
    assert len(chinese) == len(english) == 1
    assert f"qcity {step.id} 总表.xlsx" in (DOCS / "使用手册.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", "docs/使用手册.md", "docs/邮件设置.md"]
)
def test_a_command_in_a_page_is_one_that_there_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    known = {step.id: {option.flag for option in step.options} for step in STEPS}
    for name, rest in re.findall(r"qcity ([a-z]+) ((?:总表\.xlsx|MASTER)[^`\n]*)", text):
        assert name in known, name
        flags = set(re.findall(r"--[a-z-]+", rest)) - {"--dry-run", "--json"}
        assert flags <= known[name], f"qcity {name} {rest}"


def test_the_manual_explains_each_way_of_scoring_with_the_example_of_errors() -> None:
    manual_text = (DOCS / "使用手册.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| [^|]+ \| ([^|]+) \|$", manual_text, re.MULTILINE)
    assert {name: example for name, example in rows if name in KINDS} == {
        name: kind.example for name, kind in KINDS.items()
    }
