"""What the office sees of a document before it trusts the master."""

from collections.abc import Iterable
from pathlib import Path

from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context, Section

ROWS = """石桥市食品安全考核任务清单
类别\t考核项目\t权重值\t计分办法\t干什么\t谁来办
保障\t1.专题研究\t10\t研究食品安全2次以上，得10分；1次，得5分\t1.1召开会议\t市教育局
保障\t2.经费保障\t20\t经费增长率达到8%以上得20分，每低1个百分点扣2分\t2.1落实经费\t市财政局
"""
SAID = ("权重值=分值；干什么=工作任务", "F列=牵头单位")


def document(folder: Path) -> Path:
    path = folder / "食品安全.txt"
    path.write_text(ROWS, "utf-8")
    return path


def rows_of(sections: Iterable[Section], title: str) -> list[tuple[object, ...]]:
    return [row for section in sections if section.title.startswith(title) for row in section.rows]


def test_the_preview_says_what_each_column_was_taken_for(tmp_path: Path, context: Context) -> None:
    seen = new(tmp_path / "总表.xlsx", context, document=document(tmp_path), headers=SAID)
    columns = rows_of(seen.sections, "各列怎么读")
    assert [(row[2], row[3]) for row in columns] == [
        ("类别", "部分"),
        ("考核项目", "指标"),
        ("权重值", "分值"),
        ("计分办法", "评分办法"),
        ("干什么", "工作任务"),
        ("谁来办", "牵头单位"),
    ]
    assert {row[0] for row in columns} == {"表格"}
    told = seen.data["columns"][2]
    assert (told["column"], told["header"], told["meaning"]) == ("第3列", "权重值", "分值")


def test_what_a_column_is_that_nobody_knows_is_asked_with_the_words_to_write(
    tmp_path: Path, context: Context
) -> None:
    path = tmp_path / "食品安全.txt"
    path.write_text(ROWS.replace("权重值", "采集分"), "utf-8")
    seen = new(tmp_path / "总表.xlsx", context, document=path, headers=SAID)
    asked = [row[3:] for row in rows_of(seen.sections, "各列怎么读") if row[2] == "采集分"]
    assert asked == [("不认识", "请写“采集分=意思”；不用的写“采集分=不读”")]


def test_the_preview_shows_the_first_rows_units_and_rules(tmp_path: Path, context: Context) -> None:
    seen = new(tmp_path / "总表.xlsx", context, document=document(tmp_path), headers=SAID)
    assert rows_of(seen.sections, "读到的前几项指标")[0][:2] == ("1 专题研究", 10)
    assert rows_of(seen.sections, "读到的前几项任务")[1][::2] == ("2.1 落实经费", "市财政局")
    assert rows_of(seen.sections, "读到的单位") == [("2个单位", "市教育局、市财政局")]
    rules = rows_of(seen.sections, "各得分点怎么计分")
    assert [row[1] for row in rules] == [10, 20]
    assert str(rules[0][2]).startswith("数值分段：")
    assert "至少2次得10分" in str(rules[0][2])
    assert [rule["kind"] for rule in seen.data["rules"]] == ["数值分段", "扣减"]
    assert [rule["reading"] for rule in seen.data["rules"]] == [row[2] for row in rules]
    assert seen.data["named"] == [
        {"name": "市教育局", "kind": "单位"},
        {"name": "市财政局", "kind": "单位"},
    ]


def test_tables_of_one_layout_are_told_together(tmp_path: Path, context: Context) -> None:
    path = tmp_path / "两张表.html"
    row = "<tr><td>{}.专题研究</td><td>10</td><td>研究得10分</td><td>市教育局</td></tr>"
    head = "<tr><td>指标</td><td>分值</td><td>评分标准</td><td>牵头单位</td></tr>"
    tables = "".join(f"<table>{head}{row.format(n)}</table><p>续</p>" for n in (1, 2))
    path.write_text(f"<html><body><p>考核任务分解表</p>{tables}</body></html>", "utf-8")
    seen = new(tmp_path / "总表.xlsx", context, document=path)
    columns = rows_of(seen.sections, "各列怎么读")
    assert [row[0] for row in columns] == ["表1等2张表"] * 4
    assert len(seen.data["columns"]) == 8
