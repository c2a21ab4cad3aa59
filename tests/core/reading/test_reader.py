import string
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.documents.dump import cells_of
from qcity_xl.core.plan import Task
from qcity_xl.core.reading import Cell, Reading, grid_of, read_plan
from qcity_xl.core.text import clean, fold

from .county import COUNTY, HEADERS, dump


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_plan(cells_of(dump()))


def tasks(reading: Reading) -> dict[str, Task]:
    return {task.no: task for task in reading.plan.tasks}


def test_the_title_is_what_stands_above_the_first_section(reading: Reading) -> None:
    assert reading.plan.title == "青山县创建全省质量强县工作任务分解表"


def test_sections_indicators_and_tasks_are_complete(reading: Reading) -> None:
    plan = reading.plan
    assert [(s.no, s.title, s.points, s.bonus) for s in plan.sections] == [
        (1, "质量基础扎实稳固", 45, False),
        (2, "质量安全总体平稳", 40, False),
        (3, "质量创新", 12, True),
    ]
    assert [(i.no, i.section, i.points) for i in plan.indicators] == [
        *[(1, 1, 20), (2, 1, 15), (3, 1, 10), (4, 2, 25), (5, 2, 15), (6, 3, 8), (7, 3, 4)]
    ]
    assert Counter(task.indicator for task in plan.tasks) == {
        1: 3,
        2: 1,
        3: 1,
        4: 3,
        5: 1,
        6: 1,
        7: 1,
    }
    assert (plan.points(bonus=False), plan.points(bonus=True)) == (85, 12)
    assert reading.unplaced == ()


def test_a_lost_score_comes_from_its_rule_and_closes_the_section(reading: Reading) -> None:
    (lost,) = reading.recovered
    assert (lost.indicator, lost.points) == (3, 10)
    assert lost.source == "评分规则最高10分，补入后第1部分合计恰为45分"
    asked = {r.item: r.default for r in reading.plan.rulings if r.subject == "3"}
    assert asked == {"标题": "", "分值": "10", "验收方式": "实地查看"}


def test_rules_follow_the_wording(reading: Reading) -> None:
    rules = {c.label: (c.kind, c.points, c.params) for c in reading.plan.criteria}
    assert rules["1(2)"] == ("数值分段", 5, "≥3项：5")
    assert rules["1(3)"] == ("部分达成", 10, "5项：茶叶、竹木、旅游、养老、物流")
    assert rules["2(1)"] == ("数值分段", 15, "≥96%：15；≥92%：10；≥88%：5")
    assert rules["3(1)"][:2] == ("分档", 10)
    assert rules["5(1)"] == ("扣减", 15, "≥98%；每降1：扣3")
    assert rules["6(1)"] == ("名次", 8, "≤5：8；≤10：4；其余：0")
    assert [c.label for c in reading.plan.criteria if c.may_be_absent] == ["4(3)"]
    assert [i.no for i in reading.plan.indicators if i.combine == "best"] == [7]


def test_units_have_their_prefix_and_groups_stay_whole(reading: Reading) -> None:
    by_no = tasks(reading)
    assert by_no["1.2"].partners == ("县农业农村局", "县文旅局", "县民政局")
    assert by_no["1.3"].partners == ("各镇（街道）",)
    assert by_no["2.1"].leads == ("县市场监管局",)
    assert by_no["4.1"].leads == ("县市场监管局", "县农业农村局")
    assert by_no["4.1"].partners == ("县公安局", "相关成员单位")
    groups = {unit.name for unit in reading.plan.units if unit.kind == "group"}
    assert groups == {"各镇（街道）", "县质量强县领导小组成员单位", "相关成员单位"}
    assert {r.subject for r in reading.plan.rulings if r.item == "成员"} == groups


def test_what_is_uncertain_is_a_guess_and_a_row_to_confirm(reading: Reading) -> None:
    guessed = {(guess.subject, guess.what) for guess in reading.guesses}
    assert ("县文旅局", "单位名称") in guessed  # 县 is said by the name before it only
    assert ("4.1", "牵头单位") in guessed  # two names with a line break between them
    assert ("县农业农村局", "单位名称") not in guessed
    assert guessed <= {(ruling.subject, ruling.item) for ruling in reading.plan.rulings}


def test_deadlines_are_normalised_where_that_is_safe(reading: Reading) -> None:
    found = {no: task.deadline for no, task in tasks(reading).items()}
    assert (found["1.1"], found["1.2"], found["1.3"]) == ("2024", "2024-2025", "长期")
    assert found["2.1"] == "2025年12月底前"


