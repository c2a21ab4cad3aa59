import pytest

from qcity_xl.core.reading.columns import role_of
from qcity_xl.core.reading.deadlines import parse_deadline
from qcity_xl.core.reading.methods import is_methods, parse_methods
from qcity_xl.core.reading.model import Cell
from qcity_xl.core.reading.numbers import parse_heading, parse_task, parse_title, parse_worth
from qcity_xl.core.reading.parts import parts_of


@pytest.mark.parametrize(
    ("cell", "methods"),
    [
        ("听取汇报查阅文件现场检查", ("听取汇报", "查阅文件", "现场检查")),
        ("听取企业\n\n工作汇报\n\n随机抽查", ("听取企业工作汇报", "随机抽查")),
        ("听取汇报\n查阅文件\n会议纪要", ("听取汇报", "查阅文件", "会议纪要")),
        ("查阅台账与村民代表交流", ("查阅台账", "与村民代表交流")),
        ("查阅监督检查记录", ("查阅监督检查记录",)),
        ("查阅文件和资料、实地查看", ("查阅文件和资料", "实地查看")),
        ("现场查看问卷调查", ("现场查看", "问卷调查")),
        ("", ()),
    ],
)
def test_methods_begin_with_a_verb(cell: str, methods: tuple[str, ...]) -> None:
    assert parse_methods(cell) == methods
    assert is_methods(cell) is bool(methods)


@pytest.mark.parametrize("text", ["县教育局", "调查队", "质量强县", "检查2次以上（5分）", "20"])
def test_other_texts_are_no_methods(text: str) -> None:
    assert not is_methods(text)


@pytest.mark.parametrize(
    ("text", "deadline", "known"),
    [
        ("2024", "2024", True),
        ("2024年", "2024", True),
        ("\uf0322024—2025年", "2024-2025", True),
        ("２０２４～２０２５", "2024-2025", True),
        ("2025年12月底前", "2025年12月底前", True),
        ("2024.1-2024.12", "2024.1-2024.12", True),
        ("长期", "长期", True),
        ("尽快 完成", "尽快完成", False),
        ("", "", False),
    ],
)
def test_deadlines(text: str, deadline: str, known: bool) -> None:
    assert parse_deadline(text) == (deadline, known)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三、基础（120分）。导语。", (3, "基础", 120, False)),
        ("十二、创新（此部分为加分项，60分）。", (12, "创新", 60, True)),
        ("二十、基础(１２０分)", (20, "基础", 120, False)),
        ("第二部分 基础（共12.5分）", (2, "基础", 12.5, False)),
        ("二、基础（试行）（30分）", (2, "基础（试行）", 30, False)),
        ("二、基础。导语（30分）", (2, "基础", None, False)),
        ("基础（30分）", None),
    ],
)
def test_section_headings(text: str, found: tuple[object, ...] | None) -> None:
    assert parse_heading(text) == found


def test_numbers_of_indicators_tasks_and_points() -> None:
    assert parse_title("4. 3C认证。") == (4, "3C认证。")
    assert parse_title("４．认证。") == (4, "认证。")
    assert parse_title("4.1认证") is None
    assert parse_task("13.10 认证") == (13, 10, "认证")
    assert parse_task("14.2 1个以上") == (14, 2, "1个以上")
    assert parse_task("4. 认证") is None
    assert [parse_worth(text) for text in ("20", "7.5分", "2016", "20元")] == [20, 7.5, None, None]


def test_headers_of_any_office() -> None:
    assert [role_of(text) for text in ("分值（分）", "考核评分方法", "责任\n单位", "质量")] == [
        *["points", "rule", "leads", None]
    ]


def test_a_cell_of_no_known_column_is_cut_where_another_begins() -> None:
    text = "县教育\n局\n查阅文件\n\n二、安全（5分）"
    found = [(part.flat, part.cell.where) for part in parts_of([Cell(text, "第7行")])]
    assert found == [("县教育局", "第7行"), ("查阅文件", "第9行"), ("二、安全（5分）", "第11行")]
    assert len(list(parts_of([Cell(text, "表1第2行第3列", "配合单位")]))) == 1
