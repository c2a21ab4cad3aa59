"""What is asked of one criterion: its rule under what was ruled, and 合理缺项.

Dropdown, pack, explanation, check, merge and score all take what may be answered from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qcity_xl.core.plan import YES
from qcity_xl.core.rules.bands import Bands
from qcity_xl.core.rules.base import AnswerError, Earned, Rule, Rulings, points_text
from qcity_xl.core.rules.kinds import parse_rule
from qcity_xl.core.rules.levels import Levels
from qcity_xl.core.rules.met import Met
from qcity_xl.core.rules.proportion import Proportion
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.rules.steps import Steps
from qcity_xl.core.rules.veto import VOIDED, ZEROED, Veto
from qcity_xl.core.rules.yearly import BEST, LATEST, WORST, split_years
from qcity_xl.core.text import fold, number_text, visible
from qcity_xl.core.values import Value, parse_number

NOT_APPLICABLE = "不适用"  # the answer for 合理缺项, on criteria that allow it
_SAME = {fold(word) for word in (NOT_APPLICABLE, "缺项", "合理缺项")}
FULL, EXCLUDED, RESCALED = "满分", "剔除", "折算"  # policies of 合理缺项
_EACH_YEAR = (Bands, Met, Proportion, Rank, Steps)  # kinds that a year can be judged by alone
_HOW = {FULL: "按满分计", EXCLUDED: "不计入", RESCALED: "其余得分点按比例折算"}


@dataclass(frozen=True)
class Question:
    """The rule of a criterion with the rulings on it; `may_be_absent` is 可缺项.

    Criteria with equal ones share a question, and what it says is put into words once.
    """

    rule: Rule
    rulings: Rulings
    points: float
    may_be_absent: bool

    @classmethod
    def of(cls, row: Mapping[str, Value], rulings: Rulings) -> "Question":
        """The question of a row of 得分点. Raises ParamsError."""
        points = parse_number(row.get("points")) or 0.0
        kind, params = (str(row.get(name) or "").strip() for name in ("kind", "params"))
        may_be_absent = row.get("may_be_absent") == YES
        if type(rulings) is dict:  # others note what is asked of them
            return _shared(kind, params, points, tuple(sorted(rulings.items())), may_be_absent)
        return cls(parse_rule(kind, params, points), rulings, points, may_be_absent)

    @property
    def policy(self) -> str:
        """What becomes of the points where the criterion is not applicable."""
        return self.rulings.get("缺项", RESCALED)

    def is_absent(self, answer: Value) -> bool:
        """Whether the answer says 合理缺项, where that may be."""
        return self.may_be_absent and says_absent(answer)

    def leaves_out(self, answer: Value) -> bool:
        """Whether by this answer the criterion does not count, nor its points."""
        return self.is_absent(answer) and self.policy != FULL

    def voids_indicator(self, answer: Value) -> bool:
        """Whether the answer is a veto that takes the points of the indicator."""
        return isinstance(self.rule, Veto) and self.rule.effect(answer, self.rulings) == VOIDED

    def voids_everything(self, answer: Value) -> bool:
        """Whether the answer is a veto that takes all points of the plan."""
        return isinstance(self.rule, Veto) and self.rule.effect(answer, self.rulings) == ZEROED

    def score(self, answer: Value) -> Earned:
        """Points for an answer that is not blank; AnswerError if it can't be scored."""
        if isinstance(answer, str):
            answer = visible(answer)
        if self.is_absent(answer):
            points = self.points if self.policy == FULL else 0.0
            return Earned(points, f"合理缺项，{_HOW.get(self.policy, self.policy)}")
        if says_absent(answer):
            allowed = self.rule.allowed(self.rulings)
            raise AnswerError(answer, f"{allowed}（本得分点不是合理缺项）")
        said = split_years(answer) if self.may_go_by_year else {}
        return self._of_years(said) if said else self.rule.score(answer, self.rulings)

    @property
    def may_go_by_year(self) -> bool:
        """Whether it may be answered year by year: each year is scored, one of them counts."""
        return isinstance(self.rule, _EACH_YEAR)

    @property
    def which_year(self) -> str:
        """Which year counts where they differ."""
        return self.rulings.get("逐年", WORST)

    def _of_years(self, said: Mapping[int, str]) -> Earned:
        """The points of the year that counts; a year without such a thing is left out."""
        scored: dict[int, Earned] = {}
        for year, answer in said.items():
            if self.is_absent(answer):
                continue
            try:
                scored[year] = self.score(answer)
            except AnswerError as error:
                raise AnswerError(f"{year}年：{answer}", f"{year}年的{error.allowed}") from error
        pick = {BEST: max, LATEST: max}.get(self.which_year, min)
        key = (lambda y: y) if self.which_year == LATEST else (lambda y: scored[y].points)
        counts = scored[pick(sorted(scored), key=key)]
        each = "；".join(f"{year}年{scored[year].reason}" for year in sorted(scored))
        if len({outcome.points for outcome in scored.values()}) == 1:
            return Earned(counts.points, each)
        which = f"{self.which_year}（见待定事项“逐年”）"
        return Earned(counts.points, f"{each}；{which}，{points_text(counts.points)}")

    @property
    def choices(self) -> tuple[str, ...]:
        """What a dropdown offers; empty where a number is wanted."""
        listed = self.rule.choices(self.rulings)
        return (*listed, NOT_APPLICABLE) if listed and self.may_be_absent else listed

    def entry(self, cell: str) -> str:
        """A formula for the data validation of that cell: false for impossible numbers.

        "" where no number is wanted.
        """
        wanted = self.rule.measure
        return wanted.entry(cell) if wanted else ""

    @cached_property
    def allowed(self) -> str:
        """What an answer may be, in Chinese."""
        absent = f"；合理缺项填“{NOT_APPLICABLE}”" if self.may_be_absent else ""
        return self.rule.allowed(self.rulings) + absent

    @cached_property
    def spelled_out(self) -> str:
        """The same for a cell of its own: of levels each in full, on a line of its own."""
        if not isinstance(self.rule, Levels):
            return self.allowed
        absent = (f"{NOT_APPLICABLE} 合理缺项",) if self.may_be_absent else ()
        return "\n".join((*self.rule.spelled(self.rulings), *absent))

    @cached_property
    def says(self) -> str:
        """The rule as the program understands it, in one plain sentence."""
        absent = ""
        if self.may_be_absent:
            how = _HOW.get(self.policy, self.policy)
            absent = f"；本市没有此类事项的填“{NOT_APPLICABLE}”，{how}（见待定事项）"
        return f"{self.rule.says(self.rulings)}{absent}。"

    @cached_property
    def trial(self) -> str:
        """What answers at the boundaries earn, as the rule scores them: 95%得5分，94.9%得0分.

        "" where the sentence already tells every case.
        """
        tried = []
        for answer in self.rule.trials(self.rulings):
            try:
                tried.append(f"{answer}得{number_text(self.score(answer).points)}分")
            except AnswerError:
                continue  # it can't be answered so
        return "，".join(dict.fromkeys(tried))

    @cached_property
    def reading(self) -> str:
        """The sentence, and the trial on a line of its own."""
        return f"{self.says}\n试算：{self.trial}。" if self.trial else self.says


@lru_cache(maxsize=1 << 12)
def _shared(
    kind: str,
    params: str,
    points: float,
    rulings: tuple[tuple[str, str], ...],
    may_be_absent: bool,
) -> Question:
    return Question(parse_rule(kind, params, points), dict(rulings), points, may_be_absent)


def says_absent(answer: Value) -> bool:
    """Whether an answer says that the criterion is not applicable, allowed or not; of each year."""
    words = split_years(answer).values() or (answer,)
    return all(isinstance(word, str) and fold(word) in _SAME for word in words)