def test_a_task_serves_the_criterion_that_it_words(reading: Reading) -> None:
    found = {no: task.criteria for no, task in tasks(reading).items()}
    assert found["1.2"] == ("1(2)",)
    assert found["4.3"] == ("4(3)",)
    assert found["7.1"] == ()  # like neither: left to the office
    assert ("7.1", "得分点") in {(guess.subject, guess.what) for guess in reading.guesses}


def test_a_cell_that_is_not_there_is_a_problem(reading: Reading) -> None:
    assert [p.found for p in reading.problems] == ["任务3.1没有配合单位"]


# --- damage ----------------------------------------------------------------------------------


def cells(*texts: str) -> list[Cell]:
    return [Cell(text, f"第{number}行") for number, text in enumerate(texts, 1)]


HEAD = ("一、质量（10分）。", *HEADERS)
TASK = ("1.1建立制度。", "2024", "县教育局", "县财政局")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("1. 制度。", "听取汇报", "建立制度（10分）。"), ("制度。", 10, ("听取汇报",))),
        (("1. 制度。", "10", "建立制度（10分）。"), ("制度。", 10, ())),
        (("10", "听取汇报", "建立制度（10分）。"), ("", 10, ("听取汇报",))),
        (("建立制度（10分）。",), ("", 10, ())),
        (("1. 制度。", "10", "听取汇报"), ("制度。", 10, ("听取汇报",))),
        (("1、制度。", "１０分", "听取汇报"), ("制度。", 10, ("听取汇报",))),
        (("质量", "1．制度。", "\uf03110\uf030"), ("制度。", 10, ())),
        ((), ("", 10, ())),
    ],
)
def test_any_cell_of_an_indicator_may_be_lost(
    texts: tuple[str, ...], expected: tuple[object, ...]
) -> None:
    reading = read_plan(cells(*HEAD, *texts, *TASK))
    (indicator,) = reading.plan.indicators
    assert (indicator.title, indicator.points, indicator.methods) == expected
    assert [task.no for task in reading.plan.tasks] == ["1.1"]
    assert reading.unplaced == ()


def test_without_a_rule_the_score_is_what_is_left_of_the_section() -> None:
    (lost,) = read_plan(cells(*HEAD, *TASK)).recovered
    assert lost.points == 10
    assert lost.source.startswith("评分规则没有写明分值，取所在部分的余数")


@pytest.mark.parametrize(
    ("texts", "leads", "partners"),
    [
        (("2024", "县教育局", ""), ("县教育局",), ()),
        (("2024", "", "县财政局"), (), ("县财政局",)),
        (("", "县教育局", "县财政局"), ("县教育局",), ("县财政局",)),
        (("县教育局", "县财政局"), ("县教育局",), ("县财政局",)),
        (("2024", "领导小组成员单位"), (), ("领导小组成员单位",)),
        ((), (), ()),
    ],
)
def test_any_cell_of_a_task_may_be_lost(
    texts: tuple[str, ...], leads: tuple[str, ...], partners: tuple[str, ...]
) -> None:
    following = ("1.2检查制度。", "2024", "县教育局", "县财政局")
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", TASK[0], *texts, *following))
    one, two = reading.plan.tasks
    assert (one.leads, one.partners) == (leads, partners)
    assert (two.leads, two.partners) == (("县教育局",), ("县财政局",))
    assert reading.unplaced == ()
    if not leads or not partners:
        assert "no-unit" in {problem.code for problem in reading.problems}


def test_a_page_break_repeats_headers_and_cells() -> None:
    again = (*HEADERS, "质量", "1. 制度。", "1.2检查制度。", "2024", "县教育局", "县财政局")
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", "建立制度（10分）。", *TASK, *again))
    assert [task.no for task in reading.plan.tasks] == ["1.1", "1.2"]
    assert (len(reading.plan.indicators), reading.unplaced) == (1, ())


def test_a_number_used_twice_is_told_and_nothing_is_overwritten() -> None:
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", *TASK, "1.1另一件事。", "2024", "县水利局"))
    assert [task.text for task in reading.plan.tasks] == ["建立制度。"]
    assert "任务编号1.1用了不止一次，内容不同" in [p.found for p in reading.problems]
    assert [cell.text for cell in reading.unplaced] == ["1.1另一件事。", "2024", "县水利局"]


