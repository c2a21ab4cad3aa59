"""通报 and the like: the numbers of `qcity score`, papers that office programs take."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.office import convert
from qcity_xl.core.changes import Change
from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.report import KINDS, report
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.referees.validator import all_findings
from tests.steps.conftest import Qcity

WORD = [kind for kind in KINDS if kind != "page"]


def answered(master: Path, context: Context) -> None:
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    file.apply([Change(CRITERIA.name, "C28.1", "answer", None, "96%")])
    file.save()
    split(master, master.parent / "下发", context, round_name="第1轮", units=["市质监局", "市农委"])


def words(path: Path) -> str:
    page = Document(str(path))
    cells = [c.text for table in page.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in page.paragraphs), *cells])


def made(master: Path, context: Context, kind: str) -> Path:
    data = report(master, context, [kind], master.parent / "汇报").data
    return Path(data["files"][0])


@pytest.mark.parametrize("kind", WORD)
def test_a_paper_has_the_numbers_of_score_and_is_printed_whole(
    kind: str, master: Path, context: Context, soffice: Path, tmp_path: Path
) -> None:
    answered(master, context)
    before = master.read_bytes()
    path = made(master, context, kind)
    assert master.read_bytes() == before
    text = words(path)
    assert not re.search(r"\{\{|\{%|None|nan", text)
    if kind != "unit":
        data: Any = score(master, context).data
        assert f"自评得分{data['claimed']['points']}分（满分1000分）" in text
        assert f"最高可得{data['ceiling']['points']}分" in text
    assert all_findings([path]) == {}
    assert soffice.exists()
    with pdfplumber.open(convert(path, "pdf", tmp_path)) as pdf:
        assert len(pdf.pages) > 1
        for page in pdf.pages:
            assert "###" not in (page.extract_text() or "")
            assert all(char["x1"] <= page.width - 40 for char in page.chars)
            assert min(char["size"] for char in page.chars) >= 8


def test_the_command_makes_what_is_asked_for(qcity: Qcity, master: Path, context: Context) -> None:
    answered(master, context)
    status, data = qcity("report", master, "--kind", "unit", "--kind", "page")
    assert (status, data["kinds"]) == (0, ["单位情况", "网页"])
    names = [Path(name).name for name in data["files"]]
    assert {"市质监局.docx", "市农委.docx"} < set(names)
    assert all(Path(name).is_file() for name in data["files"])
    assert qcity("report", master, "--kind", "快报")[0] == 3


def test_a_bulletin_without_ranks(master: Path, context: Context) -> None:
    answered(master, context)
    assert "名次" in words(made(master, context, "bulletin"))
    file = WorkbookFile.open(master)
    file.apply([Change("tblSettings", "汇报/单位排名", "value", "是", "否")])
    file.save()
    assert "名次" not in words(made(master, context, "bulletin"))


def test_the_offices_own_template_is_taken_out_edited_and_used(
    qcity: Qcity, master: Path, context: Context
) -> None:
    answered(master, context)
    status, data = qcity("report", master, "--templates")
    assert (status, len(data["files"])) == (0, 6)
    own = master.parent / "模板" / "通报.docx"
    page = Document(str(own))
    page.paragraphs[0].runs[0].text = "{{城市}}创建工作简报"
    page.save(str(own))
    assert words(made(master, context, "bulletin")).startswith("创建工作简报")
    assert qcity("report", master, "--templates")[1]["files"] == []
    page.add_paragraph("{{市长}}")
    page.save(str(own))
    status, data = qcity("report", master, "--kind", "bulletin")
    assert status == 3
    assert re.search("模板“通报”：正文第.+段，不认识“市长”", data["error"])


def test_the_change_since_the_last_round_is_told(master: Path, context: Context) -> None:
    answered(master, context)
    score(master, context)
    later = Context(context.now + dt.timedelta(days=30), "张三")
    split(master, master.parent / "下发2", later, round_name="第2轮", units=["市质监局"])
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.2", "answer", None, "达成")])
    file.save()
    assert "与第1轮（2016-11-22）相比，自评增加10分" in words(made(master, later, "bulletin"))
