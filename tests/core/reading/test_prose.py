from qcity_xl.core.reading import Cell, Reading, read_plan

LINES = (
    "江阳市质量提升行动方案",
    "为提升质量，制定本方案。",
    "一、总体要求",
    "（一）工作目标。到2028年，合格率达到97%以上。",
    "二、重点工作",
    "（二）抓好培训。1.举办培训班，每年不少于6期。（牵头单位：市教育局；配合单位：市财政局；完成时限：2027年）",
    "2.办好讲座。（市科协牵头，市文旅局配合）",
    "三、保障措施",
    "（三）落实经费。（市财政局、市审计局按职责分工负责）",
    "（四）加强领导。领导小组统筹推进。",
)


def read(*lines: str) -> Reading:
    return read_plan(Cell(text, f"第{n}段", free=True) for n, text in enumerate(lines, 1))


def test_sentences_that_name_their_units_are_tasks() -> None:
    plan = read(*LINES).plan
    assert plan.title == "江阳市质量提升行动方案"
    assert [s.title for s in plan.sections] == ["重点工作", "保障措施"]
    assert [i.title for i in plan.indicators] == ["抓好培训", "落实经费"]
    assert [(t.no, t.text, t.deadline, t.leads, t.partners) for t in plan.tasks] == [
        ("1.1", "举办培训班，每年不少于6期。", "2027", ("市教育局",), ("市财政局",)),
        ("1.2", "办好讲座。", "", ("市科协",), ("市文旅局",)),
        ("2.1", "落实经费。", "", ("市财政局", "市审计局"), ()),
    ]


def test_sentences_without_units_are_told() -> None:
    reading = read(*LINES)
    assert [cell.text for cell in reading.unplaced] == [LINES[1], LINES[3], LINES[9]]
    assert "no-points" in {problem.code for problem in reading.problems}


def test_minutes_that_name_a_unit_or_two_are_no_plan() -> None:
    said = ("一、关于规划。由市发改委牵头，于6月底前完成。", "二、关于经费。（市财政局负责）")
    assert read("专题会议纪要", *said).plan.tasks == ()
