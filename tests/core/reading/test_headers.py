from qcity_xl.core.reading.columns import MEANING_NAMES
from qcity_xl.core.reading.grids import Grid, Line, Square, grid_of
from qcity_xl.core.reading.headers import Head, HeadedColumn, find_head, settle
from qcity_xl.core.reading.model import ColumnRead


def shown(column: HeadedColumn) -> str:
    meaning = MEANING_NAMES[column.meaning] if column.meaning else ""
    return ColumnRead("表", "", column.header, meaning, column.why).text


def lines(*rows: tuple[str, ...]) -> list[Line]:
    return grid_of("表1", rows).lines()


def head_of(*rows: tuple[str, ...]) -> Head:
    """The headers in the first row, settled by the rows below."""
    found = lines(*rows)
    head = find_head(found, 0)
    assert head is not None
    settle(head, found[1:])
    return head


def test_the_header_row_is_the_first_with_three_known_words() -> None:
    found = find_head(
        lines(("附件2",), ("考核指标", "分值", "牵头单位"), ("认证", "9", "市商务局")), 0
    )
    assert found is not None
    assert (found.first, found.last, found.plans) == (2, 2, True)
    assert [column.meaning for column in found.columns] == ["title", "points", "leads"]
    assert found.repeats(lines(("考核 指标", "分值", ""))[0])
    assert not found.repeats(lines(("分值", "9"))[0])


def test_rows_of_data_are_no_headers() -> None:
    assert find_head(lines(("认证", "9", "市商务局"), ("分值", "见附表", "")), 0) is None
    assert find_head([], 0) is None


def test_a_second_row_divides_a_wide_header() -> None:
    squares = (
        *(Square("指标", 1, 1, 2), Square("分值", 1, 2, 2), Square("责任单位", 1, 3, width=2)),
        *(Square("牵头单位", 2, 3), Square("配合单位", 2, 4)),
    )
    found = find_head(Grid("表1", squares).lines(), 0)
    assert found is not None
    assert (found.first, found.last) == (1, 2)
    assert (found.place("leads"), found.place("partners"), found.place("units")) == (3, 4, None)


def test_neighbours_settle_what_units_are() -> None:
    beside = head_of(("工作任务", "牵头单位", "责任单位"), ("抽查", "市商务局", "市民政局"))
    assert [shown(column) for column in beside.columns[1:]] == [
        *("“牵头单位”→牵头单位", "“责任单位”→配合单位（旁边有牵头单位）")
    ]
    partnered = head_of(("工作任务", "责任单位", "配合单位"), ("抽查", "市商务局", "市民政局"))
    assert (partnered.place("leads"), partnered.place("partners")) == (2, 3)


def test_content_settles_what_a_header_does_not() -> None:
    head = head_of(
        *(("指标", "分值", "考核方法", "频次"), ("认证", "9", "查阅资料", "每月")),
        ("计量", "6", "实地查看", "每季"),
    )
    assert [shown(column) for column in head.columns] == [
        *("“指标”→指标", "“分值”→分值"),
        *("“考核方法”→验收方式（格里写的是验收方式）", "“频次”→不认识"),
    ]


def test_a_method_column_that_says_how_points_are_earned_holds_rules() -> None:
    row = ("认证", "9", "新增认证30张（9分）", "市商务局")
    head = head_of(("指标", "分值", "验收方式", "牵头单位"), row)
    assert shown(head.columns[2]) == "“验收方式”→评分办法（格里写的是怎样得分）"
    half = head_of(("指标", "分值", "验收方式", "牵头单位"), row, ("计量", "6", "实地查看", ""))
    assert half.columns[2].meaning == "methods"  # half of the cells are not most


def test_what_the_office_says_of_a_column_holds_against_all_else() -> None:
    rows = [
        ["类别", "项目", "分值", "分值", "评分标准", "任务", "责任单位"],
        ["保障", "专题研究", "5", "10", "研究2次得10分", "召开会议", "市教育局"],
        ["保障", "经费", "5", "20", "增长8%得20分", "落实经费", "市财政局"],
    ]
    lines = grid_of("表1", rows).lines()
    plain = find_head(lines, 0)
    own = find_head(lines, 0, (("第3列", "points"), ("类别", "left"), ("G列", "partners")))
    assert plain is not None
    assert own is not None
    for head in (plain, own):
        settle(head, lines[1:])
    assert [c.meaning for c in plain.columns][2:4] == ["points", "score"]
    assert [c.meaning for c in own.columns] == [
        *("left", "title", "points", "score", "rule", "task", "partners"),
    ]


def test_a_column_without_a_header_is_named_by_its_letter() -> None:
    rows = [["指标", "", "评分标准", "牵头单位"], ["专题研究", "10", "研究2次得10分", "市教育局"]]
    lines = grid_of("工作表“考核”", rows, letters=True).lines()
    head = find_head(lines, 0, (("B", "points"),))
    assert head is not None
    settle(head, lines[1:])
    assert head.place("points") == 2


def test_an_unknown_column_that_says_how_points_are_earned_is_the_rule() -> None:
    head = head_of(
        ("考核指标", "分值", "计分口诀", "牵头单位"),
        ("认证", "9", "新增认证企业每家得1分，最高9分。", "市商务局"),
        ("商标", "4", "注册商标达到5件得4分。", "市司法局"),
    )
    assert [column.meaning for column in head.columns] == ["title", "points", "rule", "leads"]
    assert head.columns[2].why == "格里写的是怎样得分"
