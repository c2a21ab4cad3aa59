"""Three scores kept apart, each with its reason; silence earns nothing."""

import pytest

from qcity_xl.core.master.formula_values import SCORES, roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import Assessment, assess
from qcity_xl.core.scoring.score import (
    CriterionScore,
    ScoreSheet,
    criteria_by_indicator,
    indicator_reason,
    score_master,
)
from qcity_xl.core.values import Value
from tests.core.builders import KINDS, Entry, build, criterion, evidence, indicator, ruling

NO_GAPS = Assessment((), (), {})


def scored(master: Master, key: str = "C1.1") -> CriterionScore:
    return score_master(master, NO_GAPS).criteria[key]


def test_blank_is_not_evaluated() -> None:
    score = scored(build(indicator(1, 10), criterion("1(1)", 10)))
    assert (score.claimed, score.evidenced, score.reviewed) == (None, None, None)
    assert score.ceiling == 10
    assert score.reason == "自评：未评，尚未填自评答案"


def test_a_claim_without_evidence_is_a_claim_only() -> None:
    master = build(indicator(1, 10), criterion("1(1)", 10, answer="达成"), *KINDS)
    score = score_master(master, assess(master, {})).criteria["C1.1"]
    assert (score.claimed, score.evidenced, score.reviewed) == (10, 0, None)
    assert score.ceiling == 10
    assert score.reason == "自评：达成，得10分；佐证：缺1项（文件：缺失），佐证不得分"


def test_evidence_makes_the_claim_good() -> None:
    master = build(
        indicator(1, 10), criterion("1(1)", 10, answer="达成"), evidence("通知", "1(1)"), *KINDS
    )
    score = score_master(master, assess(master, {})).criteria["C1.1"]
    assert (score.claimed, score.evidenced, score.reviewed) == (10, 10, None)


def test_the_review_stands_beside_the_claim_and_bounds_the_ceiling() -> None:
    levels = "20：已出台；10：制定中；0：未着手"
    master = build(
        indicator(1, 20),
        criterion("1(1)", 20, "分档", levels, answer="已出台", ruling="10分"),
    )
    score = scored(master)
    assert (score.claimed, score.reviewed, score.ceiling) == (20, 10, 10)
    assert score.reason == "自评：档次“已出台”，得20分；核定：档次“制定中”，得10分"


def test_a_review_alone_does_not_make_a_claim() -> None:
    score = scored(build(indicator(1, 10), criterion("1(1)", 10, ruling="达成")))
    assert (score.claimed, score.evidenced, score.reviewed) == (None, None, 10)


def test_what_experts_judge_is_never_claimed() -> None:
    judged = criterion("27(1)", 20, "专家评分", "20；10；5", answer="20", ruling="10分")
    score = scored(build(indicator(27, 20), judged), "C27.1")
    assert (score.claimed, score.evidenced, score.reviewed) == (None, None, 10)
    assert "专家" in score.reason


@pytest.mark.parametrize(("field", "cell"), [("answer", "F4"), ("ruling", "G4")])
def test_an_answer_that_fits_no_rule_is_told_and_not_scored(field: str, cell: str) -> None:
    master = build(indicator(1, 10), criterion("1(1)", 10, **{field: "差不多了"}))
    sheet = score_master(master, NO_GAPS)
    score = sheet.criteria["C1.1"]
    assert (score.claimed, score.reviewed) == (None, None)
    (problem,) = sheet.problems
    assert (problem.code, problem.sheet, problem.cell) == ("answer", "得分点", cell)
    assert "差不多了" in problem.found
    assert "达成 或 未达成" in problem.allowed


def test_params_that_nobody_can_read_are_told_and_not_scored() -> None:
    master = build(indicator(1, 10), criterion("1(1)", 10, "扣减", "看情况扣", answer="98%"))
    sheet = score_master(master, NO_GAPS)
    assert sheet.criteria["C1.1"].claimed is None
    assert [p.code for p in sheet.problems] == ["rule"]
    assert "看情况扣" in sheet.criteria["C1.1"].reason


# 合理缺项: 指标 14 共 25 分，14(2) 口岸 5 分可缺


def ports(policy: str | None, answer: Value = "不适用", absent: str = "是") -> ScoreSheet:
    rulings = [ruling("14(2)", "缺项", policy)] if policy else []
    master = build(
        indicator(14, 25),
        *(criterion(f"14({n})", 5, answer="达成") for n in (1, 3, 4, 5)),
        criterion("14(2)", 5, may_be_absent=absent, answer=answer),
        *rulings,
    )
    return score_master(master, NO_GAPS)


@pytest.mark.parametrize(
    ("policy", "claimed", "ceiling", "factor", "left_out"),
    [
        (None, 0, 0, 1.25, True),
        ("满分", 5, 5, 1, False),
        ("剔除", 0, 0, 1, True),
        ("折算", 0, 0, 1.25, True),
    ],
)
def test_what_does_not_apply_follows_the_ruling(
    policy: str | None, claimed: float, ceiling: float, factor: float, left_out: bool
) -> None:
    sheet = ports(policy)
    score = sheet.criteria["C14.2"]
    assert (score.claimed, score.ceiling) == (claimed, ceiling)
    assert score.left_out == ({"claimed", "evidenced", "ceiling"} if left_out else set())
    assert sheet.factors["I14"] == dict.fromkeys(SCORES, factor) | {"reviewed": 1}
    assert score.reason.startswith("自评：合理缺项，")


