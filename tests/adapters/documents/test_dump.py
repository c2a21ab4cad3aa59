"""Text that a table was dumped into, in whatever encoding it came."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.documents import load_document
from qcity_xl.adapters.documents.dump import cells_of, decode
from qcity_xl.core.reading import Cell


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "\t县教育局\r\n\t2024\r\n"
    path = tmp_path / "表.txt"
    path.write_bytes(text.encode(encoding))
    assert load_document(path).blocks == [Cell("县教育局", "第1行"), Cell("2024", "第2行")]


@given(st.binary(max_size=60))
def test_bytes_are_text_or_none(data: bytes) -> None:
    assert decode(data) is None or isinstance(decode(data), str)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("\t领导小组相\n\n关成员单位\n\t2024", ["领导小组相\n\n关成员单位", "2024"]),
        ("\t县教育局\n\n\n查阅文件\n\n现场检查", ["县教育局", "查阅文件\n\n现场检查"]),
        ("\t县教育局\n\ue031\n\ue032\n查阅文件", ["县教育局\n\ue031\n\ue032", "查阅文件"]),
        ("\t2024\n\t\n\t县财政局", ["2024", "", "县财政局"]),
        ("标题\n分解表\n\n一、质量（5分）", ["标题", "分解表", "一、质量（5分）"]),
        ("标题\n\t指标\n\t分值", ["标题", "指标", "分值"]),
        ("指标\t内容\t分值\n质量\t1. 制度\t5", ["指标", "内容", "分值", "质量", "1. 制度", "5"]),
        ("关成员\t单位\n\t局", ["关成员", "单位", "局"]),
        ("", []),
    ],
)
def test_a_tab_or_two_blank_lines_begin_a_cell(text: str, cells: list[str]) -> None:
    assert [cell.text for cell in cells_of(text)] == cells


LETTERS = Counter({"甲": 99, "乙": 99})


@given(st.text(alphabet="\t\n\r 甲乙\ue030", max_size=60))
def test_a_dump_keeps_every_character_in_its_line(text: str) -> None:
    found = cells_of(text)
    assert Counter("".join(cell.text for cell in found)) & LETTERS == Counter(text) & LETTERS
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for cell in found:
        assert cell.text.split("\n")[0] in lines[int(cell.where[1:-1]) - 1]


# --- Word files ------------------------------------------------------------------------------
