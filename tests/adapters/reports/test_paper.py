"""Templates that offices edit: filled in, or told where they are wrong."""

import datetime as dt
import io
import re

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.reports.paper import BadPaper, PaperTemplate
from qcity_xl.adapters.templates.package import rezipped


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
        (
            ["x", "{%p for 行 in 城市 %}", "x"],
            "正文第2段，“{%p for 行 in 城市 %}”没有对应的 endfor",
        ),
        (
            ["{%p if 城市 %}", "{%p endif %}", "{%p endif %}"],
            "正文第3段，“{%p endif %}”没有对应的 if",
        ),
        (["x", "｛｛城市｝｝"], "正文第2段，“｛｛”的括号不对。占位符要用两个半角的大括号"),
        (["{%p if 城市 ％｝"], "括号没有配对"),
        (["报{城市}"], "正文第1段，“{城市}”的括号不对"),
        (["报｛城市｝"], "正文第1段，“｛城市｝”的括号不对"),
        (["{{城市.__class__.__mro__}}"], "不允许的写法"),
        (["{{ 7 / '二' }}"], "占位符写得不完整"),
        (["{{ 7 / 0 }}"], "占位符写得不完整"),
        (["{{ [1][3] }}"], "不认识"),
        (["{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"], "占位符写得不完整"),
        (["{{ '长' * 9999999999 }}"], "不是两个数的积"),
        (["{{ 9 ** 9 ** 9 }}"], "不是两个数的积"),
        (["{% for i in range(99999999999) %}{% endfor %}"], "循环超过1000000次"),
        (
            [f"{'{% for i in range(2000) %}' * 4}x{'{% endfor %}' * 4}"],
            "循环超过1000000次",
        ),
        (["{{ 城市.format.__globals__ }}"], "不允许的写法"),
        (["{% include '/etc/passwd' %}"], "占位符写得不完整"),
        (["{% import 'os' as os %}"], "占位符写得不完整"),
    ],
)
def test_a_mistake_is_told_with_its_place(lines: list[str], found: str) -> None:
    with pytest.raises(BadPaper, match=re.escape(found)) as error:
        template(*lines).filled({"城市": "常州市"})
    assert str(error.value).startswith("模板“通报”：")


def test_a_placeholder_in_pieces_is_one() -> None:
    """Word cuts a text into runs where somebody changed a letter of it."""
    page = Document()
    paragraph = page.add_paragraph()
    for piece in ("{", "{城", "市}", "}", "，{", "% if 城", "市 %}好{% en", "dif %", "}"):
        paragraph.add_run(piece).bold = piece == "{城"
    raw = io.BytesIO()
    page.save(raw)
    assert words(PaperTemplate(raw.getvalue(), "通报").filled({"城市": "常州市"})) == "常州市，好"


def test_braces_that_name_nothing_are_text() -> None:
    assert words(template("集合{1, 2}和｛甲｝").filled({"城市": "常州市"})) == "集合{1, 2}和｛甲｝"


def test_what_a_template_asks_for_is_known() -> None:
    one = template("{{城市}}", cells=("{%tr for 行 in 加分建议[:3] %}", "{{行}}", "{%tr endfor %}"))
    assert one.asks("加分建议")
    assert not one.asks("行", "风险")
    assert template("{{城市").asks("风险")


def test_a_template_with_macros_is_told() -> None:
    raw = io.BytesIO()
    Document().save(raw)
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def part(name: str, data: bytes) -> bytes:
        return data.replace(plain.encode(), macros.encode()) if name.startswith("[") else data

    with pytest.raises(BadPaper, match="另存为"):
        PaperTemplate(rezipped(raw.getvalue(), part), "通报")


def test_a_mistake_in_a_table_is_told_with_its_row() -> None:
    with pytest.raises(BadPaper, match="第1个表格第2行，不认识“得份”"):
        template(cells=("得分", "{{得份}}")).filled({"得分": 1})


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(BadPaper, match="打不开，不是完好的"):
        PaperTemplate(b"PK\x03\x04", "通报")


def test_a_template_without_a_word_is_told() -> None:
    raw = io.BytesIO()
    Document().save(raw)
    with pytest.raises(BadPaper, match="模板“通报”：是空的"):
        PaperTemplate(raw.getvalue(), "通报")


def test_the_same_values_give_the_same_bytes() -> None:
    assert template("{{城市}}").filled({"城市": "常州市"}) == template("{{城市}}").filled(
        {"城市": "常州市"}
    )


def test_a_table_that_loses_all_its_rows_stops_nothing() -> None:
    rows = ("{%tr for 行 in 各部分 %}", "{{行}}", "{%tr endfor %}")
    assert words(template("好", cells=rows).filled({"各部分": []})) == "好"