def test_numbering_that_starts_again_in_each_section_is_told() -> None:
    second = ("二、安全（10分）。", *HEADERS, "1. 安全。", "10", "1.1另一件事。")
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", *TASK, *second))
    assert "number-repeated" in {problem.code for problem in reading.problems}
    assert "1. 安全。" in [cell.text for cell in reading.unplaced]


def test_digits_that_run_into_the_task_number_are_told() -> None:
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", *TASK, "1.21个以上平台建成。", "2024"))
    assert [(t.no, t.text) for t in reading.plan.tasks][1] == ("1.2", "1个以上平台建成。")
    assert ("1.2", "编号") in {(guess.subject, guess.what) for guess in reading.guesses}


def test_sums_that_do_not_close_are_told() -> None:
    parts = ("1. 制度。", "8", "建立制度（5分）；检查制度（2分）。另行通报。")
    reading = read_plan(cells(*HEAD, *parts, *TASK))
    assert {p.found for p in reading.problems} == {
        "第1部分标明10分，指标合计8分",
        "指标1为8分，得分点合计7分",
        "指标1评分办法末尾还有“另行通报”，没有列为得分点",
    }


def test_a_section_without_points_is_told() -> None:
    reading = read_plan(cells("一、质量", *HEADERS, "1. 制度。", "8", "建立制度（8分）。", *TASK))
    assert [(s.title, s.points) for s in reading.plan.sections] == [("质量", 8)]
    assert [p.code for p in reading.problems] == ["section-points"]


def test_a_number_that_is_left_out_is_told() -> None:
    fourth = (
        "四、安全（5分）。",
        *HEADERS,
        "3. 安全。",
        "5",
        "没有事故（5分）。",
        "3.2检查。",
        *TASK[1:],
    )
    reading = read_plan(cells(*HEAD, "1. 制度。", "10", "建立制度（10分）。", *TASK, *fourth))
    assert [p.found for p in reading.problems] == [
        "没有读到编号2、3的部分",
        "没有读到编号2的指标",
        "没有读到编号3.1的任务",
    ]


def test_a_notice_around_the_table_is_no_part_of_it() -> None:
    notice = (
        *("江阳市人民政府办公室", "关于印发任务分解表的通知", "一、总体要求"),
        "坚持质量第一，全面完成创建任务，考核得分计入年度绩效，不得分的通报批评。",
        *(
            "二、工作要求",
            "加强领导，落实责任，把各项任务分解到单位、到岗位、到人。",
            "1. 及时报送。",
        ),
    )
    below = (
        "注：本表由领导小组办公室负责解释，各单位要认真抓好落实，每季度报送一次进展情况。",
        "2016年5月3日",
    )
    table = (*HEAD, "1. 制度。", "10", "建立制度（10分）。", *TASK)
    alone, reading = read_plan(cells(*table)), read_plan(cells(*notice, *table, *below))
    assert replace(reading.plan, title="") == alone.plan
    assert reading.plan.title == "江阳市人民政府办公室关于印发任务分解表的通知"
    assert [cell.text for cell in reading.unplaced] == [*notice[2:], *below]


def test_a_rule_that_was_not_read_is_left_to_the_review() -> None:
    reading = read_plan(
        cells(*HEAD, "1. 制度。", "10", "由考核组结合日常掌握情况综合评定" * 3, *TASK)
    )
    (criterion,) = reading.plan.criteria
    assert (criterion.kind, criterion.params, criterion.points) == ("专家评分", "", 10)
    assert ("1(1)", "计分方式") in {(r.subject, r.item) for r in reading.plan.rulings}


def test_columns_tell_what_content_does_not() -> None:
    texts = ("质量", "制度", "10", "翻阅", "凡建立的即可", "建立制度", "择机", "团县委", "县气象台")
    row = [
        Cell(t, f"表1第2行第{n}列", h)
        for n, (t, h) in enumerate(zip(texts, HEADERS, strict=True), 1)
    ]
    reading = read_plan([Cell("一、质量（10分）。", "第1段"), *row])
    (indicator,), (task,) = reading.plan.indicators, reading.plan.tasks
    assert (indicator.title, indicator.methods) == ("制度", ("翻阅",))
    assert (task.no, task.text, task.deadline) == ("1.1", "建立制度", "择机")
    assert (task.leads, task.partners) == (("团县委",), ("县气象台",))
    assert {(g.subject, g.what) for g in reading.guesses} == {("1.1", "编号")}
    assert reading.unplaced == ()


