"""Big documents, made: an invented city's plan of any size as a Word file or as TAB text."""

import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice

import docx

HEADERS = (
    *("考核内容", "分值", "验收方式", "考核评分办法"),
    *("工作任务", "完成时间", "牵头单位", "配合单位"),
)
_SECTIONS, _EACH, _WORTH = 10, 5, 10
_OFFICES = (
    *("市场监管", "教育", "财政", "民政", "水务", "商务", "统计", "审计", "气象", "林业"),
    *("体育", "公安", "司法", "档案", "信访"),
)
_PLACES = "安昌成德恩丰福广贵和江金景康乐丽宁平青庆荣瑞山善盛泰通文祥新兴秀阳宜永玉元云长中珠滋"
_NUMERALS = "一二三四五六七八九十"

Row = tuple[str, ...]


def unit_names(count: int) -> list[str]:
    """So many units: the city's offices, then those of its counties."""
    city = (f"市{office}局" for office in _OFFICES)
    county = (
        f"{one}{other}县{office}局"
        for office in _OFFICES
        for one in _PLACES
        for other in _PLACES
        if one != other
    )
    return list(islice(chain(city, county), count))


def section_heading(section: int, indicators: int) -> str:
    """The paragraph above the table of a section, counted from 0."""
    return f"{_NUMERALS[section]}、第{_NUMERALS[section]}部分工作（{indicators * _WORTH}分）"


def section_rows(section: int, indicators: int, units: Sequence[str]) -> Iterator[Row]:
    """The rows of a section's table: five tasks for an indicator, the first with its own cells.

    An indicator has five criteria, each with a number of its own, as offices write them.
    """
    for number in range(section * indicators + 1, (section + 1) * indicators + 1):
        rule = "；".join(
            f"完成第{number}号第{k}项工作且数量达到{number % 7 + k + 1}项以上（2分）"
            for k in range(1, _EACH + 1)
        )
        own = (f"{number}.第{number}号指标的考核内容", str(_WORTH), "查阅文件", f"{rule}。")
        for k in range(1, _EACH + 1):
            lead = units[(number * _EACH + k) % len(units)]
            partner = units[(number * _EACH + k + 4) % len(units)]
            task = f"{number}.{k}完成第{number}号第{k}项工作"
            yield (*(own if k == 1 else ("",) * len(own)), task, "2025年12月", lead, partner)


def as_text(tasks: int, units: int = len(_OFFICES)) -> bytes:
    """A plan with so many tasks, a multiple of 50, as pasted from Excel: TAB text in UTF-8."""
    names = unit_names(units)
    indicators = tasks // _EACH // _SECTIONS
    lines = ["云岭市质量工作任务分解表"]
    for section in range(_SECTIONS):
        lines += [section_heading(section, indicators), "\t".join(HEADERS)]
        lines += ["\t".join(row) for row in section_rows(section, indicators, names)]
    return "\n".join(lines).encode()


def as_word(tasks: int) -> bytes:
    """The same plan as a Word file: a table for each section, an indicator's cells merged."""
    document = docx.Document()
    document.add_paragraph("云岭市质量工作任务分解表")
    indicators = tasks // _EACH // _SECTIONS
    for section in range(_SECTIONS):
        document.add_paragraph(section_heading(section, indicators))
        rows = list(section_rows(section, indicators, unit_names(len(_OFFICES))))
        table = document.add_table(1 + len(rows), len(HEADERS))
        for line, texts in zip(table.rows, [HEADERS, *rows], strict=True):
            for cell, text in zip(line._tr.tc_lst, texts, strict=True):
                cell.p_lst[0].add_r().text = text
            if texts[0] == "":
                for cell in line._tr.tc_lst[:4]:
                    cell.get_or_add_tcPr()._add_vMerge()
            elif texts != HEADERS:
                for cell in line._tr.tc_lst[:4]:
                    cell.get_or_add_tcPr()._add_vMerge().val = "restart"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
