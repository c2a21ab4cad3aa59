"""Microsoft's validator finds nothing in what the product writes."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from qcity_xl.adapters.ooxml import Book
from qcity_xl.addin.build import build
from qcity_xl.steps.demo import demo
from qcity_xl.steps.history import undo
from qcity_xl.steps.shared.outcome import Context
from tests.adapters.ooxml.build import parts
from tests.adapters.ooxml.test_corpus import FILES, edit_one_cell, needs_corpus
from tests.referees.validator import findings

CONTEXT = Context(dt.datetime(2016, 11, 22, 9, 30), "张三")
NOT_WORKBOOKS = {"第1轮_市旅游局.xlsx", "第1轮_市体育局.xlsx"}  # the demo sends these broken


def test_nothing_is_found_in_a_whole_round(tmp_path: Path) -> None:
    """The master before and after each step, all packs, returns that our editor filled."""
    demo(tmp_path / "演示", CONTEXT)
    undo(tmp_path / "演示" / "总表.xlsx", CONTEXT)
    files = {path.read_bytes(): path for path in tmp_path.rglob("*.xlsx") if path.is_file()}
    judged = [p for p in files.values() if not any(p.name.endswith(n) for n in NOT_WORKBOOKS)]
    assert len(judged) > 40
    assert {path.name: dict(found) for path in judged if (found := findings(path))} == {}


def test_nothing_is_found_in_the_add_in(tmp_path: Path) -> None:
    path = tmp_path / "qcity.xlam"
    path.write_bytes(build("python"))
    assert not findings(path)


@needs_corpus
@pytest.mark.parametrize("source", FILES, ids=lambda path: path.name)
def test_an_edit_adds_no_finding(source: Path, tmp_path: Path) -> None:

    book = Book.open(source)
    edit_one_cell(book, parts(source.read_bytes()))
    edited = tmp_path / f"edited{source.suffix}"
    edited.write_bytes(book.to_bytes())
    plain = tmp_path / f"plain{source.suffix}"
    shutil.copy(source, plain)
    assert findings(edited) - findings(plain) == {}
