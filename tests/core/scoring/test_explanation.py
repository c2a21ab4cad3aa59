"""A score can be explained: what was answered, what may be, what lacks, what was ruled."""

from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.explanation import Explanation, explain, explain_indicators
from tests.core.builders import KINDS, build, criterion, embedded, indicator, ruling, set_cell, task

MASTER = build(
    indicator(13, 10, methods="查阅文件、现场检查"),
    criterion("13(1)", 4, "部分达成", "6", owner="市质监局", answer="5/6"),
    criterion("13(10)", 6, "分档", "6：已出台；0：未着手", answer="快了"),
    task("13.1", "市质监局", "13(1)"),
    task("13.2", "市教育局；市民政局", "13（1）、13(10)"),
    ruling("13(1)", "部分", "按比例", "不得分"),
    *KINDS,
)


def explained(subject: str, master: Master = MASTER) -> tuple[Explanation, ...]:
    return explain(master, evaluate(master, {}), subject)


def test_one_criterion_with_all_that_decides_it() -> None:
    (found,) = explained("13（1）")
    assert (found.label, found.points, found.answer, found.owner) == (
        *("13(1)", 4, "5/6", "市质监局"),
    )
    assert found.rulings == {"部分": "不得分"}
    assert found.tasks == ("13.1（市质监局）", "13.2（市教育局；市民政局）")
    assert found.gaps == ("文件：缺失", "现场照片：缺失")
    assert ("理由", found.score.reason) in list(found.lines())


def test_what_nobody_ruled_is_told_as_a_default() -> None:
    (found,) = explained("13(1)")
    assert ("裁定", "部分，不得分") in list(found.lines())
    unruled = set_cell(MASTER, RULINGS, "Q13(1)/部分", "choice", None)
    (found,) = explained("13(1)", unruled)
    assert ("默认", "部分，按比例（未裁定）") in list(found.lines())
    assert "裁定" not in dict(found.lines())
    agreed = set_cell(MASTER, RULINGS, "Q13(1)/部分", "choice", "同意")
    (found,) = explained("13(1)", agreed)
    assert ("裁定", "部分，按比例") in list(found.lines())


def test_an_answer_that_cannot_be_scored_says_what_may_be_written() -> None:
    (found,) = explained("13(10)")
    assert found.score.claimed is None
    assert dict(found.lines())["得分"].startswith("自评未评")
    assert "已出台" in found.allowed
    assert "快了" in found.score.reason


def test_a_whole_indicator_or_several_or_none() -> None:
    assert [e.label for e in explained("13")] == ["13(1)", "13(10)"]
    assert [e.label for e in explained("13(10)、13(1)")] == ["13(1)", "13(10)"]
    assert explained("13(2)") == explained("1") == explained("") == ()


def test_how_an_indicator_combines_is_told_for_the_whole_of_it_alone() -> None:
    evaluation = evaluate(MASTER, {})
    ((name, line),) = explain_indicators(MASTER, evaluation, "１３")
    assert name == "指标13 指标13"
    assert line.startswith("2个得分点，已评")
    assert not list(explain_indicators(MASTER, evaluation, "13(1)"))


def test_every_criterion_of_the_embedded_table_can_be_explained() -> None:
    master = embedded()
    evaluation = evaluate(master, {})
    labels = [str(row["label"]) for row in master.rows(CRITERIA).values()]
    for label in labels:
        (found,) = explain(master, evaluation, label)
        assert found.label == label
        assert found.allowed
        assert found.text
