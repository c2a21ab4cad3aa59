"""Laws that hold for whatever is answered, reviewed, ruled and proved."""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.formula_values import SCORES, roll_up
from qcity_xl.core.master.model import Master
from qcity_xl.core.rules import KINDS
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.values import Value
from tests.core import builders
from tests.core.builders import build, criterion, evidence, indicator, ruling, section

_RULES = {
    "达成": (None, ("达成", "未达成", "有", "√")),
    "分档": ("10：已建成；4：在建", ("已建成", "4分", "其他情形", 10)),
    "数值分段": ("≥60%：10；≥30%：6", ("75%", "30%", "2%", "110%", -1, 0.6)),
    "扣减": ("≥98%；每降0.5：扣3", ("99%", "97.3%", "12%", "101%", 97)),
    "名次": ("≤3：10；≤8：每名-2；其余：0", ("第1名", 3, 7, 11, 0, 2.5)),
    "部分达成": ("4项", ("2/4", "4项", 3, "5/4")),
    "专家评分": ("10；5", ("10分", 5, 3)),
}
_COMMON = ("不适用", "缺项", "差不多了", 1e9, "-5", None)
_POLICIES = ("满分", "剔除", "折算", "看情况")


@dataclass(frozen=True)
class Case:
    """The frame of a master, and what stands in 自评答案, 核定 and 佐证 by criterion."""

    frame: tuple[builders.Entry, ...]
    rules: Mapping[str, str]  # label -> kind
    absent: frozenset[str]

    def master(
        self, answers: Mapping[str, Value], reviews: Mapping[str, Value], proved: frozenset[str]
    ) -> Master:
        """After scoring."""
        made = build(
            *self.frame,
            *(
                criterion(
                    label,
                    10,
                    kind,
                    _RULES[kind][0],
                    may_be_absent="是" if label in self.absent else "否",
                    answer=answers[label],
                    ruling=reviews[label],
                )
                for label, kind in self.rules.items()
            ),
            *(evidence(f"材料{label}", label) for label in sorted(proved)),
        )
        return made.with_changes(evaluate(made, {}).changes)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rules: dict[str, str] = {}
    frame: list[builders.Entry] = [section(1, 0), *builders.KINDS, *builders.YEARS]
    total = 0
    for no in range(1, draw(st.integers(1, 3)) + 1):
        labels = [f"{no}({n})" for n in range(1, draw(st.integers(1, 4)) + 1)]
        rules |= {label: draw(st.sampled_from(list(_RULES))) for label in labels}
        combine = draw(st.sampled_from(("累加", "取高", "累加封顶")))
        points = 10 * len(labels) if combine == "累加" else 10
        frame.append(indicator(no, points, combine))
        total += points
    for label in rules:
        if draw(st.booleans()):
            frame.append(ruling(label, "缺项", "折算", draw(st.sampled_from((None, *_POLICIES)))))
        if rules[label] == "分档":
            frame.append(
                ruling(label, "未尽", "4", draw(st.sampled_from((None, "10", "11", "随便"))))
            )
        if rules[label] == "数值分段":
            frame.append(ruling(label, "其余", "0", draw(st.sampled_from((None, "5", "12")))))
    frame[0] = section(1, total)
    return Case(tuple(frame), rules, draw(st.frozensets(st.sampled_from(list(rules)))))


def _filled(case: Case) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries(
        {label: st.sampled_from((*_RULES[kind][1], *_COMMON)) for label, kind in case.rules.items()}
    )


def _proofs(case: Case) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(list(case.rules)))


def _scores(master: Master, name: str) -> dict[str, Value]:
    """One of the scores of every criterion, indicator and section."""
    rolled = roll_up(master).cells
    own = {key: row.get(name) for key, row in master.rows(CRITERIA).items()}
    return own | {
        key: rolled[table.name, key, name]
        for table in (INDICATORS, SECTIONS)
        for key in master.rows(table)
    }


def test_every_kind_of_rule_is_tried() -> None:
    assert set(_RULES) <= set(KINDS)


@given(st.data(), cases())
def test_no_score_exceeds_its_points(data: st.DataObject, case: Case) -> None:
    filled = _filled(case)
    master = case.master(data.draw(filled), data.draw(filled), data.draw(_proofs(case)))
    for table in (CRITERIA, INDICATORS, SECTIONS):
        for key, row in master.rows(table).items():
            for name in SCORES:
                score = _scores(master, name)[key]
                assert score in (None, "") or 0 <= score <= row["points"], (key, name, score)  # type: ignore[operator]  # points and scores are numbers


@given(st.data(), cases())
def test_the_three_scores_do_not_touch_each_other(data: st.DataObject, case: Case) -> None:
    filled, proofs = _filled(case), _proofs(case)
    answers, reviews, proved = data.draw(filled), data.draw(filled), data.draw(proofs)
    master = case.master(answers, reviews, proved)
    reviewed_anew = case.master(answers, data.draw(filled), proved)
    answered_anew = case.master(data.draw(filled), reviews, data.draw(proofs))
    proved_anew = case.master(answers, reviews, data.draw(proofs))
    assert _scores(reviewed_anew, "claimed") == _scores(master, "claimed")
    assert _scores(reviewed_anew, "evidenced") == _scores(master, "evidenced")
    assert _scores(answered_anew, "reviewed") == _scores(master, "reviewed")
    assert _scores(proved_anew, "claimed") == _scores(master, "claimed")


@given(st.data(), cases())
def test_evidence_never_makes_more_of_a_claim(data: st.DataObject, case: Case) -> None:
    filled = _filled(case)
    master = case.master(data.draw(filled), data.draw(filled), data.draw(_proofs(case)))
    claimed, evidenced = _scores(master, "claimed"), _scores(master, "evidenced")
    for key, score in evidenced.items():
        assert (score or 0) <= (claimed[key] or 0)  # type: ignore[operator]  # scores are numbers
