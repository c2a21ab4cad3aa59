"""The papers of 迎检包 say what the package holds."""

import io

import openpyxl
from docx import Document

from qcity_xl.adapters.reports.catalogue import Taken, lacking_book, papers_of
from qcity_xl.adapters.resources import paper_template
from qcity_xl.core.reports.inspection import Inspection, inspection_of
from qcity_xl.core.schema import INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.steps.shared.outcome import silent
from tests.core.builders import SOUND, build, evidence, set_cell


def plan(methods: str = "查阅文件") -> Inspection:
    master = build(
        *SOUND,
        evidence("E1", "1(1)", title="市政府办公室文件", number="农发〔2016〕3号", period="2016"),
        evidence("E2", "1(2)", state="退回", state_note="缺页"),
    )
    master = set_cell(master, INDICATORS, "I1", "methods", methods)
    evaluation = evaluate(master, {})
    return inspection_of(master.with_changes(evaluation.changes), evaluation)


def papers(methods: str = "查阅文件") -> dict[str, bytes]:
    found = plan(methods)
    taken = {
        i.no: [Taken(m, ("/".join((*m.folder, m.file_name(".pdf"))),)) for m in i.materials]
        for i in found.indicators
    }
    return papers_of(found, taken, lambda name: paper_template(name).read_bytes(), silent)


def cells(data: bytes) -> str:
    page = Document(io.BytesIO(data))
    return "|".join(cell.text for table in page.tables for row in table.rows for cell in row.cells)


def test_an_indicator_has_its_catalogue_in_word_and_excel() -> None:
    made = papers()
    (folder,) = {name.rpartition("/")[0] for name in made if name.endswith("目录.docx")}
    words = cells(made[f"{folder}/目录.docx"])
    assert "1-1-01|市政府办公室文件|农发〔2016〕3号|" in words
    sheet = openpyxl.load_workbook(io.BytesIO(made[f"{folder}/目录.xlsx"])).worksheets[0]
    assert [c.value for c in sheet[2]][:3] == ["1-1-01", "1(1)", "市政府办公室文件"]
    place = str(sheet.cell(2, 10).hyperlink.target)  # type: ignore[union-attr]  # openpyxl
    assert place.endswith("1-1-01 市政府办公室文件.pdf")
    assert not place.startswith(folder)


def test_a_way_of_acceptance_has_its_list() -> None:
    assert "1|" in cells(papers()["验收清单_查阅文件.docx"])


def test_a_way_of_acceptance_is_never_a_path() -> None:
    made = papers("现场检查/../../走访")
    lists = [name for name in made if name.startswith("验收清单")]
    assert len(lists) == 1
    assert not set("/\\") & set(lists[0])


def test_what_is_lacking_stands_apart() -> None:
    found = plan()
    book = openpyxl.load_workbook(io.BytesIO(lacking_book(found, [])))
    lost = [[c.value for c in row] for row in book["没有收入"].rows][1:]
    assert lost == [[None, "关于E2的通知", "市农委", "退回：缺页"]]
    assert book["缺的材料"].max_row > 1
    assert not [name for name in papers() if "缺件" in name]
