"""What a template is made of."""

import io

from docx import Document
from docx.oxml.ns import qn

from qcity_xl.adapters.templates.official import BODY, FIRST, LoopTable, Paper


def test_a_table_repeats_its_header_and_keeps_its_rows_whole() -> None:
    paper = Paper()
    paper.heading("一、得分")
    paper.table(LoopTable("各部分", (("部分", 100, "{{行.名称}}"), ("得分", 56, "^{{行.得分}}"))))
    page = Document(io.BytesIO(paper.data()))
    assert [row.cells[0].text for row in page.tables[0].rows][1:] == [
        "{%tr for 行 in 各部分 %}",
        "{{行.名称}}",
        "{%tr endfor %}",
    ]
    made = Document(io.BytesIO(paper.data())).element.body
    rows = made.findall(f".//{qn('w:tr')}")
    names = (qn("w:tblHeader"), qn("w:cantSplit"))
    marked = [
        [name for name in names if row.find(f"{qn('w:trPr')}/{name}") is not None] for row in rows
    ]
    assert marked == [[names[0]], [], [names[1]], []]
    assert {face.get(qn("w:eastAsia")) for face in made[0].iter(qn("w:rFonts"))} == {FIRST}
    assert {face.get(qn("w:eastAsia")) for face in rows[2].iter(qn("w:rFonts"))} == {BODY}


def test_it_is_the_same_whenever_it_is_made() -> None:
    assert Paper(wide=True).data() == Paper(wide=True).data()
