from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import Grid, grid_of
from qcity_xl.core.reading.model import Cell, Outline
from qcity_xl.core.reading.outline import read_outline

TITLE = "云溪市质量强市任务分解表"


def lines(*texts: str, free: bool = False) -> list[Cell | Grid]:
    return [Cell(text, f"第{n}行", free=free) for n, text in enumerate(texts, 1)]


LINES = (
    *(TITLE, "二、安全（14分）", "考核指标", "牵头单位", "4. 电梯维保。", "14", "现场检查"),
    *("维保合格率达到97%以上（14分）。", "4.1抽查电梯维保", "2027年", "市住建局", "市应急局"),
)


def first_of(outline: Outline) -> tuple[object, ...]:
    """Section, indicator, its points, rule and methods, task, deadline, lead and partner."""
    (section,) = outline.sections
    (raw,) = section.indicators
    (task,) = raw.tasks
    cells = [cell and cell.text for cell in (task.deadline, task.leads, task.partners)]
    return section.title, raw.title, raw.points, raw.wording, raw.methods, task.text, *cells


WHOLE = (
    *("安全", "电梯维保。", 14, "维保合格率达到97%以上（14分）。", "现场检查"),
    *("抽查电梯维保", "2027年", "市住建局", "市应急局"),
)


def test_cells_one_below_the_other_are_told_by_order_and_content() -> None:
    outline = read_outline(lines(*LINES), Findings())
    assert first_of(outline) == WHOLE
    assert (outline.heading, outline.unplaced) == ([TITLE], [])


def test_a_table_with_headers_says_the_same() -> None:
    head = ("指标", "分值", "评分标准", "验收方式", "任务", "时限", "牵头单位", "配合单位")
    row = ("4.电梯维保。", "14", "维保合格率达到97%以上（14分）。", "现场检查", "4.1抽查电梯维保")
    rows = [head, (*row, "2027年", "市住建局", "市应急局")]
    blocks = [*lines(TITLE, "二、安全（14分）", free=True), grid_of("表1", rows)]
    assert first_of(read_outline(blocks, Findings())) == WHOLE


def test_an_empty_cell_keeps_the_place_of_a_lost_deadline() -> None:
    texts = ["" if text == "2027年" else text for text in LINES]
    (raw,) = read_outline(lines(*texts), Findings()).indicators()
    (task,) = raw.tasks
    assert task.deadline is None
    assert task.leads is not None
    assert task.leads.text == "市住建局"


def test_two_tasks_of_one_number_are_told_and_the_second_is_left_over() -> None:
    findings = Findings()
    outline = read_outline(lines(*LINES, "4.1培训电梯安全员"), findings)
    assert [(p.code, p.cell) for p in findings.problems] == [("number-repeated", "第13行")]
    assert [cell.text for cell in outline.unplaced] == ["4.1培训电梯安全员"]


def test_a_signature_and_a_date_are_no_part_of_the_title() -> None:
    outline = read_outline(lines("填报单位：市住建局", "2027年3月5日", *LINES), Findings())
    assert outline.heading == [TITLE]
    assert [cell.text for cell in outline.unplaced] == ["填报单位：市住建局", "2027年3月5日"]
