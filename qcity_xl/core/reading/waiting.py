"""The cells of an indicator, kept until its number is known."""

from qcity_xl.core.reading.columns import Role
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import Outline, RawIndicator, RawSection
from qcity_xl.core.reading.numbers import parse_title, parse_worth
from qcity_xl.core.reading.parts import Part
from qcity_xl.core.text import fold, one_line


class Waiting:
    """Cells that wait for an indicator, and the indicators found so far."""

    def __init__(self, outline: Outline, findings: Findings) -> None:
        """Indicators go into the outline's last section."""
        self._outline, self._findings = outline, findings
        self._cells: list[tuple[Role, Part]] = []
        self.known: dict[int, RawIndicator] = {}

    def add(self, part: Part, role: Role) -> None:
        """Keep a cell for the indicator that the next task names."""
        if role == "title" and parse_title(part.text) and self.find("title"):
            self.settle()
        self._cells.append((role, part))

    def find(self, *roles: Role) -> Part | None:
        """The first waiting cell of these roles, of any without roles."""
        return next((part for role, part in self._cells if not roles or role in roles), None)

    def number(self) -> int | None:
        """The number that a waiting title bears."""
        title = self.find("title")
        own = parse_title(title.text) if title else None
        return own[0] if own else None

    def settle(self, number: int | None = None) -> RawIndicator | None:
        """Give the waiting cells to their indicator, and find the one of a task's number.

        Cells without a title's or a task's number are left over. None where there is no such
        indicator in this section.
        """
        own = self.number()
        if own is not None and number not in (None, own):
            self._give(own)
        wanted = own if number is None else number
        found = None if wanted is None else self._give(wanted)
        self._cells = []
        return found

    def next_number(self) -> int:
        """The number after the highest so far."""
        return max(self.known, default=0) + 1

    def _give(self, number: int) -> RawIndicator | None:
        section, first = self._section(), self.find()
        if number not in self.known:
            where = first.cell.where if first else section.where
            self.known[number] = RawIndicator(number, where)
            section.indicators.append(self.known[number])
        indicator = self.known[number]
        cells, self._cells = self._cells, []
        if indicator in section.indicators:
            for role, part in cells:
                part.placed = _take(indicator, role, part)
            return indicator
        if first:
            repeated(self._findings, f"指标编号{number}", first)
        return None

    def _section(self) -> RawSection:
        if not self._outline.sections:
            self._outline.sections.append(RawSection(1, "", "开头"))
        return self._outline.sections[-1]


def _take(indicator: RawIndicator, role: Role, part: Part) -> bool:
    """Write one cell into its indicator; whether it found room there."""
    if role == "points":
        worth = parse_worth(part.text)
        if indicator.points is None:
            indicator.points = worth
        return indicator.points == worth
    if role == "title":
        own = parse_title(part.text)
        title = one_line(own[1] if own else part.text)
        indicator.title = indicator.title or title
        return fold(title) in fold(indicator.title)
    # Where the cell is not merged, rule and methods go on beside the later tasks.
    if role == "rule" and fold(part.text) not in fold(indicator.wording):
        indicator.wording += part.flat
    if role == "methods" and fold(part.text) not in fold(indicator.methods):
        indicator.methods = f"{indicator.methods}\n{part.text}".strip()
    return role in ("rule", "methods")


def repeated(findings: Findings, what: str, part: Part) -> None:
    """Note a number that is used for two things."""
    findings.problem(
        "number-repeated",
        part.cell.where,
        f"{what}用了不止一次，内容不同",
        "全文编号不重复",
        "在原文件改正编号后重新读入，或手工补到总表",
    )
