"""What cells offer where each row offers its own: by its rule on 得分点, by 可选 on 待定事项."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from openpyxl.worksheet.datavalidation import DataValidation

from qcity_xl.adapters.master_file.entry_rules import choice_list, guarded, prompt
from qcity_xl.adapters.master_file.master_tables import KnownTable
from qcity_xl.adapters.ooxml import Book
from qcity_xl.adapters.ooxml.errors import ValidationsOverlap
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.master.rulings import AGREE, held_rulings, options_of
from qcity_xl.core.rules import ParamsError, Question, Rulings
from qcity_xl.core.rules.base import Measure
from qcity_xl.core.schema import CRITERIA, RULINGS

ANSWERS = ("answer", "ruling")
_REVIEW_ONLY = "由评审给分，自评不用填"
_FIELDS = {CRITERIA.name: ANSWERS, RULINGS.name: ("choice",)}
_NOTHING = DataValidation(allow_blank=True)  # of a rule that can't be read: any words


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """What 自评答案 or 核定 takes: all that a validation says, but for the cell it speaks of."""

    field: str
    choices: tuple[str, ...]
    allowed: str
    measure: Measure | None

    @classmethod
    def of(cls, question: Question, field: str) -> "AnswerEntry":
        """What the cell of this field takes for an answer to the question."""
        if question.rule.reviewed_only and field == "answer":
            return cls(field, (), _REVIEW_ONLY, None)
        wanted = None if question.choices else question.rule.measure
        return cls(field, question.choices, question.allowed, wanted)

    def validation(self, cell: str) -> DataValidation:
        """The validation of cells of which this is the first: in the others it speaks of them."""
        header = "核定" if self.field == "ruling" else "自评答案"
        if self.choices:
            return choice_list(header, self.choices, self.allowed, strict=False)
        if self.measure is None:
            return prompt(header, self.allowed)
        return guarded(header, self.measure.entry(cell), self.allowed)


def ruling_rule(options: Sequence[str]) -> DataValidation:
    """The validation of a 裁定 between these options; of none any words will do."""
    column = RULINGS.column("choice")
    if options:
        return choice_list(column.header, (AGREE, *options), column.help)
    return prompt(column.header, f"{column.help}；同意默认就填“{AGREE}”")


def offer(
    book: Book,
    master: Master,
    tables: Mapping[str, KnownTable],
    rows: Iterable[tuple[str, str]],
) -> None:
    """Give these rows (table, row id) the dropdowns that a new master would give them.

    A cell that can't be taken out of the rule that it has keeps that.
    """
    settled = held_rulings(master.rows(RULINGS).values())
    for name, key in rows:
        line, columns = master.lines[name, key], tables[name].columns
        cells = {f: cell_name(line, columns[f]) for f in _FIELDS[name] if f in columns}
        rules = _rules(name, master.tables[name][key], settled, cells)
        for field in cells:
            rule = dict(rules.get(field, _NOTHING))
            rule.pop("sqref")
            formula = rules[field].formula1 if field in rules else None
            with suppress(ValidationsOverlap):
                book.put_validation(tables[name].sheet, line, columns[field], rule, formula)


def _rules(
    name: str,
    row: Row,
    settled: Mapping[str, Mapping[str, str]],
    cells: Mapping[str, str],
) -> dict[str, DataValidation]:
    if name == RULINGS.name:
        return {"choice": ruling_rule(options_of(row))}
    return _answer_rules(row, settled.get(str(row.get("label")), {}), cells)


def _answer_rules(
    row: Row, rulings: Rulings, cells: Mapping[str, str]
) -> dict[str, DataValidation]:
    """The validations of one row's cells, by field; `cells` are the addresses of its fields.

    None for a rule that can't be read.
    """
    with suppress(ParamsError):
        question = Question.of(row, rulings)
        return {f: AnswerEntry.of(question, f).validation(cell) for f, cell in cells.items()}
    return {}
