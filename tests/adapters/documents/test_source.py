"""What a reader of documents gives, and what it says that it left out."""

from qcity_xl.adapters.documents.source import Source
from qcity_xl.core.reading import Cell


def test_blanks_alone_are_no_text() -> None:
    assert Source().empty
    assert Source([Cell(" \n", "第1段")]).empty
    assert not Source([Cell("一、质量发展战略（80分）", "第2段")]).empty


def test_what_is_not_read_is_told() -> None:
    source = Source()
    source.tell("hidden", "第2张表", "有隐藏的工作表", "要用的请取消隐藏再读")
    (problem,) = source.problems
    assert (problem.severity, problem.cell) == ("warning", "第2张表")
    assert problem.sentence().startswith("「原文件」第2张表：有隐藏的工作表。")
