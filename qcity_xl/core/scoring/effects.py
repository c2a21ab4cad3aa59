"""What each option of each row of 待定事项 does to the scores, in points."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.formula_values import SCORES, indicator_total, kept_points
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.rulings import ABSENT, DUTY
from qcity_xl.core.rules import NOT_APPLICABLE, AnswerError, ParamsError, Question
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.schema import CRITERIA, INDICATORS
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.core.scoring.alternatives import COMBINE, Alternative, ChosenOption, Matter, options
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.score import CriterionScore, ScoreSheet, factor_of
from qcity_xl.core.scoring.trials import trial_answers
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

_MOST_TRIALS = 2000  # combinations that are tried for one option
_ELSEWHERE = {  # what a matter decides that moves no points by itself
    "标题": "只定标题，不影响得分",
    "分值": "要与得分点的分值相符才起作用，不影响得分",
    "验收方式": "定要哪些佐证，不影响自评",
    "口径提示": "只作提示，不影响得分",
    "成员": "定下发给哪些单位，不影响得分",
    DUTY: "定由谁填自评，不影响得分",
}


@dataclass(frozen=True, slots=True)
class OptionEffect:
    """What changes when this option holds instead of what holds now.

    `now` are points by score, as the answers are. `most` is what it could come to at most: in 自评
    under another answer (`example`), where none was given yet, or together with other matters that
    are open (no example).
    """

    option: str
    now: Mapping[str, float] = field(default_factory=dict)
    most: float = 0.0
    example: str = ""

    @property
    def weight(self) -> float:
        """The most points that it moves, either way."""
        return max((abs(points) for points in (*self.now.values(), self.most)), default=0.0)

    def words(self) -> str:
        """全部达到才得分：自评-2.67、核定-2.67."""
        moved = "、".join(f"{SCORE_NAMES[n]}{_signed(p)}" for n, p in self.now.items() if p)
        if not moved and self.most:
            when = f"答{self.example}时" if self.example else "与同指标别的待定事项合在一起时"
            moved = f"最多{_signed(self.most)}（{when}）"
        return f"{self.option}：{moved or '不变'}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What the options of one row of 待定事项 do."""

    matter: Matter
    options: tuple[OptionEffect, ...]

    @property
    def weight(self) -> float:
        """The most points that any option moves, 0 for a matter that moves none."""
        return round(max((one.weight for one in self.options), default=0.0), 2)

    def words(self) -> str:
        """For people: what holds, and what each other option would change."""
        held = self.matter.value
        if not self.weight:
            other = "怎样裁定都不影响得分" if self.options else "不影响得分"
            return _ELSEWHERE.get(self.matter.item, other)
        shown = [one.words() for one in self.options if one.weight or not self.matter.number]
        return "；".join([f"{held}（现行）" if held is not None else "（未定）", *shown])


def ruling_effects(master: Master, assessment: Assessment, sheet: ScoreSheet) -> dict[str, Effect]:
    """The effect of each row of 待定事项, by its row id; `sheet` has the scores that hold.

    The other rulings stay as they are. Points are those of the whole table, from the scorer.
    """
    trial = _Trial(master, assessment, sheet)
    return {
        matter.key: Effect(matter, tuple(trial.effects(matter)))
        for matter in trial.alternative.matters.values()
    }


