from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import RawIndicator, RawSection, Recovered
from qcity_xl.core.reading.scoring import Scoring, parse_scoring
from qcity_xl.core.reading.totals import close_section

# Each indicator by its points (None: lost) and its rule.
Row = tuple[float | None, str]


def closed(total: float | None, *rows: Row) -> tuple[dict[int, float], list[Recovered], list[str]]:
    """Points, what was recovered, and the codes of the problems of a section."""
    raws = [RawIndicator(n, f"第{n}行", points=points) for n, (points, _) in enumerate(rows, 1)]
    scorings: dict[int, Scoring] = {
        n: parse_scoring(rule, points) for n, (points, rule) in enumerate(rows, 1)
    }
    findings = Findings()
    section = RawSection(4, "品牌", "第9行", total, indicators=raws)
    points, recovered = close_section(section, scorings, findings)
    return points, recovered, [problem.code for problem in findings.problems]


def test_a_lost_score_is_the_sum_of_its_rule_proved_by_the_section() -> None:
    rule = "新增老字号3家以上（6分）；新增商标20件以上（5分）。"
    points, recovered, problems = closed(20, (9, "建成园区（9分）。"), (None, rule))
    assert points == {1: 9, 2: 11}
    source = "2个得分点合计11分，补入后第4部分合计恰为20分"
    assert recovered == [Recovered(2, 11, source)]
    assert problems == []


def test_where_only_the_best_part_closes_the_total_it_is_taken() -> None:
    rule = "获国家级称号（6分）；获省级称号（5分）。"
    points, recovered, problems = closed(15, (9, "建成园区（9分）。"), (None, rule))
    assert (points[2], problems) == (6, [])
    assert recovered[0].source.startswith("评分规则最高6分，")


def test_the_only_rule_without_points_gets_what_is_left() -> None:
    points, recovered, problems = closed(15, (9, "建成园区（9分）。"), (None, "开展品牌日活动。"))
    assert (points, problems) == ({1: 9, 2: 6}, [])
    assert recovered[0].source.startswith("评分规则没有写明分值，取所在部分的余数")


def test_a_total_that_does_not_close_is_told() -> None:
    points, recovered, problems = closed(20, (9, "建成园区（9分）。"), (None, "建成展馆（4分）。"))
    assert (points, problems) == ({1: 9, 2: 4}, ["section-sum"])
    assert [found.source for found in recovered] == ["评分规则最高4分"]  # without a proof


def test_what_nothing_tells_is_0_and_told() -> None:
    points, recovered, problems = closed(9, (9, "建成园区（9分）。"), (None, ""))
    assert (points, recovered, problems) == ({1: 9, 2: 0}, [], ["points-unknown"])
    assert closed(None, (9, "建成园区（9分）。"))[2] == ["section-points"]
    assert closed(None, (None, "")) == ({1: 0}, [], [])  # a list of tasks
