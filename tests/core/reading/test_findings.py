from qcity_xl.core.plan import Ruling
from qcity_xl.core.problems import Problem
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import Guess


def test_a_guess_is_told_and_put_to_the_office() -> None:
    findings = Findings()
    findings.guess("第8行", "3.2", "时限", "2027", "只写了年份的后两位")
    assert findings.guesses == [Guess("第8行", "3.2", "时限", "2027", "只写了年份的后两位")]
    asked = "第8行：时限取“2027”，是否正确"
    assert findings.rulings == [Ruling("3.2", "时限", asked, "2027", "只写了年份的后两位")]


def test_a_question_has_no_answer_to_begin_with() -> None:
    findings = Findings()
    findings.ask("第9行", "3.3", "牵头单位", "“市质办”是哪个单位", "文件没有定")
    assert [(r.question, r.default) for r in findings.rulings] == [("“市质办”是哪个单位", "")]
    assert [(g.what, g.taken) for g in findings.guesses] == [("“市质办”是哪个单位", "")]


def test_of_two_questions_on_one_thing_the_first_is_put() -> None:
    findings = Findings()
    for taken in ("市商务局", "市民政局"):
        findings.guess("第4行", "2.1", "牵头单位", taken, "两格写得不同")
    findings.guess("第4行", "2.1", "配合单位", "市统计局", "格子断开了")
    assert [(r.item, r.default) for r in findings.open_rulings()] == [
        *(("牵头单位", "市商务局"), ("配合单位", "市统计局"))
    ]
    assert len(findings.guesses) == 3


def test_a_mistake_of_the_document_is_a_warning_that_says_where() -> None:
    findings = Findings()
    findings.problem("total", "表3第9行第1列", "合计写80分，读到75分", "合计等于各项之和", "查原件")
    assert findings.problems == [
        Problem(
            *("total", "warning", "原文件", "表3第9行第1列"),
            *("合计写80分，读到75分", "合计等于各项之和", "查原件"),
        )
    ]
