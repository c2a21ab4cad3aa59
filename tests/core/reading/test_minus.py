"""Sections that only take points away become criteria of 0 points, or are told."""

from qcity_xl.core.reading import Cell, Reading, grid_of, read_plan

TITLE = Cell("江阳市河湖管护考核细则", "第1段", free=True)
HEAD = ("考核项目", "考核指标", "分值", "评分标准", "牵头单位", "备注")
PLAN = (
    "日常管护（20分）",
    "巡查制度",
    "20",
    "制度健全得20分，每缺1项扣4分，扣完为止",
    "市水务局",
    "",
)


def read(*rows: tuple[str, ...]) -> Reading:
    return read_plan([TITLE, grid_of("表1", [HEAD, PLAN, *rows])])


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_what_takes_points_or_bars_all_is_a_criterion_of_no_points() -> None:
    reading = read(
        ("扣分项", "媒体曝光", "", "被市级以上媒体曝光的，每次扣3分，最多扣9分", "市委宣传部", ""),
        ("一票否决", "溃坝事故", "否决", "发生溃坝事故的，一票否决", "市应急管理局", ""),
    )
    assert [(s.title, s.points) for s in reading.plan.sections] == [
        ("日常管护", 20),
        ("扣分项", 0),
        ("一票否决", 0),
    ]
    assert [(c.points, c.kind, c.params) for c in reading.plan.criteria[1:]] == [
        (0, "扣分项", "每次：3；最多：9"),
        (0, "一票否决", "全部"),
    ]
    assert not reading.unplaced
    assert codes(reading).count("minus-section") == 2


def test_points_beside_it_are_told_and_change_nothing() -> None:
    reading = read(("扣分项", "媒体曝光", "9", "被媒体曝光的，每次扣3分", "市委宣传部", ""))
    assert [i.points for i in reading.plan.indicators] == [20, 0]
    assert [cell.text for cell in reading.unplaced] == ["9"]


def test_what_is_not_understood_whole_is_left_out_and_told() -> None:
    said = "被曝光的视情节扣1-5分，整改到位的减半扣分"
    reading = read(("扣分项", "媒体曝光", "", said, "市委宣传部", ""))
    assert [s.title for s in reading.plan.sections] == ["日常管护"]
    assert said in [cell.text for cell in reading.unplaced]
    assert "minus-section" in codes(reading)


def test_a_remark_that_speaks_of_points_is_told() -> None:
    head = ("考核指标", "分值", "评分标准", "工作任务", "牵头单位", "备注")
    row = ("清淤", "5", "清淤到位得5分", "清理河道", "市水务局")

    def told(remark: str) -> list[str]:
        reading = read_plan([TITLE, grid_of("表1", [head, (*row, remark)])])
        return [cell.text for cell in reading.unplaced]

    assert told("引发投诉的扣2分") == ["备注：引发投诉的扣2分（共1格，已记在任务备注）"]
    assert not told("逐月报送")
