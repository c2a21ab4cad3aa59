"""A criterion as the linter looks at it: its rule, what it says, the tasks that serve it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qcity_xl.core.lint.findings import Finding, Interpretation
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.rules import AnswerError, ParamsError, Question, Rule, Rulings
from qcity_xl.core.rules.levels import choices_in_full
from qcity_xl.core.schema import CRITERIA, INDICATORS, RULINGS, TASKS
from qcity_xl.core.text import one_line


@dataclass(frozen=True)
class Case:
    """One criterion. `wording` is its text with what its levels say; `tasks` the texts of the tasks
    of its indicator; `asked` the rows of 待定事项 on it, by their items; `siblings` the texts of
    the other criteria of the indicator.
    """

    row: Row
    question: Question
    wording: str
    tasks: tuple[str, ...]
    siblings: tuple[str, ...]
    asked: Mapping[str, Row]

    @property
    def label(self) -> str:
        """13(3)."""
        return text(self.row, "label")

    @property
    def rule(self) -> Rule:
        """Its rule."""
        return self.question.rule

    def score(
        self, answer: str, rulings: Rulings | None = None, rule: Rule | None = None
    ) -> float | None:
        """Points for an answer, perhaps under other rulings or another rule; None for 未评."""
        held = {**self.question.rulings, **(rulings or {})}
        try:
            return replace(self.question, rule=rule or self.rule, rulings=held).score(answer).points
        except AnswerError:
            return None

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Answers that between them earn all that can be earned, and the least."""
        rule, rulings = self.rule, self.question.rulings
        tried = (*choices_in_full(rule, rulings), *rule.trials(rulings), *_named(rule))
        return tuple(answer for answer in tried if self.score(answer) is not None)

    @cached_property
    def best(self) -> float:
        """The most that an answer earns."""
        return max((self.score(answer) or 0.0 for answer in self.answers), default=0.0)

    @cached_property
    def least(self) -> float:
        """The least that an answer earns."""
        return min((self.score(answer) or 0.0 for answer in self.answers), default=0.0)

    def finding(self, kind: str, found: str, *ways: tuple[str, float | None]) -> Finding:
        """A finding on it; ways that can't be scored are left out."""
        options = tuple(
            Interpretation(words, points) for words, points in ways if points is not None
        )
        return Finding(self.label, kind, found, options)

    def all_or_nothing(self, kind: str, found: str, yes: str, no: str) -> Finding:
        """A finding that decides between the best and the least."""
        return self.finding(kind, found, (yes, self.best), (no, self.least))


def _named(rule: Rule) -> Sequence[str]:
    """The words of a rank, for which there is no dropdown."""
    places = getattr(rule, "places", ())
    return [place.last or "其余" for place in places]


def cases_of(master: Master) -> Iterator[Case]:
    """Every criterion whose rule can be read."""
    held = master.rulings()
    tasks = _texts(master, TASKS.name, "text")
    texts = _texts(master, CRITERIA.name, "text")
    asked: dict[str, dict[str, Row]] = {}
    for row in master.rows(RULINGS).values():
        asked.setdefault(text(row, "subject"), {})[text(row, "item")] = row
    known = {text(row, "no") for row in master.rows(INDICATORS).values()}
    for row in master.rows(CRITERIA).values():
        label, indicator = text(row, "label"), text(row, "indicator")
        try:
            question = Question.of(row, held.get(label, {}))
        except ParamsError:
            continue
        own = one_line(text(row, "text"))
        listed = text(row, "params") if question.rule.name == "分档" else ""
        yield Case(
            row,
            question,
            f"{own}；{one_line(listed)}" if listed else own,
            tuple(tasks.get(indicator, ())) if indicator in known else (),
            tuple(other for other in texts.get(indicator, ()) if other != own),
            {**asked.get(indicator, {}), **asked.get(label, {})},
        )


def _texts(master: Master, table: str, field: str) -> dict[str, list[str]]:
    """Texts of the rows of a table, by their indicator."""
    found: dict[str, list[str]] = {}
    for row in master.tables.get(table, {}).values():
        found.setdefault(text(row, "indicator"), []).append(one_line(text(row, field)))
    return found
