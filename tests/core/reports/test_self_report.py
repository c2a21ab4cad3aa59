"""自查报告 has every criterion once, with its points and its reasons."""

from typing import Any

from qcity_xl.core.reports.inspection import inspection_of
from qcity_xl.core.reports.self_report import self_values
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import embedded
from tests.core.reports.test_overview import answered, overview


def test_every_criterion_stands_under_its_indicator() -> None:
    master = embedded()
    evaluation = evaluate(master, {})
    told: Any = self_values(master, overview(master), inspection_of(master, evaluation))
    labels = [
        criterion["编号"]
        for section in told
        for indicator in section["指标"]
        for criterion in indicator["得分点"]
    ]
    assert sorted(labels) == sorted(str(r["label"]) for r in master.rows(CRITERIA).values())
    assert [section["次序"] for section in told][:3] == ["二", "三", "四"]


def test_a_criterion_says_why_and_with_what() -> None:
    master = answered()
    evaluation = evaluate(master, {})
    after = master.with_changes(evaluation.changes)
    told: Any = self_values(after, overview(master), inspection_of(after, evaluation))
    ((indicator,),) = (section["指标"] for section in told)
    first, second = indicator["得分点"]
    assert (first["自评"], first["答案"]) == (10, "达成")
    assert "佐证：1-1-01" in first["理由"]
    assert (second["自评"], second["答案"]) == ("未评", None)
    assert "还缺：" in second["理由"]
