"""Templates that offices edit: filled in, or told where they are wrong."""

import datetime as dt
import io
import re

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.reports.paper import BadPaper, PaperTemplate


def template(*lines: str, cells: tuple[str, ...] = ()) -> PaperTemplate:
    page = Document()
    for line in lines:
        page.add_paragraph(line)
    if cells:
        table = page.add_table(rows=0, cols=1)
        for words in cells:
            table.add_row().cells[0].text = words
    raw = io.BytesIO()
    page.save(raw)
    return PaperTemplate(raw.getvalue(), "通报")


def words(data: bytes) -> str:
    page = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in page.paragraphs]
    lines += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_values_are_written_as_people_write_them() -> None:
    filled = template("{{城市}}{{得分}}分（{{日期}}）{{空}}{{加分项}}").filled(
        {
            "城市": "常州市",
            "得分": 618.50,
            "日期": dt.date(2016, 5, 1),
            "空": None,
            "加分项": True,
        }
    )
    assert words(filled) == "常州市618.5分（2016年5月1日）是"


def test_rows_repeat() -> None:
    rows = ("编号", "{%tr for 行 in 各部分 %}", "{{行.名称}}", "{%tr endfor %}")
    filled = template(cells=rows).filled({"各部分": [{"名称": "质量文化"}, {"名称": "标准化"}]})
    assert words(filled) == "编号\n质量文化\n标准化"


@given(st.text(max_size=60))
def test_whatever_a_unit_wrote_is_text_and_nothing_else(text: str) -> None:
    filled = words(template("[{{进展}}]").filled({"进展": text}))
    shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    if not set(shown) & set("\a\f\r\t\n"):  # these are breaks in Word
        assert filled == f"[{shown}]"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["好", "{{城巿}}"], "正文第2段，不认识“城巿”。可用的有：城市"),
        (["{{城市.区}}"], "正文第1段，不认识“区”"),
        (["{{城市}"], "正文第1段，“{{城市}”的括号没有配对"),
        (["{%p for 行 in 城市 %}", "x"], "每个 for 都要有 endfor"),
        (["{{城市.__class__.__mro__}}"], "不允许的写法"),
        (["{{ 7 / '二' }}"], "占位符写得不完整"),
    ],
)
def test_a_mistake_is_told_with_its_place(lines: list[str], found: str) -> None:
    with pytest.raises(BadPaper, match=re.escape(found)) as error:
        template(*lines).filled({"城市": "常州市"})
    assert str(error.value).startswith("模板“通报”：")


def test_a_mistake_in_a_table_is_told_with_its_row() -> None:
    with pytest.raises(BadPaper, match="第1个表格第2行，不认识“得份”"):
        template(cells=("得分", "{{得份}}")).filled({"得分": 1})


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(BadPaper, match="打不开，不是完好的"):
        PaperTemplate(b"PK\x03\x04", "通报")


def test_the_same_values_give_the_same_bytes() -> None:
    assert template("{{城市}}").filled({"城市": "常州市"}) == template("{{城市}}").filled(
        {"城市": "常州市"}
    )