class _Trial:
    def __init__(self, master: Master, assessment: Assessment, sheet: ScoreSheet) -> None:
        self.alternative = Alternative(master, assessment)
        self._master, self._sheet = master, sheet
        self._own: dict[str, list[str]] = {}
        for key, row in master.rows(CRITERIA).items():
            self._own.setdefault(text(row, "indicator"), []).append(key)
        self._indicators = {text(row, "no"): row for row in master.rows(INDICATORS).values()}
        self._labels = {text(row, "label"): key for key, row in master.rows(CRITERIA).items()}

    def effects(self, matter: Matter) -> Iterator[OptionEffect]:
        if matter.item in _ELSEWHERE:
            return
        if matter.subject in self._labels:
            yield from self._of_criterion(matter, self._labels[matter.subject])
        elif matter.subject in self._indicators and matter.item in (ABSENT, COMBINE):
            yield from self._of_indicator(matter)

    # -- matters of one criterion

    def _of_criterion(self, matter: Matter, key: str) -> Iterator[OptionEffect]:
        row = self._master.rows(CRITERIA)[key]
        indicator = self._indicators.get(text(row, "indicator"), {})
        blank = self._is_blank(key)
        tried = [o for o in options(matter, row) if o is not None]
        if matter.number and blank:
            tried = self._numbers(matter, row)
        for option in tried:
            if option == matter.value:
                continue
            now = self._moved(indicator, {key: self.alternative.score(key, {matter.item: option})})
            most, example = 0.0, ""
            if blank:
                most, example = self._could_move(matter, key, indicator, option)
            elif not now:
                most = self._jointly(matter, key, option)
            yield OptionEffect(option, now, most, example)

    def _jointly(self, matter: Matter, key: str, option: ChosenOption) -> float:
        """What an option that moves nothing by itself moves with other rulings of the indicator."""
        indicator = self._indicators.get(text(self._master.rows(CRITERIA)[key], "indicator"), {})
        found = [0.0]
        for shared, others in self._others(indicator, matter, key):
            row = {**indicator, **({"combine": shared[COMBINE]} if shared.get(COMBINE) else {})}
            before, after = (
                {k: self.alternative.score(k, chosen) for k, chosen in some.items()}
                for some in (others, {**others, key: {**others[key], matter.item: option}})
            )
            for name in SCORES:
                ends = [self._total(row, scores, name) or 0.0 for scores in (before, after)]
                found.append(round(ends[1] - ends[0], 2))
        return max(found, key=abs)

    def _others(
        self, indicator: Row, matter: Matter, key: str
    ) -> Iterator[tuple[dict[str, ChosenOption], dict[str, dict[str, ChosenOption]]]]:
        """Combinations of what else is open for an indicator: for it, and for each criterion."""
        rows = self._master.rows(CRITERIA)
        own = self._own.get(text(indicator, "no"), [])
        open_ = [
            (k, m, options(m, rows[k]))
            for k in own
            for m in self.alternative.own(k)
            if not m.ruled and (k, m.item) != (key, matter.item)
        ]
        shared = [
            ("", m, options(m, {})) for m in self.alternative.shared(indicator) if not m.ruled
        ]
        every = [*shared, *open_]
        for chosen in islice(product(*(may for _, _, may in every)), _MOST_TRIALS):
            whole: dict[str, ChosenOption] = {}
            each: dict[str, dict[str, ChosenOption]] = {k: {} for k in own}
            for (k, m, _), option in zip(every, chosen, strict=True):
                (each[k] if k else whole)[m.item] = option
            yield (
                whole,
                {k: {**self.alternative.policies(k, whole), **each[k]} for k in own},
            )

    def _is_blank(self, key: str) -> bool:
        row = self._master.rows(CRITERIA)[key]
        kept = kept_points(row) is not None
        return row.get("answer") is None and row.get("ruling") is None and not kept

    def _numbers(self, matter: Matter, row: Row) -> list[str]:
        """Numbers to try where no answer says which ones make a difference."""
        held = parse_number(matter.value) or 0.0
        most = points_of(row)
        ranked = text(row, "kind") == Rank.name
        numbers = [max(1.0, held // 2), held * 2 or 1.0] if ranked else [0.0, most]
        return [number_text(number) for number in numbers]

    def _could_move(
        self, matter: Matter, key: str, indicator: Row, option: str
    ) -> tuple[float, str]:
        """The largest difference that the option makes under any answer, and that answer."""
        if matter.item == ABSENT:
            return self._if_absent(key, indicator, {ABSENT: option}), NOT_APPLICABLE
        best = (0.0, "")
        row = self._master.rows(CRITERIA)[key]
        answers = dict.fromkeys(self._answers(key, ({}, {matter.item: option})))
        others = [m for m in self.alternative.own(key) if not m.ruled and m.item != matter.item]
        ways = product(*(options(m, row) for m in others))  # what holds comes first
        left = _MOST_TRIALS
        for way in ways:
            held = {m.item: one for m, one in zip(others, way, strict=True)}
            tried = list(islice(answers, left))
            left -= len(tried)
            if not tried:
                break
            before, after = (
                self.alternative.claimed(key, chosen, tried)
                for chosen in (held, {**held, matter.item: option})
            )
            for answer, less, more in zip(tried, before, after, strict=True):
                moved = round((more or 0.0) - (less or 0.0), 2)
                if abs(moved) > abs(best[0]):
                    best = (moved, str(answer))
        return best

    def _answers(self, key: str, choices: Iterable[Mapping[str, ChosenOption]]) -> Iterator[Value]:
        row = self._master.rows(CRITERIA)[key]
        for chosen in choices:
            try:
                yield from trial_answers(Question.of(row, self.alternative.rulings(key, chosen)))
            except (ParamsError, AnswerError):
                return

    # -- matters of one indicator

    def _of_indicator(self, matter: Matter) -> Iterator[OptionEffect]:
        indicator = self._indicators[matter.subject]
        for option in options(matter, {}):
            if option is None or option == matter.value:
                continue
            if matter.item == COMBINE:
                changed = {**indicator, "combine": option}
                now = self._moved(changed, {})
                most = self._combined_otherwise(indicator, changed)
            else:
                affected = self._absent_in(indicator, matter)
                now = self._moved(
                    indicator, {k: self.alternative.score(k, {ABSENT: option}) for k in affected}
                )
                blank = [k for k in affected if self._is_blank(k)]
                found = [self._if_absent(k, indicator, {ABSENT: option}) for k in blank]
                most = max(found, key=abs, default=0.0)
            yield OptionEffect(option, now, most)

    def _absent_in(self, indicator: Row, matter: Matter) -> list[str]:
        """The criteria that go by what is ruled for their indicator."""
        own = self._own.get(text(indicator, "no"), [])
        chosen = {matter.item: matter.value}
        return [key for key in own if self.alternative.policies(key, chosen)]

    def _combined_otherwise(self, before: Row, after: Row) -> float:
        """The largest difference that it makes with other answers and other rulings."""
        own = self._own.get(text(before, "no"), [])
        tried = [self._possible(key) for key in own]
        count = 1
        for values in tried:
            count *= len(values)
        if count > _MOST_TRIALS:
            tried = [sorted({min(values), max(values)}) for values in tried]
        totals = (
            (indicator_total(after, "claimed", [*p], 1.0) or 0.0)
            - (indicator_total(before, "claimed", [*p], 1.0) or 0.0)
            for p in product(*tried)
        )
        return max((round(total, 2) for total in totals), key=abs, default=0.0)

    def _possible(self, key: str) -> Sequence[float]:
        """The points that a criterion may have claimed: by its answer, or by any one."""
        if not self._is_blank(key):
            return sorted({s.claimed or 0.0 for s in self.alternative.scores(key, {})})
        found = {0.0, points_of(self._master.rows(CRITERIA)[key])}
        answers = list(self._answers(key, ({},)))
        found.update(points or 0.0 for points in self.alternative.claimed(key, {}, answers))
        return sorted(found)

    def _if_absent(self, key: str, indicator: Row, chosen: Mapping[str, ChosenOption]) -> float:
        """What the option moves if the criterion does not apply and the unanswered ones are met."""
        own = self._own.get(text(indicator, "no"), [])
        row = {**self._master.rows(CRITERIA)[key], "answer": NOT_APPLICABLE}
        full = {k: self._full(k) for k in own}
        before, after = (
            self._total(indicator, {**full, key: self.alternative.score(key, c, row)}, "claimed")
            for c in ({}, chosen)
        )
        return round((after or 0.0) - (before or 0.0), 2)

    def _full(self, key: str) -> CriterionScore:
        score = self._sheet.criteria[key]
        points = points_of(self._master.rows(CRITERIA)[key])
        return score if score.claimed is not None else CriterionScore(points, None, None, 0.0, "")

    # -- what the scorer says

    def _moved(self, indicator: Row, changed: Mapping[str, CriterionScore]) -> dict[str, float]:
        """By how much each total changes with these scores, and with this row of the indicator."""
        no = text(indicator, "no")
        held = {key: self._sheet.criteria[key] for key in self._own.get(no, [])}
        moved: dict[str, float] = {}
        for name in SCORES:
            after = self._total(indicator, {**held, **changed}, name)
            before = self._total(self._indicators.get(no, indicator), held, name)
            moved[name] = round((after or 0.0) - (before or 0.0), 2)
            if any(name in s.voids_all for s in changed.values()) != self._is_void(name):
                moved[name] = self._whole(name, {**self._sheet.criteria, **changed})
        return {name: points for name, points in moved.items() if points}

    def _is_void(self, name: str) -> bool:
        return any(name in score.voids_all for score in self._sheet.criteria.values())

    def _whole(self, name: str, scores: Mapping[str, CriterionScore]) -> float:
        """The change of the total over all indicators, where something voids everything or not."""
        before, after = (
            0.0
            if any(name in score.voids_all for score in some.values())
            else sum(
                self._total(row, {k: some[k] for k in self._own.get(no, [])}, name) or 0.0
                for no, row in self._indicators.items()
            )
            for some in (self._sheet.criteria, scores)
        )
        return round(after - before, 2)

    def _total(
        self, indicator: Row, scores: Mapping[str, CriterionScore], name: str
    ) -> float | None:
        rows = self._master.rows(CRITERIA)
        points = [(key, points_of(rows[key])) for key in scores]
        values = [v for score in scores.values() if (v := getattr(score, name)) is not None]
        return indicator_total(indicator, name, values, factor_of(indicator, points, scores, name))


def _signed(points: float) -> str:
    return f"{'+' if points > 0 else '-'}{number_text(abs(points))}"
