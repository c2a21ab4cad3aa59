"""Scores, evidence and progress as changes; on the whole embedded table as well."""

import pytest

from qcity_xl.core.changes import Change
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rules import parse_rule
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, RULINGS, SECTIONS, TASKS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import FileFact
from qcity_xl.core.values import Value, parse_number
from tests.core.builders import (
    KINDS,
    assignment,
    build,
    criterion,
    embedded,
    evidence,
    indicator,
    ruling,
    section,
    sound,
    task,
)


def evaluated(master: Master) -> Master:
    return master.with_changes(evaluate(master, {}).changes)


def test_a_second_run_changes_nothing() -> None:
    for master in (sound(), embedded(), answered(embedded())):
        assert evaluate(evaluated(master), {}).changes == ()


def test_only_cells_of_the_program_change() -> None:
    tables = {t.name: t for t in (CRITERIA, INDICATORS, TASKS, EVIDENCE, RULINGS)}
    for change in evaluate(answered(embedded()), {}).changes:
        assert tables[change.table].column(change.field).editor == "program"


def test_scores_of_an_answer_that_was_taken_back_go_away() -> None:
    master = evaluated(build(indicator(1, 10), criterion("1(1)", 10, answer="达成")))
    assert master.rows(CRITERIA)["C1.1"]["claimed"] == 10
    master = evaluated(master.with_changes([Change("tblCriteria", "C1.1", "answer", "达成", None)]))
    assert master.rows(CRITERIA)["C1.1"]["claimed"] is None


def test_what_is_missing_is_named_beside_the_criterion_and_the_task() -> None:
    master = evaluated(
        build(
            indicator(7, 6, methods="查阅文件、现场检查"),
            criterion("7(1)", 3),
            criterion("7(2)", 3),
            task("7.1", criteria="7(1)"),
            task("7.2", criteria="7（2）"),
            task("7.3", criteria=""),
            evidence("制度", "7(1)"),
            evidence("照片", "7(1)", kind="现场照片"),
            evidence("旧图", "7(2)", kind="现场照片", dated=None),
            *KINDS,
        )
    )
    states = {key: row["evidence"] for key, row in master.rows(CRITERIA).items()}
    assert states == {"C7.1": "齐全", "C7.2": "缺2/2"}
    assert master.rows(CRITERIA)["C7.2"]["missing"] == "文件：缺失；现场照片：未注日期"
    tasks = {key: row["evidence"] for key, row in master.rows(TASKS).items()}
    assert tasks == {"T7.1": "齐全", "T7.2": "缺：7(2)", "T7.3": None}
    assert master.rows(EVIDENCE)["旧图"]["finding"] == "未注日期"


def test_a_file_s_sum_is_noted_once_it_was_read() -> None:
    master = build(indicator(1, 10), criterion("1(1)", 10), evidence("通知", "1(1)"), *KINDS)
    facts = {"佐证/通知.pdf": FileFact(True, 12, "ab" * 32)}
    after = master.with_changes(evaluate(master, facts).changes)
    assert after.rows(EVIDENCE)["通知"]["sha256"] == "ab" * 32
    assert evaluate(after, {}).changes == ()  # 没有读文件，不抹掉已有的校验


@pytest.mark.parametrize(
    ("leads", "shown"),
    [
        (["已完成", "已完成"], "已完成"),
        (["已完成", None], "推进中"),
        (["已完成", "有困难"], "有困难"),
        (["推进中", "未开始"], "推进中"),
        ([None, "未开始"], "未开始"),
        ([None, None], None),
    ],
)
def test_the_leads_make_a_task_s_progress(leads: list[Value], shown: Value) -> None:
    master = build(
        task("13.7", "市文广新局；市教育局"),
        assignment("13.7", "市文广新局", progress=leads[0]),
        assignment("13.7", "市教育局", progress=leads[1]),
        assignment("13.7", "市旅游局", "配合", progress="未开始"),
        assignment("13.7", "市体育局", None, progress="有困难"),
    )
    assert evaluated(master).rows(TASKS)["T13.7"]["progress"] == shown


