"""The committed workbooks are what the tables in workbook/source give."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl.utils import range_boundaries

from qcity_xl.adapters.templates import build_pack, build_template_bytes
from qcity_xl.adapters.templates.__main__ import main
from qcity_xl.adapters.templates.source import load_plan

from .build import opened, table_of

WORKBOOK = Path(__file__).parents[3] / "workbook"
SOURCE = WORKBOOK / "source"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def template() -> bytes:
    return build_template_bytes(SOURCE)


def test_template_agrees_with_its_source(template: bytes) -> None:
    committed = parts((WORKBOOK / "template.xlsx").read_bytes())
    built = parts(template)
    assert list(committed) == list(built)
    assert [name for name in built if built[name] != committed[name]] == []


def test_pack_agrees_with_the_schema() -> None:
    assert parts((WORKBOOK / "pack.xlsx").read_bytes()) == parts(build_pack())


def test_the_same_source_gives_the_same_bytes(template: bytes) -> None:
    assert build_template_bytes(SOURCE) == template


def test_every_indicator_criterion_and_task_is_shipped(template: bytes) -> None:
    plan = load_plan(SOURCE)
    book = opened(template)
    for sheet, wanted in (
        ("指标", [str(i.no) for i in plan.indicators]),
        ("得分点", [c.label for c in plan.criteria]),
        ("任务", [t.no for t in plan.tasks]),
    ):
        _, top, _, bottom = range_boundaries(table_of(book[sheet]).ref)
        lines = range((top or 0) + 1, (bottom or 0) + 1)
        assert [str(book[sheet].cell(line, 2).value) for line in lines] == wanted
    assert (len(plan.indicators), len(plan.tasks)) == (50, 108)


def test_the_command_writes_all_files(tmp_path: Path) -> None:
    assert main([str(tmp_path), str(SOURCE)]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pack.xlsx", "papers", "template.xlsx"]
    assert main([]) == 2
