"""What a row of 待定事项 may become, and every score that a criterion can then have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.rulings import ABSENT, options_of, settle
from qcity_xl.core.rules import AnswerError, ParamsError, Question, Rule, parse_rule
from qcity_xl.core.rules.rank import Rank
from qcity_xl.core.schema import CRITERIA, RULINGS
from qcity_xl.core.scoring.evidence import Assessment
from qcity_xl.core.scoring.score import CriterionScore, claimed_for, score_criterion
from qcity_xl.core.text import number_text
from qcity_xl.core.values import Value, parse_number

COMBINE = "组合"
ChosenOption = str | None  # None: nothing holds
Alternatives = Mapping[str, tuple[ChosenOption, ...]]  # item -> what may hold, what holds now first


@dataclass(frozen=True, slots=True)
class Matter:
    """One row of 待定事项: what holds now, whether the office ruled so, the entries of 可选.

    A matter of `number` takes any number.
    """

    key: str
    subject: str
    item: str
    value: ChosenOption
    ruled: bool
    listed: tuple[str, ...]
    number: bool


def matters_of(master: Master) -> dict[tuple[str, str], Matter]:
    """All rows of 待定事项 by subject and item; of two rows on one thing the last one holds."""
    found: dict[tuple[str, str], Matter] = {}
    for key, row in master.rows(RULINGS).items():
        subject, item = text(row, "subject"), text(row, "item")
        settled, listed = settle(row), options_of(row)
        number = not listed and parse_number(row.get("default")) is not None
        found[subject, item] = Matter(
            key, subject, item, settled.value, settled.ruled, listed, number
        )
    return found


def options(matter: Matter, criterion: Row) -> tuple[ChosenOption, ...]:
    """What a matter may become, as far as it can make a difference to the answers of a criterion.

    Of numbers those that bound all others: of places the one that was reached and the one before,
    of points none and all.
    """
    if not matter.number:
        return tuple(dict.fromkeys((matter.value, *matter.listed)))
    rule = _rule(criterion)
    numbers: Sequence[float] = ()
    if isinstance(rule, Rank):
        places = list(_places(rule, criterion))
        numbers = [1, *(n for place in places for n in (place - 1, place) if n >= 1)]
    elif rule is not None:
        numbers = [0, parse_number(criterion.get("points")) or 0]
    return tuple(dict.fromkeys((matter.value, *map(number_text, numbers))))


def _rule(criterion: Row) -> Rule | None:
    points = parse_number(criterion.get("points")) or 0.0
    try:
        return parse_rule(
            text(criterion, "kind").strip(), text(criterion, "params").strip(), points
        )
    except ParamsError:
        return None


def _places(rule: Rank, criterion: Row) -> Iterator[float]:
    for name in ("answer", "ruling"):
        answer = criterion.get(name)
        if answer is not None:
            try:
                yield rule.measure.read(answer)
            except AnswerError:
                continue


class _Asking(Mapping[str, str]):
    """Rulings that note the first item asked for of those that are still to be chosen."""

    def __init__(self, chosen: Mapping[str, ChosenOption], waiting: Alternatives) -> None:
        self._chosen, self._waiting = chosen, waiting
        self.asked = ""

    def __getitem__(self, item: str) -> str:
        if item in self._waiting and not self.asked:
            self.asked = item
        value = self._chosen.get(item)
        if value is None:
            raise KeyError(item)
        return value

    def __iter__(self) -> Iterator[str]:
        return (item for item, value in self._chosen.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Alternative:
    """Scores of the criteria of a master, each under other rulings than those that hold."""

    def __init__(self, master: Master, assessment: Assessment) -> None:
        """Sort out which matters concern which criterion."""
        self._master = master
        self._rulings = master.rulings()
        self.matters = matters_of(master)
        self._gaps = {
            key: [gap.sentence() for gap in assessment.lacking(key)]
            for key in master.rows(CRITERIA)
        }
        self._by_subject: dict[str, list[Matter]] = {}
        for matter in self.matters.values():
            self._by_subject.setdefault(matter.subject, []).append(matter)

    def own(self, key: str) -> list[Matter]:
        """The matters of a criterion alone."""
        return self._by_subject.get(text(self._master.rows(CRITERIA)[key], "label"), [])

    def shared(self, indicator: Row) -> list[Matter]:
        """The matters of an indicator that its scores rest on."""
        mine = self._by_subject.get(text(indicator, "no"), [])
        return [matter for matter in mine if matter.item in (ABSENT, COMBINE)]

    def score(
        self, key: str, chosen: Mapping[str, ChosenOption], row: Row | None = None
    ) -> CriterionScore:
        """The scores of a criterion under what holds and what is `chosen` instead.

        With `row` its answers are other ones.
        """
        return score_criterion(
            self._master, key, self.rulings(key, chosen), self._gaps[key], [], row
        )

    def claimed(
        self, key: str, chosen: Mapping[str, ChosenOption], answers: Iterable[Value]
    ) -> list[float | None]:
        """自评 of a criterion for each of these answers, all other scores left aside."""
        row = self._master.rows(CRITERIA)[key]
        try:
            question = Question.of(row, self.rulings(key, chosen))
        except ParamsError:
            return [None for _ in answers]
        return [claimed_for(question, answer) for answer in answers]

    def scores(self, key: str, shared: Mapping[str, ChosenOption]) -> list[CriterionScore]:
        """All that a criterion can score, whatever the office rules on what is open.

        Only matters that its rule asks for with its answers are varied.
        """
        row = self._master.rows(CRITERIA)[key]
        waiting = {m.item: options(m, row) for m in self.own(key) if not m.ruled}
        if not waiting:
            return [self.score(key, shared)]
        found: list[CriterionScore] = []
        branches: list[dict[str, ChosenOption]] = [{}]
        while branches:
            chosen = branches.pop()
            left = {item: may for item, may in waiting.items() if item not in chosen}
            asking = _Asking(self._under(key, {**shared, **chosen}), left)
            score = score_criterion(self._master, key, asking, self._gaps[key], [])
            if asking.asked:
                branches += [{**chosen, asking.asked: one} for one in left[asking.asked]]
            else:
                found.append(score)
        return found

    def rulings(self, key: str, chosen: Mapping[str, ChosenOption]) -> dict[str, str]:
        """What holds for a criterion, with what is chosen instead."""
        return {i: o for i, o in self._under(key, chosen).items() if o is not None}

    def _under(self, key: str, chosen: Mapping[str, ChosenOption]) -> dict[str, ChosenOption]:
        row = self._master.rows(CRITERIA)[key]
        return {**self._rulings.get(text(row, "label"), {}), **chosen}

    def policies(self, key: str, shared: Mapping[str, ChosenOption]) -> dict[str, ChosenOption]:
        """What of the choices for an indicator holds for one of its criteria: one with a row of
        its own goes by that.
        """
        label = text(self._master.rows(CRITERIA)[key], "label")
        return {i: o for i, o in shared.items() if i == ABSENT and (label, i) not in self.matters}


__all__ = [
    "COMBINE",
    "Alternative",
    "Alternatives",
    "ChosenOption",
    "Matter",
    "matters_of",
    "options",
]
