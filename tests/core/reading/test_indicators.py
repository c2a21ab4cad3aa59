from qcity_xl.core.plan import PlanSection
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.indicators import Graded, read_indicators
from qcity_xl.core.reading.model import (
    Outline,
    RawIndicator,
    RawPart,
    RawSection,
    RawTotal,
    Recovered,
)

RULE = "新增老字号3家以上（6分）；新增商标20件以上（5分）。"


def brand(points: float | None, rule: str = RULE, title: str = "品牌培育") -> RawIndicator:
    return RawIndicator(1, "表1第2行第1列", title, points, "查阅文件", rule)


def read(
    raw: RawIndicator, total: float | None = 11, *, stated: float | None = None
) -> tuple[Graded, Findings]:
    findings = Findings()
    outline = Outline(sections=[RawSection(1, "品牌", "第1行", total, indicators=[raw])])
    if stated is not None:
        outline.totals.append(RawTotal("合计", stated, "表1第9行第1列"))
    return read_indicators(outline, findings), findings


def codes(findings: Findings) -> list[str]:
    return [problem.code for problem in findings.problems]


def test_sections_indicators_and_criteria_of_a_whole_document() -> None:
    graded, findings = read(brand(11), stated=11)
    assert graded.sections == [PlanSection(1, "品牌", 11)]
    (indicator,) = graded.indicators
    assert (indicator.title, indicator.points, indicator.combine) == ("品牌培育", 11, "sum")
    assert (indicator.methods, indicator.wording) == (("查阅文件",), RULE)
    assert [(c.label, c.points) for c in graded.criteria] == [("1(1)", 6), ("1(2)", 5)]
    assert (codes(findings), findings.guesses, graded.recovered) == ([], [], [])


def test_a_lost_score_is_recovered_and_put_to_the_office() -> None:
    graded, findings = read(brand(None))
    source = "2个得分点合计11分，补入后第1部分合计恰为11分"
    assert graded.recovered == [Recovered(1, 11, source)]
    assert [(g.what, g.taken, g.reason) for g in findings.guesses] == [("分值", "11", source)]


def test_a_lost_title_is_asked_and_not_made_up() -> None:
    graded, findings = read(brand(11, title=""))
    assert graded.indicators[0].title == ""
    assert [(r.subject, r.item, r.default) for r in findings.rulings] == [("1", "标题", "")]


def test_sums_that_do_not_agree_are_told() -> None:
    assert codes(read(brand(11), stated=12)[1]) == ["total"]
    assert codes(read(brand(12), 12)[1]) == ["criteria-sum"]
    assert codes(read(brand(11, ""))[1]) == ["no-wording"]


def test_rows_with_points_of_their_own_are_a_criterion_each() -> None:
    raw = brand(11, "新增老字号3家；新增商标20件")
    raw.parts = [RawPart("新增老字号3家", 6), RawPart("新增商标20件", 5)]
    graded, findings = read(raw)
    assert [(c.text, c.points) for c in graded.criteria] == [
        *(("新增老字号3家", 6), ("新增商标20件", 5))
    ]
    assert codes(findings) == []


def test_where_the_best_part_is_worth_the_whole_only_the_best_counts() -> None:
    graded, findings = read(brand(6), 6)
    assert graded.indicators[0].combine == "best"
    assert codes(findings) == []
