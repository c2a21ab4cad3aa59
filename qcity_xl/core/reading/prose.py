"""A plan in prose: sentences that end in （牵头单位：…；完成时限：…）."""

import re
from collections.abc import Sequence

from qcity_xl.core.reading.labels import parse_label
from qcity_xl.core.reading.model import Cell, Outline, RawIndicator, RawSection, RawTask
from qcity_xl.core.reading.numbers import parse_heading
from qcity_xl.core.text import clean, one_line

_DUTY = "牵头单位|责任单位|牵头部门|责任部门|牵头|负责|配合单位|主办单位"
_BRACKETS = re.compile(r"[（(]((?:[^（）()]|[（(][^（）()]*[）)])*)[）)][。；]?\s*$")
_TAIL = re.compile(r"(?:[。；]|^)\s*((?:牵头单位|责任单位|牵头部门|责任部门|牵头)[：:].*)$", re.S)
_TIME = re.compile(r"(?:完成|办结)?(?:时限|时间|期限)(?:要求)?[：:]\s*([^；;。，]+)")
_HEAD = re.compile(r"\s*([（(][一二三四五六七八九十]{1,3}[）)])\s*([^。；]{2,30})。\s*(.*)", re.S)
_FEW = 3  # so many sentences with their units make a document a plan


def read_prose(cells: Sequence[Cell]) -> Outline | None:
    """The outline of a document in prose; None where too few of its sentences name units."""
    reader = _Prose()
    for cell in cells:
        reader.feed(cell)
    return reader.outline if reader.found >= _FEW else None


class _Prose:
    """Where the reading stands: the section and the paragraph's own heading."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.found = 0
        self.section: RawSection | None = None
        self.title = ""
        self.indicator: RawIndicator | None = None

    def feed(self, cell: Cell) -> None:
        text = clean(cell.text).strip()
        heading = parse_heading(text)
        if heading and not _duty(text):
            self.section = RawSection(heading.no, heading.title, cell.where)
            self.title, self.indicator = heading.title, None
            return
        if match := _HEAD.match(text):
            self.title, self.indicator = one_line(match[2]), None
        duty = _duty(text)
        if duty is None:
            early = self.section is None and not self.outline.heading
            if early and len(text) < 60 and not re.search("[。：:]", text):
                self.outline.heading.append(one_line(text))
            elif text:
                self.outline.unplaced.append(cell)
            return
        self.found += 1
        sentence, units = duty
        if match and match[3]:
            sentence = sentence[len(text) - len(match[3]) :] or f"{match[2]}。"
        self._task(cell, sentence or text, units)

    def _task(self, cell: Cell, sentence: str, units: str) -> None:
        if self.section is None:
            self.section = RawSection(1, "", cell.where)
        if self.section not in self.outline.sections:
            self.section.no = len(self.outline.sections) + 1
            self.outline.sections.append(self.section)
        if self.indicator is None:
            self.indicator = RawIndicator(0, cell.where, self.title or self.section.title)
            self.section.indicators.append(self.indicator)
        time = _TIME.search(units)
        names = _TIME.sub("", units).strip("；;。，, ")
        _, text = parse_label(sentence) or (None, sentence)
        task = RawTask("", one_line(text), cell.where)
        task.leads = Cell(names, cell.where, "责任单位") if names else None
        task.deadline = Cell(time[1], cell.where, "完成时限") if time else None
        self.indicator.tasks.append(task)


def _duty(text: str) -> tuple[str, str] | None:
    """A sentence, and who answers for it as it says at its end."""
    for pattern in (_BRACKETS, _TAIL):
        match = pattern.search(text)
        if match and re.search(_DUTY, match[1]):
            return text[: match.start()].strip(), match[1]
    return None
