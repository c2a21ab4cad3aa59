from qcity_xl.core.reading.columns import Role
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import Cell, Outline, RawSection
from qcity_xl.core.reading.parts import Part
from qcity_xl.core.reading.waiting import Waiting, repeated


def part(text: str, line: int = 5) -> Part:
    return Part(Cell(text, f"第{line}行"), text)


def waiting(*cells: tuple[Role, str]) -> tuple[Waiting, Outline, Findings, list[Part]]:
    outline, findings = Outline(sections=[RawSection(2, "安全", "第3行")]), Findings()
    held, parts = Waiting(outline, findings), [part(text) for _, text in cells]
    for (role, _), one in zip(cells, parts, strict=True):
        held.add(one, role)
    return held, outline, findings, parts


def test_cells_before_a_task_go_to_the_indicator_that_it_names() -> None:
    rule = "抽检合格率98%以上（9分）。"
    held, outline, _, parts = waiting(("points", "9分"), ("methods", "查阅报告"), ("rule", rule))
    found = held.settle(6)
    assert found is not None
    assert outline.sections[0].indicators == [found]
    assert (found.no, found.title, found.points, found.methods, found.wording, found.where) == (
        *(6, "", 9, "查阅报告", rule, "第5行"),
    )
    assert all(one.placed for one in parts)
    assert held.next_number() == 7


def test_a_title_tells_the_number_without_a_task() -> None:
    held, _, _, _ = waiting(("title", "7. 电梯维保。"), ("points", "12"))
    assert (held.number(), held.next_number()) == (7, 1)
    found = held.settle()
    assert found is not None
    assert (found.no, found.title, found.points) == (7, "电梯维保。", 12)


def test_a_second_title_begins_a_second_indicator() -> None:
    _, outline, _, _ = waiting(("title", "7. 电梯维保。"), ("title", "8. 气瓶检验。"))
    assert [(raw.no, raw.title) for raw in outline.indicators()] == [(7, "电梯维保。")]


def test_cells_without_any_number_are_left_over() -> None:
    held, outline, _, parts = waiting(("points", "9分"))
    assert held.settle() is None
    assert (list(outline.indicators()), parts[0].placed, held.find()) == ([], False, None)


def test_points_that_contradict_find_no_room() -> None:
    held, _, _, parts = waiting(("points", "9"), ("points", "8"), ("points", "9分"))
    found = held.settle(6)
    assert found is not None
    assert found.points == 9
    assert [one.placed for one in parts] == [True, False, True]


def test_an_indicator_of_another_section_is_not_written_to_again() -> None:
    held, outline, findings, _ = waiting(("title", "7. 电梯维保。"))
    held.settle()
    outline.sections.append(RawSection(3, "文化", "第20行"))
    held.add(part("7. 质量月。", 21), "title")
    assert held.settle() is None
    assert [(p.code, p.cell, p.found) for p in findings.problems] == [
        ("number-repeated", "第21行", "指标编号7用了不止一次，内容不同")
    ]
    assert outline.sections[1].indicators == []


def test_a_repeated_number_is_told_where_it_stands() -> None:
    findings = Findings()
    repeated(findings, "任务编号7.2", part("7.2 气瓶检验", 30))
    assert [(p.cell, p.found) for p in findings.problems] == [
        ("第30行", "任务编号7.2用了不止一次，内容不同")
    ]
