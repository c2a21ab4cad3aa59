"""One thing has one name in all that people read: what units send in is 报送."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcity_xl.core.schema import MASTER, SECTIONS
from qcity_xl.core.schema.pack import FORMER
from qcity_xl.core.schema.words import PROGRESS

ROOT = Path(__file__).parents[1]
PAPERS = (
    *("README.zh-CN.md", "docs/使用手册.md", "docs/邮件设置.md"),
    "workbook/source/letters.tsv",
)
# Each with what is said instead.
BANNED = {"发回": "报送", "寄回": "报送", "交回": "报送", "单位填报表": "填报表"}
_BANNED = re.compile("|".join(BANNED))
# What a tester of the add-in sends back to us is no return; the rest reads what offices write.
_OTHERS = ("addin/trial.py", "core/reading/", "core/adopting/")


def said(path: Path) -> Iterator[str]:
    """The texts of a module, comments and docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(text := node.value, str):
            yield from [text] if id(node) not in statements and text not in FORMER else []


def test_no_module_says_a_thing_by_another_name() -> None:
    package = ROOT / "qcity_xl"
    paths = [p for p in package.rglob("*.py") if not any(o in p.as_posix() for o in _OTHERS)]
    found = [f"{path}: {text}" for path in paths for text in said(path) if _BANNED.search(text)]
    assert len(paths) > 100
    assert found == []


def test_a_list_of_states_is_written_in_one_place() -> None:
    """A text that names two of the four at once is made from the list, wherever it is shown."""
    package = ROOT / "qcity_xl"
    source = package / "core/schema/words.py"
    texts = [(p.name, t) for p in package.rglob("*.py") if p != source for t in said(p)]
    listed = re.compile(f"(?:{'|'.join(PROGRESS)})、(?:{'|'.join(PROGRESS)})")
    assert listed.search("、".join(PROGRESS))
    assert [(name, text) for name, text in texts if listed.search(text)] == []


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_says_a_thing_by_another_name(name: str) -> None:
    assert _BANNED.findall((ROOT / name).read_text(encoding="utf-8")) == []


def test_the_title_of_a_sheet_is_its_name() -> None:
    assert [t.title for t in MASTER if t is not SECTIONS] == [
        t.sheet for t in MASTER if t is not SECTIONS
    ]