@pytest.mark.parametrize(
    ("choice", "combine", "total"), [(None, "取高", 10), ("累加封顶", "累加封顶", 12)]
)
def test_the_office_rules_how_criteria_combine(
    choice: str | None, combine: str, total: float
) -> None:
    master = evaluated(
        build(
            section(1, 12),
            indicator(46, 12, "取高"),
            criterion("46(1)", 10, answer="达成"),
            criterion("46(2)", 5, answer="达成"),
            ruling("46", "组合", "取高", choice, "取高 / 累加封顶"),
        )
    )
    assert master.rows(INDICATORS)["I46"]["combine"] == combine
    assert combine in text(master.rows(INDICATORS)["I46"], "reason")
    assert roll_up(master).cells["tblIndicators", "I46", "claimed"] == total


# -- the embedded table

BEST = {"数值分段": "100", "扣减": "100%", "名次": "1"}


def answered(master: Master, field: str = "answer") -> Master:
    """Each criterion answered as well as can be, in the column for claims or for the review."""
    changes = []
    for key, row in master.rows(CRITERIA).items():
        params, points = text(row, "params"), parse_number(row.get("points")) or 0.0
        rule = parse_rule(text(row, "kind"), params, points)
        if rule.reviewed_only and field == "answer":
            continue
        rulings = master.rulings().get(text(row, "label"), {})
        worths = {choice: rule.score(choice, rulings).points for choice in rule.choices(rulings)}
        best = max(worths, key=worths.__getitem__) if worths else BEST[rule.name]
        best += "‰" if "‰" in params else ""
        changes.append(Change(CRITERIA.name, key, field, None, best))
    return master.with_changes(changes)


def test_the_best_answers_give_all_points() -> None:
    master = evaluated(answered(answered(embedded()), "ruling"))
    cards = roll_up(master).cards
    assert (cards["qc_points"], cards["qc_points_bonus"]) == (1000, 60)
    assert (cards["qc_reviewed"], cards["qc_reviewed_bonus"]) == (1000, 60)
    assert (cards["qc_ceiling"], cards["qc_ceiling_bonus"]) == (1000, 60)
    assert (cards["qc_claimed"], cards["qc_claimed_bonus"]) == (980, 60)  # 指标27只由专家评
    assert (cards["qc_evidenced"], cards["qc_evidenced_bonus"]) != (980, 60)


def test_silence_gives_no_points() -> None:
    cards = roll_up(evaluated(embedded())).cards
    assert cards["qc_claimed"] == cards["qc_evidenced"] == cards["qc_reviewed"] == ""
    assert (cards["qc_ceiling"], cards["qc_ceiling_bonus"]) == (1000, 60)


def test_every_score_says_why() -> None:
    for master in (evaluated(embedded()), evaluated(answered(embedded()))):
        for row in master.rows(CRITERIA).values():
            assert text(row, "reason").startswith("自评：")
            assert any(word in text(row, "reason") for word in ("得", "未评", "不自评"))
        assert all(text(row, "reason") for row in master.rows(INDICATORS).values())


def test_the_figures_are_sums_of_the_criteria() -> None:
    master = evaluated(answered(embedded()))
    rollup = roll_up(master)
    totals = {"否": 0.0, "是": 0.0}
    for section_row in master.rows(SECTIONS).values():
        of_section = 0.0
        for key, row in master.rows(INDICATORS).items():
            if row["section"] != section_row["no"]:
                continue
            own = [
                parse_number(c["claimed"]) or 0.0
                for c in master.rows(CRITERIA).values()
                if c["indicator"] == row["no"]
            ]
            total = max(own) if row["combine"] == "取高" else sum(own)
            assert rollup.cells["tblIndicators", key, "claimed"] in (total, "")
            of_section += total
        totals[text(section_row, "bonus")] += of_section
    assert rollup.cards["qc_claimed"] == totals["否"]
    assert rollup.cards["qc_claimed_bonus"] == totals["是"]


def test_each_rule_is_told_beside_its_criterion_under_what_was_ruled() -> None:
    told = "按名次计分（第1名起的整数，并列的按公布的名次）：“前列”（到第6名为止，见待定事项）"
    master = build(indicator(6, 10), criterion("6(1)", 10, "名次", "前列：10；其余：0"))
    ruled = build(
        indicator(6, 10),
        criterion("6(1)", 10, "名次", "前列：10；其余：0"),
        ruling("6(1)", "前列", "10", "6"),
    )
    cells = {c.field: c.new for c in evaluate(ruled, {}).changes if c.table == CRITERIA.name}
    assert str(cells["reading"]).startswith(told)
    assert not any(told in str(c.new) for c in evaluate(master, {}).changes)
