"""A plan as lines, as a chat holds it: numbered indicators with their points, what earns them,
牵头：… 配合：… and 时限：….
"""

import re
from collections.abc import Sequence

from qcity_xl.core.reading.headings import section_heading
from qcity_xl.core.reading.labels import parse_label
from qcity_xl.core.reading.model import Cell, Outline, RawIndicator, RawSection, RawTask
from qcity_xl.core.reading.numbers import halved
from qcity_xl.core.reading.parts import is_scoring
from qcity_xl.core.text import clean, one_line

# Pictures, ticks and stars that a chat puts before a line; keycaps (1️⃣) are numbers.
_SIGN = re.compile(r"^[\s\u2190-\u21ff\u2500-\u2bff\ufe0f\U0001f000-\U0001faff•·*]+")
_KEYCAP = re.compile("(\\d)\ufe0f?\u20e3\\s*")
_WORTH = re.compile(r"[\s(]*(?:满分|分值|计|共)?[:：]?\s*(\d+(?:\.\d+)?)\s*分\s*\)?\s*$")
_LABELS = {
    "leads": "牵头(?:单位|部门)?|责任(?:单位|部门)|主办(?:单位)?",
    "partners": "(?:配合|协办|参与)(?:单位|部门)?",
    "deadline": "(?:完成)?(?:时限|时间|期限)(?:要求)?",
}
_LABEL = re.compile(
    "(?:^|[\\s；;，,])(?:" + "|".join(f"(?P<{n}>{p})" for n, p in _LABELS.items()) + ")[：:]"
)
_CALLED = re.compile(r"@\s*")
_PERSON = re.compile(r"(?<=[局委办部院会厅处府])\s+[\u4e00-\u9fff]{2,3}$")
_FEW = 2  # so many indicators with points and with units make lines a plan


def read_listing(cells: Sequence[Cell]) -> Outline | None:
    """The outline of a plan in lines; None where the lines are none."""
    reader = _Lines()
    for cell in cells:
        reader.feed(cell)
    led = sum(bool(raw.tasks and raw.tasks[0].leads) for raw in reader.outline.indicators())
    graded = sum(bool(raw.wording) for raw in reader.outline.indicators())
    return reader.outline if min(led, graded) >= _FEW else None


class _Lines:
    """Where the reading stands: the section and the indicator whose lines follow."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.indicator: RawIndicator | None = None

    def feed(self, cell: Cell) -> None:
        text = _SIGN.sub("", _KEYCAP.sub(r"\1. ", clean(cell.text))).strip()
        if not re.search(r"\w", text):
            return  # blank, or a line drawn between two
        heading = section_heading(text, len(self.outline.sections) + 1)
        if heading and heading.points is not None and not _LABEL.search(text):
            section = RawSection(heading.no, heading.title, cell.where, heading.points)
            section.bonus = heading.bonus
            self.outline.sections.append(section)
            self.indicator = None
        elif not (self._begun(text, cell) or self._labelled(text, cell) or self._earned(text)):
            self.outline.unplaced.append(cell)

    def _begun(self, text: str, cell: Cell) -> bool:
        """Whether a line is an indicator: a number, a title, its points."""
        label, worth = parse_label(text), _WORTH.search(halved(text))
        if label is None or worth is None or re.search("[。；，]|得$", text[: worth.start()]):
            return False
        if not self.outline.sections:
            self.outline.sections.append(RawSection(1, "", cell.where))
        title = one_line(label[1][: len(label[1]) - (len(text) - worth.start())])
        raw = RawIndicator(0, cell.where, title, float(worth[1]), label=label[0])
        self.outline.sections[-1].indicators.append(raw)
        self.indicator = raw
        return True

    def _labelled(self, text: str, cell: Cell) -> bool:
        """Whether a line says who, with whom and by when: the indicator's title is the task."""
        found = list(_LABEL.finditer(text))
        if self.indicator is None or not found or text[: found[0].start()].strip():
            return False
        if not self.indicator.tasks:
            self.indicator.tasks.append(RawTask("", self.indicator.title, self.indicator.where))
        task = self.indicator.tasks[0]
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=True):
            field = str(match.lastgroup)
            value = _PERSON.sub("", _CALLED.sub("", text[match.end() : end]).strip())
            if getattr(task, field) is not None:
                return False
            setattr(task, field, Cell(value.strip(), cell.where, match[0].strip("：:；;，, ")))
        return True

    def _earned(self, text: str) -> bool:
        """Whether a line says how points of the indicator are earned."""
        if self.indicator is None or not is_scoring(text):
            return False
        if self.indicator.tasks and self.indicator.wording:
            return False  # its lines are over
        wording = self.indicator.wording
        self.indicator.wording = f"{wording}；{text}" if wording else text
        return True
