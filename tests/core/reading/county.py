"""A table of another place, made here: a county, three sections, seven indicators, own words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.table import Table, _Cell, _Row

TITLE = ("青山县创建全省质量强县", "工作任务分解表")
HEADERS = (
    *("指标项", "考核内容", "分值", "验收方式", "考核评分标准"),
    *("工作任务", "完成时限", "责任单位", "配合单位"),
)


@dataclass(frozen=True)
class Row:
    """An indicator: title, points, methods, rule, and tasks of text, deadline, leads, partners."""

    title: str
    points: str
    methods: str
    rule: str
    tasks: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Part:
    """A section with its heading and rows."""

    heading: str
    group: str
    rows: tuple[Row, ...] = field(default=())


COUNTY = (
    Part(
        "一、质量基础扎实稳固（45分）。全县标准、计量、检验检测能力持续增强。",
        "质量基础扎实稳固",
        (
            Row(
                "1. 健全标准工作体系。",
                "20",
                "听取汇报\n查阅台账",
                "设立标准化专项资金（5分）；每年主导制定地方标准3项以上（5分）；"
                "在茶叶、竹木、旅游、养老、物流等领域开展标准化试点（10分）。",
                (
                    ("1.1设立标准化专项资金。", "2024年", "县市场监管局", "县财政局"),
                    (
                        "1.2每年主导制定地方标准3项以上。",
                        "2024年—2025年",
                        "县市场监管局",
                        "县农业农村局、文旅局、民政局",
                    ),
                    (
                        "1.3在茶叶、竹木、旅游、养老、物流等领域开展标准化试点。",
                        "长期",
                        "县市场监管局",
                        "各镇（街道）",
                    ),
                ),
            ),
            Row(
                "2. 提高计量检定能力。",
                "15",
                "查阅台账实地查看",
                "强制检定覆盖率达到96%以上的得15分，达到92%以上的得10分，达到88%以上的得5分，"
                "低于88%的不得分。",
                (
                    (
                        "2.1强制检定覆盖率达到96%以上。",
                        "2025年12月底前",
                        "县市场监\n管局",
                        "县质量强县领导小组成员单位",
                    ),
                ),
            ),
            Row(
                "",
                "",
                "实地查看",
                "检验检测中心已投入运行的得10分；正在建设的得6分；没有立项的得0分。",
                (("3.1建成县检验检测中心并投入运行。", "2025年", "县发改局", ""),),
            ),
        ),
    ),
    Part(
        "二、质量安全总体平稳（40分）。守住不发生重大质量安全事故的底线。",
        "质量安全总体平稳",
        (
            Row(
                "4. 加强食品安全监管。",
                "25",
                "听取汇报、查阅台账",
                "建立食品安全追溯平台（10分）；食品抽检不合格处置率达到100%（10分）；"
                "有水产市场的镇，每年开展专项检查2次以上，没有的为合理缺项（5分）。",
                (
                    (
                        "4.1建立食品安全追溯平台。",
                        "2024-2025",
                        "县市场监管局\n县农业农村局",
                        "县公安局及其他相关单位",
                    ),
                    ("4.2食品抽检不合格处置率达到100%。", "2024-2025", "县市场监管局", "县卫健局"),
                    (
                        "4.3对水产市场每年开展专项检查2次以上。",
                        "2024-2025",
                        "县农业农村局",
                        "各镇（街道）",
                    ),
                ),
            ),
            Row(
                "5. 特种设备定期检验率达到98%。",
                "15",
                "查阅台账",
                "特种设备定期检验率达到98%的得15分，每降低1个百分点扣3分，扣完为止。",
                (("5.1特种设备定期检验率达到98%。", "2024-2025", "县市场监管局", "县住建局"),),
            ),
        ),
    ),
    Part(
        "三、质量创新（此部分为加分项，12分）。鼓励先行先试。",
        "质量创新",
        (
            Row(
                "6. 群众满意度居全省前列。",
                "8",
                "调取第三方数据",
                "满意度测评居全省县级前5名的得8分，第6至10名的得4分，其余得0分。",
                (("6.1提升群众质量满意度。", "2025", "县委宣传部", "县统计局"),),
            ),
            Row(
                "7. 形成可复制的质量创新经验。",
                "4",
                "查阅台账",
                "做法获省级以上推广（4分）；做法获市级推广（2分）。",
                (("7.1总结推广质量创新做法。", "2025", "县市场监管局", "县委宣传部"),),
            ),
        ),
    ),
)


def dump() -> str:
    """The county's table as a text dump: a TAB before each cell, lost cells without one."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from (*TITLE, "")
    for part in COUNTY:
        yield from (part.heading, "", *(f"\t{header}" for header in HEADERS), "")
        for row in part.rows:
            if row.title:
                yield from (f"\t{part.group}", f"\t{row.title}", f"\t{row.points}")
                yield from (f"\t{row.methods}", f"\t{row.rule}")
            else:  # after a page break: the first cells are gone, the next two lack their TAB
                yield from ("", "", row.methods, "", "", row.rule)
            for number, task in enumerate(row.tasks):
                yield from ["", *["\t"] * 5] if number else []
                yield from (f"\t{cell}".replace("\n", "\n\n") for cell in task)
            yield "\ue031\n"  # the dump of a symbol font


def save_docx(path: Path) -> Path:
    """The county's table as a Word file: one table a section, cells of an indicator merged."""
    document = docx.Document()
    for line in TITLE:
        document.add_paragraph(line)
    for number, part in enumerate(COUNTY):
        if number != 1:  # the second heading stands in the table, merged over all columns
            document.add_paragraph(part.heading)
        table = document.add_table(rows=0, cols=len(HEADERS))
        if number == 1:
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = part.heading
        _add_row(table, HEADERS)
        for at, row in enumerate(part.rows):
            if at == 1:
                _add_row(table, HEADERS)  # a page break repeats the headers
            _add_indicator(table, part.group, row)
    document.save(str(path))
    return path


def _add_row(table: Table, texts: tuple[str, ...]) -> None:
    for cell, text in zip(_new_row(table), texts, strict=True):
        cell.text = text


def _new_row(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx left it untyped
    return row.cells


def _add_indicator(table: Table, group: str, row: Row) -> None:
    first = len(table.rows)
    for task in row.tasks:
        _add_row(table, ("",) * 5 + task)
    last = len(table.rows) - 1
    for column, text in enumerate((group, row.title, row.points, row.methods, row.rule)):
        table.cell(first, column).merge(table.cell(last, column)).text = text
    if last > first and len({task[1] for task in row.tasks}) == 1:  # one deadline for all tasks
        table.cell(first, 6).merge(table.cell(last, 6)).text = row.tasks[0][1]
