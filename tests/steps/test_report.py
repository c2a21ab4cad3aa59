"""通报 and the like: the numbers of `qcity score`, papers that office programs take."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from lxml import html

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.reports.paper import BadPaper
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.schema import CRITERIA, MAIL
from qcity_xl.core.scoring.next_steps import NextSteps, next_steps
from qcity_xl.core.text import number_text
from qcity_xl.steps.chase import chase
from qcity_xl.steps.report import KINDS, BadLetters, report
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context
from qcity_xl.steps.split import split
from tests.printed import printed, said
from tests.referees.validator import all_findings
from tests.steps.conftest import Qcity

WORD = [kind for kind in KINDS if kind not in ("page", "letters")]
LATER = dt.timedelta(days=30)  # the round is over by then


def answered(master: Path, context: Context) -> None:
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.1", "answer", None, "达成")])
    file.apply([Change(CRITERIA.name, "C28.1", "answer", None, "96%")])
    file.save()
    split(master, master.parent / "下发", context, round_name="第1轮", units=["市质监局", "市农委"])


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
    text = said(path)
    assert not re.search(r"\{\{|\{%|None|nan", text)
    if kind != "unit":
        data: Any = score(master, context).data
        assert f"自评得分{data['claimed']['points']}分（满分1000分）" in text
        assert f"最高可得{data['ceiling']['points']}分" in text
    assert soffice.exists()
    pages = printed(path, tmp_path)
    if kind == "unit":
        singles = list(path.with_suffix("").iterdir())
        assert len(pages) == len(singles) > 20  # one page each, also where most is to be done


def test_every_number_is_that_of_score(master: Path, context: Context) -> None:
    answered(master, context)
    kinds = ["bulletin", "monthly", "self", "page"]
    files = report(master, context, kinds, master.parent / "汇报").data["files"]
    bulletin, monthly, self, page = map(Path, files)
    data: Any = score(master, context).data
    names = ("points", "claimed", "evidenced", "reviewed")
    wanted = [tuple(shown(one[name]) for name in names) for one in data["sections"]]
    for path in (bulletin, monthly):
        (table,) = (t for t in Document(str(path)).tables if t.rows[0].cells[0].text == "部分")
        assert [tuple(c.text for c in row.cells[1:5]) for row in table.rows[1:]] == wanted
        with zipfile.ZipFile(path) as package:
            chart = package.read("word/charts/chart1.xml").decode()
            book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx")))
        drawn = [
            [float(v) for v in re.findall(r"<(?:c:)?v>([\d.]+)</", part.partition("val>")[2])]
            for part in re.split(r"</(?:c:)?ser>", chart)[:-1]
        ]
        series = [
            [float(one[name]) for one in data["sections"] if one[name] is not None]
            for name in names[:3]
        ]
        assert drawn == series
        columns = list(book.worksheets[0].iter_cols(min_col=2, min_row=2, values_only=True))
        assert [[v for v in column if v is not None] for column in columns] == series
    rows = (
        html.fromstring(page.read_bytes())
        .xpath("//section[@id='总览']//table")[0]
        .xpath(".//tbody/tr")
    )
    assert [tuple(cell.text_content() for cell in row.xpath("./td")[1:5]) for row in rows] == wanted
    criteria = [
        (f"{one['id']}", f"{shown(one['claimed'])}/{shown(one['points'])}")
        for one in data["criteria"]
    ]
    tables = [t for t in Document(str(self)).tables if t.rows[0].cells[0].text == "得分点"]
    told = [row for table in tables for row in table.rows[1:]]
    assert sorted(
        (row.cells[0].text.partition("　")[0], row.cells[2].text) for row in told
    ) == sorted(criteria)
    tiles = html.fromstring(page.read_bytes()).xpath("//div[@class='tile']/b/text()")
    assert tiles[:2] == [
        f"{data['claimed']['points']} / 1000",
        f"{data['evidenced']['points']} / 1000",
    ]


def shown(value: float | None) -> str:
    return "未评" if value is None else number_text(value)


def test_the_command_makes_what_is_asked_for(qcity: Qcity, master: Path, context: Context) -> None:
    answered(master, context)
    status, data = qcity("report", master, "--kind", "unit", "--kind", "page")
    assert (status, data["kinds"]) == (0, ["单位情况", "网页"])
    names = [Path(name).name for name in data["files"]]
    assert {"市质监局.docx", "市农委.docx"} < set(names)
    assert all(Path(name).is_file() for name in data["files"])
    assert qcity("report", master, "--kind", "快报")[0] == 3


@pytest.mark.parametrize(("kinds", "asked"), [(("unit", "self", "page"), 0), (KINDS, 1)])
def test_what_gains_most_is_sought_once_and_only_where_a_paper_tells_it(
    kinds: Sequence[str],
    asked: int,
    master: Path,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered(master, context)
    sought = []

    def counted(*given: Any) -> NextSteps:
        sought.append(given)
        return next_steps(*given)

    monkeypatch.setattr("qcity_xl.steps.report.next_steps", counted)
    report(master, context, list(kinds), master.parent / "汇报")
    assert len(sought) == asked


def test_a_bulletin_without_ranks(master: Path, context: Context) -> None:
    answered(master, context)
    assert "名次" in said(made(master, context, "bulletin"))
    file = WorkbookFile.open(master)
    file.apply([Change("tblSettings", "汇报/单位排名", "value", "是", "否")])
    file.save()
    assert "名次" not in said(made(master, context, "bulletin"))


def test_the_offices_own_template_is_taken_out_edited_and_used(
    qcity: Qcity, master: Path, context: Context
) -> None:
    answered(master, context)
    status, data = qcity("report", master, "--templates")
    assert (status, len(data["files"])) == (0, 8)
    own = master.parent / "模板" / "通报.docx"
    page = Document(str(own))
    page.paragraphs[0].runs[0].text = "{{城市}}创建工作简报"
    page.save(str(own))
    assert said(made(master, context, "bulletin")).startswith("创建工作简报")
    assert qcity("report", master, "--templates")[1]["files"] == []
    page.add_paragraph("{{市长}}")
    page.save(str(own))
    status, data = qcity("report", master, "--kind", "bulletin")
    assert status == 3
    assert re.search("模板“通报”：正文第.+段，不认识“市长”", data["error"])


def test_letters_are_those_of_chasing(master: Path, context: Context) -> None:
    answered(master, context)
    later = replace(context, now=context.now + LATER)
    made = report(master, later, ["letters"], master.parent / "汇报").data["files"]
    names = {Path(name).name: Path(name) for name in made}
    assert list(names) == ["未报送名单.docx", "督办函_市质监局.docx", "督办函_市农委.docx"]
    chased = chase(master, later, Orders(), word=master.parent / "函件").data["files"]
    assert {Path(name).name: Path(name).read_bytes() for name in chased} == {
        name: path.read_bytes() for name, path in names.items()
    }
    assert all_findings(list(names.values())) == {}


def test_letters_take_the_offices_own_template_and_tell_its_mistakes(
    master: Path, context: Context
) -> None:
    answered(master, context)
    later = replace(context, now=context.now + LATER)
    report(master, context, templates=True)
    own = master.parent / "模板" / "督办函.docx"
    page = Document(str(own))
    page.paragraphs[0].runs[0].text = "特急　{{标题}}"
    page.save(str(own))
    files = report(master, later, ["letters"], master.parent / "汇报").data["files"]
    assert said(Path(files[1])).startswith("特急　关于第1轮填报工作的督办函")
    page.add_paragraph("{{文号}}")
    page.save(str(own))
    for make in (
        lambda: report(master, later, ["letters"]),
        lambda: chase(master, later, Orders(), word=master.parent / "函件"),
    ):
        with pytest.raises(BadPaper, match=r"模板“督办函”：正文第.+段，不认识“文号”"):
            make()


def test_letters_without_anyone_to_write_to_or_from_a_broken_text_are_told(
    master: Path, context: Context
) -> None:
    with pytest.raises(NothingToDo, match="没有督办函可写"):
        report(master, context, ["letters"])
    answered(master, context)
    file = WorkbookFile.open(master)
    before = file.master.row(MAIL.name, "督办").get("text")
    file.apply([Change(MAIL.name, "督办", "text", before, "{单位}：{市长}")])
    file.save()
    later = replace(context, now=context.now + LATER)
    with pytest.raises(BadLetters, match=r"「邮件模板」.+{市长} 不认识"):
        report(master, later, ["letters"])


def test_a_kind_that_can_not_be_made_stops_no_other(master: Path, context: Context) -> None:
    made = report(master, context, ["letters", "bulletin"])
    assert [Path(name).name for name in made.data["files"]] == [f"通报_{context.now:%Y%m%d}.docx"]
    assert (made.status, made.data["kinds"], list(made.data["left"])) == (
        DONE,
        ["通报"],
        ["督办函"],
    )
    assert made.notices[0].startswith("没有生成督办函：各单位都已报送")
    own = master.parent / "模板" / "通报.docx"
    own.parent.mkdir()
    own.write_bytes(b"")
    broken = report(master, context, ["bulletin", "monthly"])
    assert (broken.status, broken.data["kinds"]) == (LEFT, ["月报"])
    assert "通报" in broken.data["left"]["通报"]


def test_the_change_since_the_last_round_is_told(master: Path, context: Context) -> None:
    answered(master, context)
    score(master, context)
    later = Context(context.now + dt.timedelta(days=30), "张三")
    split(master, master.parent / "下发2", later, round_name="第2轮", units=["市质监局"])
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.2", "answer", None, "达成")])
    file.save()
    assert "与第1轮（2016-11-22）相比，自评增加10分" in said(made(master, later, "bulletin"))