# --- nothing is lost, nothing raises ---------------------------------------------------------

WORDS = st.sampled_from(
    [
        *HEADERS,
        *("一、质量（10分）。", "二、安全（此部分为加分项，5分）", "三、标题", "质量"),
        *("1. 制度。", "2、安全", "3．", "10", "20分", "听取汇报\n查阅文件", "查阅文件"),
        *(
            "建立制度（10分）；检查（5分）。",
            "达到90%的得10分，每降1%扣1分",
            "达到1个（5分），2个（3分）",
        ),
        *("1.1建立制度。", "1.2 检查", "2.1安全", "1.11个平台", "2016", "长期", "县教育局", ""),
        *(
            "领导小组相\n\n关成员单位",
            "县财政局、教育局\n等相关单位",
            "各县（市、区）政府",
            "前列得5分",
        ),
    ]
)
NOISE = st.text(alphabet=string.ascii_uppercase, min_size=6, max_size=9)


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("一二、（分）.。；，0123得市局各\t\n年%名"), max_size=40)
    )
)
def test_any_text_is_read(texts: list[str]) -> None:
    read_plan(cells(*texts))
    read_plan(cells_of("\n".join(texts)))


@given(st.lists(st.tuples(WORDS, st.sampled_from([None, *HEADERS])), max_size=40))
def test_any_order_of_cells_is_read(found: list[tuple[str, str | None]]) -> None:
    reading = read_plan(Cell(text, f"第{n}行", column) for n, (text, column) in enumerate(found))
    subjects = [ruling.key for ruling in reading.plan.rulings]
    assert len(set(subjects)) == len(subjects)
    assert len({task.no for task in reading.plan.tasks}) == len(reading.plan.tasks)


@given(st.lists(st.one_of(WORDS, NOISE), max_size=30), st.booleans())
def test_no_line_vanishes(texts: list[str], dumped: bool) -> None:
    """Each line is in the plan, or in `unplaced`, or is a header or a repeat of a label."""
    given_cells = cells_of("\n".join(f"\t{t}" for t in texts)) if dumped else cells(*texts)
    reading = read_plan(given_cells)
    left = [fold(line) for cell in reading.unplaced for line in cell.text.split("\n")]
    held = fold(repr(replace(reading, unplaced=())).replace("\\n", ""))
    for text in texts:
        if text.isascii() and text.isalpha():
            assert fold(text) in held or any(fold(text) in line for line in left), text


@given(st.data())
def test_a_line_put_anywhere_into_the_county_turns_up(data: st.DataObject) -> None:
    lines = dump().split("\n")
    place = data.draw(st.integers(0, len(lines)))
    noise = data.draw(NOISE)
    tab = data.draw(st.sampled_from(["", "\t"]))
    reading = read_plan(cells_of("\n".join([*lines[:place], tab + noise, *lines[place:]])))
    preamble = any(
        line.startswith(("一、", "二、", "三、")) for line in lines[max(0, place - 2) : place]
    )
    held = repr(reading)
    assert noise in held or noise in "".join(held.split("\\n")) or (preamble and not tab)


def test_every_text_of_the_county_is_in_the_plan(reading: Reading) -> None:
    held = fold(repr(reading.plan))
    for part in COUNTY:
        for row in part.rows:
            rest = [task[0][3:] for task in row.tasks]
            for text in (row.title[3:], row.rule, *rest):
                assert fold(clean(text)) in held


@pytest.mark.parametrize("second", ["完成时间", "时间节点", "办结时限"])
def test_a_second_column_of_deadlines_is_kept_in_the_remarks_and_asked_about(second: str) -> None:
    rows = (
        ("指标", "分值", "评分标准", "工作任务", "牵头单位", "完成时限", second),
        ("1.培训", "5", "培训2场以上（5分）。", "1.1培训", "市教育局", "2025", "2024年6月底前"),
    )
    reading = read_plan([grid_of("表1", rows)])
    (task,) = reading.plan.tasks
    assert (task.deadline, task.remark) == ("2025", f"{second}：2024年6月底前")
    assert any("2024年6月底前" in cell.text for cell in reading.unplaced)
    assert any(second in ruling.question for ruling in reading.plan.rulings)
    own = read_plan([grid_of("表1", rows)], ((second, "deadline"),)).plan.tasks[0]
    assert (own.deadline, own.remark) == ("2024年6月底前", "完成时限：2025")
