"""What a reader notes beside the plan: guesses, problems, rows for sign-off."""

from dataclasses import dataclass, field

from qcity_xl.core.plan import Ruling
from qcity_xl.core.problems import Problem
from qcity_xl.core.reading.model import Guess


@dataclass(slots=True)
class Findings:
    """Lists that grow while a document is read."""

    guesses: list[Guess] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)

    def guess(
        self, where: str, subject: str, what: str, taken: str, reason: str, question: str = ""
    ) -> None:
        """Note what was taken where the document is not certain, with its row for sign-off."""
        asked = question or f"{where}：{what}取“{taken}”，是否正确"
        self.guesses.append(Guess(where, subject, what, taken, reason))
        self.rulings.append(Ruling(subject, what, asked, taken, reason))

    def ask(self, where: str, subject: str, item: str, question: str, reason: str) -> None:
        """Put something to the office that has no answer to begin with."""
        self.guesses.append(Guess(where, subject, question, "", reason))
        self.rulings.append(Ruling(subject, item, question, "", reason))

    def problem(self, code: str, where: str, found: str, allowed: str, fix: str) -> None:
        """Note a mistake in the document that the office should look at."""
        self.problems.append(Problem(code, "warning", "原文件", where, found, allowed, fix))

    def open_rulings(self) -> tuple[Ruling, ...]:
        """The rows for sign-off, the first for each subject and item."""
        rows: dict[str, Ruling] = {}
        for ruling in self.rulings:
            rows.setdefault(ruling.key, ruling)
        return tuple(rows.values())
