"""Tables of many layouts give one plan: the layout is drawn, the plan is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading import Cell, Grid, Reading, Square, grid_of, read_plan

TITLE = Cell("江阳市质量强市重点任务分解表", "第1段", free=True)
# Sections, each with its indicators: title, points, rule, tasks of text, lead, partner.
PLAN = (
    (
        "夯实基础",
        (
            (
                "标准制定",
                12,
                "主导制定团体标准4项以上（12分）。",
                (("制定团体标准", "市商务局", "市教育局"),),
            ),
            (
                "计量服务",
                8,
                "建成计量站3个以上（5分）；服务企业90家以上（3分）。",
                (("建设计量站", "市科技局", "市财政局"), ("走访服务企业", "市统计局", "市民政局")),
            ),
        ),
    ),
    (
        "保障安全",
        (
            (
                "电梯维保",
                20,
                "维保合格率达到97%以上（20分）。",
                (("抽查电梯维保", "市应急管理局", "市住建局"),),
            ),
        ),
    ),
)
# The number of an indicator and of a task: i of all, j in its section, k in its indicator.
NUMBERS = (
    ("{i}. ", "{i}.{k} "),
    ("（{chinese}）", ""),
    ("{circle}", "（{k}）"),
    ("", ""),
)
WORDS = {
    "title": ("考核内容", "二级指标", "评价指标", "指标名称"),
    "points": ("分值", "标准分", "权重", "满分值"),
    "rule": ("考核评分办法", "计分标准", "评分细则"),
    "task": ("工作任务", "重点任务", "工作举措"),
    "leads": ("牵头单位", "主责部门", "牵头责任单位"),
    "partners": ("配合单位", "协办部门", "参与单位"),
}
WORTHS = ("{}", "（{}分）", "最高{}分", "{} 分")


@st.composite
def table(draw: st.DrawFn) -> list[Cell | Grid]:
    title, number = draw(st.sampled_from(NUMBERS))
    worth = draw(st.sampled_from(WORTHS))
    merged, serial, rows_as_heads = (draw(st.booleans()) for _ in range(3))
    names = [
        draw(st.sampled_from(WORDS[key]))
        for key in ("title", "points", "rule", "task", "leads", "partners")
    ]
    heads = [*(["序号"] if serial else []), *([] if rows_as_heads else ["指标项"]), *names]
    squares = [Square(text, 1, column) for column, text in enumerate(heads, 1)]
    row, number_of = 2, 0
    for s, (section, indicators) in enumerate(PLAN, 1):
        heading = f"{'一二'[s - 1]}、{section}（{sum(i[1] for i in indicators)}分）"
        if rows_as_heads:
            squares.append(Square(heading, row, 1, width=len(heads)))
            row += 1
        first = row
        for j, (name, points, rule, tasks) in enumerate(indicators, 1):
            number_of += 1
            circle, chinese = "①②③"[j - 1], "一二三"[j - 1]
            label = title.format(i=number_of, circle=circle, chinese=chinese)
            own = [f"{label}{name}", worth.format(points), rule]
            left = len(heads) - 6
            for column, text in enumerate(own, left + 1):
                high = len(tasks) if merged else 1
                squares.append(Square(text, row, column, high))
            if serial:
                squares.append(Square(str(number_of), row, 1, len(tasks) if merged else 1))
            for k, (text, lead, partner) in enumerate(tasks, 1):
                cells = (f"{number.format(i=number_of, k=k)}{text}", lead, partner)
                squares += [Square(t, row, c) for c, t in enumerate(cells, left + 4)]
                row += 1
        if not rows_as_heads:
            squares.append(Square(heading, first, 2 if serial else 1, row - first if merged else 1))
    return [TITLE, Grid("表1", tuple(squares), merges=merged)]


@given(table())
def test_any_usual_layout_gives_the_same_plan(blocks: list[Cell | Grid]) -> None:
    plan = read_plan(blocks).plan
    assert [(s.title, s.points) for s in plan.sections] == [("夯实基础", 20), ("保障安全", 20)]
    assert [(i.no, i.title, i.points) for i in plan.indicators] == [
        *((1, "标准制定", 12), (2, "计量服务", 8), (3, "电梯维保", 20))
    ]
    assert [(t.no, t.text, t.leads, t.partners) for t in plan.tasks] == [
        ("1.1", "制定团体标准", ("市商务局",), ("市教育局",)),
        ("2.1", "建设计量站", ("市科技局",), ("市财政局",)),
        ("2.2", "走访服务企业", ("市统计局",), ("市民政局",)),
        ("3.1", "抽查电梯维保", ("市应急管理局",), ("市住建局",)),
    ]
    assert [c.points for c in plan.criteria] == [12, 5, 3, 20]


HEAD = ("指标", "分值", "评分标准", "工作任务", "牵头单位", "配合单位")


def rows(*lines: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Reading:
    return read_plan([TITLE, grid_of("表1", [head, *lines])])


LINE = ("1.培训", "6", "培训2场以上（6分）。", "1.1举办培训", "市教育局", "市财政局")


def test_a_row_for_each_criterion_has_its_own_points() -> None:
    head = ("指标", "评分标准", "分值", "牵头单位")
    plan = rows(
        ("1.培训", "举办培训3场以上", "4", "市教育局"),
        ("", "培训质量负责人90人以上", "7", "市财政局"),
        head=head,
    ).plan
    assert [(i.title, i.points) for i in plan.indicators] == [("培训", 11)]
    assert [c.points for c in plan.criteria] == [4, 7]


def test_points_that_only_repeat_without_merged_cells_count_once() -> None:
    again = ("1.培训", "6", "培训2场以上（6分）。", "1.2办好讲座", "市科技局", "")
    plan = rows(LINE, again).plan
    assert [i.points for i in plan.indicators] == [6]
    assert [t.no for t in plan.tasks] == ["1.1", "1.2"]


@pytest.mark.parametrize("label", ["合计", "总 分", "小计"])
def test_totals_are_proof_and_no_indicator(label: str) -> None:
    right = rows(LINE, (label, "6", "", "", "", ""))
    wrong = rows(LINE, (label, "60", "", "", "", ""))
    assert len(right.plan.indicators) == len(wrong.plan.indicators) == 1
    assert "total" not in {problem.code for problem in right.problems}
    assert "total" in {problem.code for problem in wrong.problems}


def test_columns_that_are_not_ours_are_told_and_kept_as_remarks() -> None:
    head = (*HEAD, "自评得分", "目标值", "采集频次")
    reading = rows((*LINE, "5.5", "300", "每月"), head=head)
    assert [i.points for i in reading.plan.indicators] == [6]
    assert reading.plan.tasks[0].remark == "自评得分：5.5；目标值：300；采集频次：每月"
    assert [cell.text.split("（")[0] for cell in reading.unplaced] == [
        *("自评得分：5.5", "目标值：300", "采集频次：每月")
    ]
    assert "header-unknown" in {problem.code for problem in reading.problems}


def test_a_header_that_the_office_explains_is_known() -> None:
    head = ("指标", "采集分", *HEAD[2:])
    grid = grid_of("表1", [head, LINE])
    assert [i.points for i in read_plan([TITLE, grid], [("采集分", "points")]).plan.indicators] == [
        6
    ]


def test_lists_with_numbers_that_begin_again_are_numbered_anew_and_told() -> None:
    second = ("1.讲座", "4", "讲座5场以上（4分）。", "1.1办好讲座", "市科技局", "")
    heads = (("一、甲（6分）", *[""] * 5), ("二、乙（4分）", *[""] * 5))
    reading = rows(heads[0], LINE, heads[1], second)
    assert [(i.no, i.section) for i in reading.plan.indicators] == [(1, 1), (2, 2)]
    assert [t.no for t in reading.plan.tasks] == ["1.1", "2.1"]
    assert ("全文", "编号") in {(g.subject, g.what) for g in reading.guesses}


def test_notes_below_a_table_are_no_indicators() -> None:
    grid = grid_of("表1", [HEAD, LINE])
    notes = [Cell(text, "段", free=True) for text in ("注：1.每月报送。", "2.得分取整。")]
    reading = read_plan([TITLE, grid, *notes])
    assert len(reading.plan.indicators) == 1
    assert [cell.text for cell in reading.unplaced] == ["注：1.每月报送。", "2.得分取整。"]


SHOWN = st.text(alphabet=st.sampled_from("一二、（）分0123.得市局合计 \n"), max_size=12)


@given(st.lists(st.lists(SHOWN, min_size=6, max_size=6), max_size=8))
def test_any_table_is_read_and_no_text_vanishes(lines: list[list[str]]) -> None:
    read_plan([TITLE, grid_of("表1", [HEAD, *lines])])