def test_not_applicable_where_it_may_not_be_is_a_mistake() -> None:
    sheet = ports("折算", absent="否")
    score = sheet.criteria["C14.2"]
    assert (score.claimed, score.ceiling, score.left_out) == (None, 5, frozenset())
    assert sheet.factors["I14"] == dict.fromkeys(SCORES, 1)
    assert [p.code for p in sheet.problems] == ["answer"]


def test_the_review_may_find_that_it_does_apply() -> None:
    master = build(
        indicator(14, 10),
        criterion("14(1)", 5, answer="达成"),
        criterion("14(2)", 5, may_be_absent="是", answer="不适用", ruling="未达成"),
        ruling("14(2)", "缺项", "折算"),
    )
    sheet = score_master(master, NO_GAPS)
    assert sheet.criteria["C14.2"].reviewed == 0
    assert sheet.criteria["C14.2"].left_out == {"claimed", "evidenced"}
    assert sheet.factors["I14"] == {"claimed": 2, "evidenced": 2, "reviewed": 1, "ceiling": 1}


def test_an_indicator_of_which_nothing_applies_has_no_factor() -> None:
    master = build(
        indicator(14, 5),
        criterion("14(1)", 5, may_be_absent="是", answer="不适用"),
        ruling("14(1)", "缺项", "折算"),
    )
    assert score_master(master, NO_GAPS).factors["I14"] == dict.fromkeys(SCORES, 1)


@pytest.mark.parametrize("word", ["不适用", "缺项", "合理缺项", " 不 适用"])
def test_what_does_not_apply_is_said_in_several_words(word: str) -> None:
    assert "claimed" in ports("折算", word).criteria["C14.2"].left_out


def test_the_review_frees_no_claim_of_its_points_or_evidence() -> None:
    master = build(
        indicator(14, 25),
        *(criterion(f"14({n})", 5, answer="达成") for n in (1, 3, 4, 5)),
        criterion("14(2)", 5, may_be_absent="是", answer="达成", ruling="不适用"),
        ruling("14(2)", "缺项", "折算"),
        *KINDS,
    )
    after = master.with_changes(evaluate(master, {}).changes)
    shown = roll_up(after).cells
    totals = {name: shown[INDICATORS.name, "I14", name] for name in SCORES}
    assert totals == {"claimed": 25, "evidenced": 0, "reviewed": 0, "ceiling": 25}


def test_the_factor_of_best_of_is_that_of_what_can_be_had() -> None:
    """两个得分点取高，缺项的是低的那个：高的照样至多得满分。"""
    master = build(
        indicator(36, 10, "取高"),
        criterion("36(1)", 10, answer="达成"),
        criterion("36(2)", 5, may_be_absent="是", answer="不适用"),
    )
    assert score_master(master, NO_GAPS).factors["I36"]["claimed"] == 1


def test_a_choice_of_the_office_goes_before_the_default() -> None:
    def port(choice: str | None) -> float | None:
        master = build(
            indicator(14, 5),
            criterion("14(2)", 5, may_be_absent="是", answer="不适用"),
            ruling("14(2)", "缺项", "折算", choice),
        )
        return scored(master, "C14.2").claimed

    assert (port(None), port("满分")) == (0, 5)


def test_the_reason_of_an_indicator_says_how_far_it_is() -> None:
    master = build(
        indicator(21, 10, "取高"),
        criterion("21(1)", 10),
        criterion("21(2)", 5, answer="达成"),
        *KINDS,
    )
    sheet = score_master(master, assess(master, {}))
    row = master.rows(INDICATORS)["I21"]
    reason = indicator_reason(row, sheet, "I21", criteria_by_indicator(master)["21"])
    assert reason == "2个得分点，已评1个；取高（5）；1个得分点缺佐证"
    assert indicator_reason({"no": 99}, sheet, "I21", ()) == "没有得分点"


def veto(scope: str, **cells: Value) -> Entry:
    return criterion("1(2)", 0, "一票否决", scope, **cells)


def test_a_veto_takes_the_points_of_its_indicator_in_the_scores_that_say_so() -> None:
    master = build(
        indicator(1, 10),
        criterion("1(1)", 10, answer="达成", ruling="达成"),
        veto("本项", answer="未发生", ruling="发生"),
    )
    scores = score_master(master, NO_GAPS)
    assert scores.factors["I1"] == {"claimed": 1, "evidenced": 1, "reviewed": 0, "ceiling": 0}
    assert scores.criteria["C1.2"].reason.endswith("核定：发生，一票否决，本项不得分")
    own = criteria_by_indicator(master)["1"]
    reason = indicator_reason(master.rows(INDICATORS)["I1"], scores, "I1", own)
    assert "一票否决，核定、最高可得不得分" in reason


@pytest.mark.parametrize(("choice", "factor"), [("全部得分清零", 0), ("只作提示", 1)])
def test_a_veto_on_everything_does_what_was_ruled(choice: str, factor: float) -> None:
    master = build(
        indicator(1, 10),
        criterion("1(1)", 10, answer="达成"),
        veto("全部", answer="发生"),
        indicator(2, 10),
        criterion("2(1)", 10, answer="达成"),
        ruling("1(2)", "一票否决", choice),
    )
    factors = score_master(master, NO_GAPS).factors
    assert [factors[key]["claimed"] for key in ("I1", "I2")] == [factor, factor]


def test_a_minus_lowers_the_total_and_needs_no_evidence() -> None:
    master = build(
        indicator(1, 0), criterion("1(1)", 0, "扣分项", "每次：1.5；最多：4", answer="2"), *KINDS
    )
    scores = score_master(master, assess(master, {}))
    score = scores.criteria["C1.1"]
    assert (score.claimed, score.evidenced, score.ceiling) == (-3, -3, 0)
