"""An outcome as lines of text; how advice is worded is the caller's."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qcity_xl.core.advice import Advice
from qcity_xl.core.text import number_text
from qcity_xl.steps.shared.outcome import Column, Outcome, OutcomeValue, Section


def text_lines(
    outcome: Outcome[Any],
    word: Callable[[Advice], str] | None = None,
    drawn: Callable[[Section], Iterable[str]] | None = None,
) -> list[str]:
    """Summary, sections, notices, advice; without `word` no advice. Sections that have shares are
    `drawn`, where that can be done.
    """
    lines = [outcome.summary]
    for section in outcome.sections:
        shares = any(column.kind == "share" for column in section.columns)
        lines += drawn(section) if drawn and shares else section_lines(section)
    lines += outcome.notices
    return lines + [word(advice) for advice in outcome.advice if word]


def section_lines(section: Section) -> Iterator[str]:
    """Title, rows, and how many rows are not shown."""
    if not section.rows:
        return
    if section.title:
        yield f"{section.title}："
    shown, cut = shortened(section)
    for row in shown:
        cells = zip(section.columns, row, strict=True)
        words = [(column, cell_text(column, value)) for column, value in cells]
        line = "".join(_joined(column, word) for column, word in words if column.kind != "note")
        yield f"  {line.rstrip()}"
        yield from (f"      {word}" for column, word in words if column.kind == "note" and word)
    if cut:
        yield f"  …… 另有{cut}行" + (f"，见「{section.sheet}」" if section.sheet else "")


def shortened(section: Section) -> tuple[tuple[tuple[OutcomeValue, ...], ...], int]:
    """The rows that are enough, and how many there are besides."""
    most = len(section.rows) if section.most is None else section.most
    rows = section.rows[-most:] if section.newest else section.rows[:most]
    return rows, len(section.rows) - len(rows)


def _joined(column: Column, word: str) -> str:
    return f"{word}  " if word and column.kind != "label" else word


def cell_text(column: Column, value: OutcomeValue) -> str:
    """A cell as text, by the kind of its column; "" for an empty one."""
    if column.kind == "points":
        return f"{column.name}{'未评' if value is None else f'{_number(value)}分'}"
    if value is None or value == "" or column.kind == "share":
        return ""
    if column.kind == "count":
        return f"{column.name}{_number(value)}{column.unit}"
    forms = {"state": f"[{value}]", "label": f"{value}："}
    return forms.get(column.kind) or (_number(value) if not isinstance(value, str) else value)


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else number_text(value)
