"""The findings on the embedded table, and the same on a master made from the office's document."""

import functools
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from qcity_xl.adapters.documents import read_document
from qcity_xl.adapters.templates.template import load_letters, setting_rows
from qcity_xl.core.changes import KEY
from qcity_xl.core.lint.findings import KIND_NAMES, Finding
from qcity_xl.core.lint.linter import lint
from qcity_xl.core.master.initial_rows import master_rows
from qcity_xl.core.master.known import with_known
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, INDICATORS, MASTER, RULINGS, TASKS
from tests.core.builders import SOURCE, Entry, build, embedded, embedded_plan, sound

EXPECTED = {
    "gap": "3(1) 5(1) 15(1) 17(1) 18(1) 37(1) 38(1) 41(1) 45(1)",
    "zero": "24(1) 25(1) 27(1)",
    "sum": "21 36 46",
    "boundary": "7(3) 7(4) 40(1) 40(1) 40(1)",  # at the 10th place, equal places, after the 20th
    "partial": "13(3) 13(6) 30(1) 34(1)",
    "policy": "14(2) 26(3) 32(1) 32(1) 33(1) 33(1)",
    "either": "2(2) 14(5) 42(3) 43(1)",
    "yearly": "3(1) 9(2) 13(2) 22(3) 29(2)",
    "word": "4(1) 9(3) 11(3) 12(1) 22(2) 23(1) 23(2) 23(3) 23(4) 24(1) 24(1) 25(1) 25(1) 30(3)"
    " 31(1) 43(2) 44(1) 45(1) 46(1) 47(2) 48(1) 49(1)",
    "section": "28(1)",
    "task": "2(3) 3(1) 8(3) 12(2) 17(1) 23(1) 23(2) 23(3) 23(4) 25(1) 26(1) 26(2) 26(3) 27(1)"
    " 30(1) 39(1) 42(1) 42(2) 42(3) 46(2)",
}


@functools.cache
def found() -> tuple[Finding, ...]:
    return tuple(lint(embedded()))


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_embedded_table(kind: str) -> None:
    listed = Counter(finding.criterion for finding in found() if finding.kind == kind)
    assert listed == Counter(EXPECTED.get(kind, "").split())


@pytest.mark.parametrize(
    ("label", "kind", "effects"),
    [
        ("3(1)", "gap", [10]),
        ("15(1)", "gap", [16]),
        ("27(1)", "zero", [5]),
        ("40(1)", "boundary", [10, 1, 1]),
        ("13(3)", "partial", [3.33]),
        ("26(3)", "policy", [5]),
        ("42(3)", "either", [5]),
        ("47(2)", "word", [30]),
        ("44(1)", "word", [5]),
        ("21", "sum", [0]),
    ],
)
def test_what_hangs_on_it(label: str, kind: str, effects: list[float]) -> None:
    listed = [f.effect for f in found() if (f.criterion, f.kind) == (label, kind)]
    assert listed == effects


def test_what_moves_most_comes_first() -> None:
    effects = [finding.effect for finding in found()]
    assert effects == sorted(effects, reverse=True)


def test_ids_decide_nothing() -> None:
    """The same table under other numbers has the same findings."""
    moved = {str(n): str(n + 100) for n in range(1, 51)}

    def renumbered(label: str) -> str:
        no, bracket, ordinal = label.partition("(")
        return f"{moved.get(no, no)}{bracket}{ordinal}"

    tables = dict(embedded().tables)
    for table, fields in (
        (INDICATORS, ("no",)),
        (CRITERIA, ("label", "indicator")),
        (TASKS, ("indicator",)),
        (RULINGS, ("subject",)),
    ):
        tables[table.name] = {
            key: {**row, **{f: renumbered(str(row[f])) for f in fields}}
            for key, row in tables[table.name].items()
        }
    master = replace(embedded(), tables=tables)
    assert Counter((f.criterion, f.kind, f.effect) for f in lint(master)) == Counter(
        (renumbered(f.criterion), f.kind, f.effect) for f in found()
    )


def test_a_table_that_leaves_nothing_open() -> None:
    assert [f.kind for f in lint(sound())] == []


def _from_document(shared: Path) -> Master:
    plan = read_document(shared / "seed" / "changzhou-task-table.txt").plan
    rows = master_rows(with_known(plan, embedded()), setting_rows(), load_letters(SOURCE))
    return build(
        *(
            Entry(table, str(row[KEY]), {f: v for f, v in row.items() if f != KEY})
            for table in MASTER
            for row in rows[table.name]
        )
    )


def test_the_document_has_the_same_findings(shared: Path) -> None:
    theirs = Counter((f.criterion, f.kind, f.effect) for f in lint(_from_document(shared)))
    assert theirs == Counter((f.criterion, f.kind, f.effect) for f in found())


def test_the_document_has_the_same_choices_and_defaults(shared: Path) -> None:
    by_rule = {c.label for c in embedded_plan().criteria}

    def asked(master: Master) -> dict[str, tuple[object, ...]]:
        return {
            key: (row["default"], row["options"], row["question"])
            for key, row in master.rows(RULINGS).items()
            if row["subject"] in by_rule
        }

    assert asked(_from_document(shared)) == asked(embedded())
