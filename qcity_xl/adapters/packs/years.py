"""Columns of 自评 for the years that a rule asks one by one: written, and read back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qcity_xl.adapters.ooxml import Book, Package
from qcity_xl.adapters.ooxml.refs import cell_name
from qcity_xl.adapters.packs.tables import SAID, Header, TableReading
from qcity_xl.core.changes import KEY
from qcity_xl.core.rounds.pack import PackContent, PackFinding, PackRow
from qcity_xl.core.rules.yearly import join_years, split_years
from qcity_xl.core.schema.pack import BY_YEAR, PACK_CRITERIA
from qcity_xl.core.values import Value, same_meaning

_LOCKED = "allowed"  # a column whose cells look as one that is not to be filled
_COLUMN = rb'<col hidden="1" ([^>]*min="%d" max="%d"/>)'
_TABLE = PACK_CRITERIA.laid_out


def under_years(content: PackContent) -> list[Mapping[str, Value]]:
    """The rows of 自评 as they are laid out: what was said of a year stands under that year."""
    return [_laid_out(content, row) for row in content.rows[_TABLE.name]]


def _laid_out(content: PackContent, row: Mapping[str, Value]) -> Mapping[str, Value]:
    years, answer = content.years.get(str(row.get(KEY)), ()), row.get("answer")
    said = split_years(answer)
    fits = said.keys() <= set(years) and (bool(said) or answer is None)
    if not years or not fits:
        return row
    return {**row, "answer": BY_YEAR, **{_field(content, year): said[year] for year in said}}


def _field(content: PackContent, year: int) -> str:
    return f"year_{content.all_years.index(year) + 1}"


def answer_fields(content: PackContent, key: str) -> tuple[str, ...]:
    """The fields where the answer of a row belongs."""
    return tuple(_field(content, year) for year in content.years.get(key, ())) or ("answer",)


def column_of(field: str) -> int:
    """Where a field of 自评 stands in packs that go out, from 1."""
    return _TABLE.fields.index(field) + 1


def lock_others(book: Book, content: PackContent, line: int, key: str) -> None:
    """Lock the cells of a row where no answer belongs; they look like it, too."""
    own = answer_fields(content, key)
    for name in ("answer", *(_field(content, year) for year in content.all_years)):
        if name not in own:
            book.look_like(_TABLE.sheet, line, column_of(name), column_of(_LOCKED))


def named_after_years(package: Package, parts: tuple[str, str], years: Sequence[int]) -> None:
    """Show the columns for these years, under their names; `parts`: sheet and table of 自评."""
    sheet, table = map(package.part, parts)
    for number, year in enumerate(years, 1):
        column = _TABLE.column(f"year_{number}")
        at = column_of(column.field)
        old, new = column.header.encode(), f"{year}年".encode()
        sheet = sheet.replace(b"<t>%s</t>" % old, b"<t>%s</t>" % new, 1)
        sheet = re.sub(_COLUMN % (at, at), rb"<col \1", sheet)
        table = table.replace(b'name="%s"' % old, b'name="%s"' % new, 1)
    package.replace(parts[0], sheet)
    package.replace(parts[1], table)


def answered_by_year(
    read: TableReading,
    header: Header,
    sent: Mapping[str, Mapping[str, Value]],
    blanks_count: bool = True,
) -> TableReading:
    """What was read of 自评, with what the years of a row say as its answer.

    A year that is blank says what was sent, where blanks don't count.
    """
    rows: list[PackRow] = []
    findings: list[PackFinding] = []
    for row in read.rows:
        values = dict(row.values)
        known, said = SAID in values, values.pop(SAID, None)
        answer, before = values.get("answer"), sent.get(row.key, {}).get("answer")
        if said is not None and not blanks_count:
            said = join_years(split_years(before) | split_years(said))
        by_year = answer == BY_YEAR
        twice = said is not None and not (by_year or answer is None)
        if twice and not same_meaning(answer, before):
            findings.append(_two_answers(header, row.line, f"{answer}", f"{said}"))
            del values["answer"]
        elif said is not None or (known and by_year):
            values["answer"] = said
        elif by_year:
            del values["answer"]
            findings += [] if header.years or findings else [_lost(header)]
        rows.append(replace(row, values=values))
    return replace(read, rows=tuple(rows), findings=(*read.findings, *findings))


def _two_answers(header: Header, line: int, answer: str, said: str) -> PackFinding:
    return PackFinding(
        header.sheet.name,
        cell_name(line, header.columns["answer"] + 1),
        f"填了“{answer[:60]}”，各年的格又填了“{said[:60]}”",
        "按年填的，只填各年的格",
        "请把“自评答案”或各年的格清空一处",
        *(_TABLE.name, line, "answer"),
    )


def _lost(header: Header) -> PackFinding:
    return PackFinding(
        header.sheet.name,
        f"第{header.line}行表头",
        "找不到按年填的各列",
        "表头如“2016年”",
        "请把表头改回原样，或把内容填回下发的原件",
        _TABLE.name,
    )
