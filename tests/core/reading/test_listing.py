"""A plan in lines, as a chat or a mail holds it."""

from qcity_xl.core.reading import Cell, Reading, read_plan

LINES = (
    "各位同事：",
    "一、河湖管护（30分）",
    "1️⃣ 巡查河道（18分）",
    "✅建立巡河台账（8分）",
    "✅全年巡河不少于24次（10分）",
    "牵头：@市水务局 陈明  配合：市生态环境局、市城管局",
    "时限：2027年",
    "————",
    "2、清理岸线 12分",
    "⭐清理率达到98%得12分，达到90%得6分，低于90%不得分",
    "牵头：市城管局",
    "收到",
)


def read(*lines: str) -> Reading:
    return read_plan(Cell(text, f"第{n}行") for n, text in enumerate(lines, 1))


def test_numbered_lines_with_points_and_units_are_indicators() -> None:
    plan = read(*LINES).plan
    assert [(s.title, s.points) for s in plan.sections] == [("河湖管护", 30)]
    assert [(i.no, i.title, i.points) for i in plan.indicators] == [
        (1, "巡查河道", 18),
        (2, "清理岸线", 12),
    ]
    assert [(c.label, c.points, c.kind) for c in plan.criteria] == [
        ("1(1)", 8, "达成"),
        ("1(2)", 10, "数值分段"),
        ("2(1)", 12, "数值分段"),
    ]


def test_who_and_by_when_follow_the_indicator() -> None:
    tasks = read(*LINES).plan.tasks
    assert [(t.text, t.deadline, t.leads, t.partners) for t in tasks] == [
        ("巡查河道", "2027", ("市水务局",), ("市生态环境局", "市城管局")),
        ("清理岸线", "", ("市城管局",), ()),
    ]


def test_what_else_was_said_is_told() -> None:
    assert [cell.text for cell in read(*LINES).unplaced] == [LINES[0], LINES[-1]]


def test_a_second_lead_line_is_told_and_changes_nothing() -> None:
    reading = read(*LINES[:7], "牵头：市财政局", *LINES[7:])
    assert reading.plan.tasks[0].leads == ("市水务局",)
    assert "牵头：市财政局" in [cell.text for cell in reading.unplaced]
