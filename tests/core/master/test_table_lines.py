"""New rows take blank lines first; a table never loses its last line, and no user's cell."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import Change, added_row, dropped_row
from qcity_xl.core.master.table_lines import LinePlan, TableLines, plan_lines
from qcity_xl.core.values import Value

NAME, TITLE, OWN = 1, 2, 3  # columns: row id, ours, one that the user added


@dataclass
class Sheet:
    """A table from line 5 on; `own` has what the user typed beside it, = begins a formula."""

    last: int
    rows: dict[str, int] = field(default_factory=dict)
    own: dict[int, str] = field(default_factory=dict)

    @property
    def lines(self) -> TableLines:
        return TableLines(
            5, self.last, self.rows, (NAME, TITLE), (OWN,), self._value, self._is_formula
        )

    def apply(self, changes: list[Change]) -> LinePlan:
        plan = plan_lines(self.lines, changes)
        self.last += plan.grow - plan.shrink
        self.rows = {row: line for row, line in plan.rows.items() if row not in plan.gone}
        return plan

    def _value(self, line: int, col: int) -> Value:
        if col == OWN:
            return self.own.get(line)
        return next((row for row, at in self.rows.items() if at == line), None)

    def _is_formula(self, line: int, col: int) -> bool:
        return col == OWN and self.own.get(line, "").startswith("=")


def add(*rows: str) -> list[Change]:
    return [change for row in rows for change in added_row("tblTasks", row, {"text": "抽检"})]


def drop(*rows: str) -> list[Change]:
    return [change for row in rows for change in dropped_row("tblTasks", row, {"text": "抽检"})]


def test_rows_take_blank_lines_and_then_new_ones() -> None:
    sheet = Sheet(8, {"甲": 5, "乙": 7})
    plan = sheet.apply(add("丙", "丁", "戊"))
    assert (plan.rows["丙"], plan.rows["丁"], plan.rows["戊"]) == (6, 8, 9)
    assert (plan.grow, plan.shrink) == (1, 0)


@pytest.mark.parametrize(("typed", "line"), [("李工", 7), ("=B6", 6)])
def test_a_line_with_a_user_s_words_is_not_free_but_one_with_a_formula_is(
    typed: str, line: int
) -> None:
    sheet = Sheet(7, {"甲": 5}, {6: typed})
    assert sheet.apply(add("乙")).rows["乙"] == line


def test_lines_at_the_end_are_given_back_up_to_a_user_s_words() -> None:
    sheet = Sheet(8, {"甲": 5, "乙": 6, "丙": 7, "丁": 8}, {6: "李工"})
    assert sheet.apply(drop("乙", "丙", "丁")).shrink == 2


def test_the_last_row_leaves_a_blank_line() -> None:
    sheet = Sheet(5)  # as a new master has it
    sheet.apply(add("甲", "乙", "丙"))
    assert sheet.last == 7
    plan = sheet.apply(drop("甲", "乙", "丙"))
    assert (plan.shrink, sheet.last) == (2, 5)
    assert sheet.apply(add("丁")).rows["丁"] == 5


def test_a_row_that_goes_and_comes_again_keeps_its_line() -> None:
    sheet = Sheet(6, {"甲": 5, "乙": 6})
    plan = sheet.apply([*drop("乙"), *add("乙")])
    assert (plan.rows["乙"], plan.gone, plan.shrink) == (6, frozenset(), 0)


STEPS = st.lists(
    st.tuples(st.sets(st.sampled_from("甲乙丙丁戊己")), st.sets(st.sampled_from("甲乙丙丁戊己"))),
    max_size=8,
)


@given(STEPS, st.sets(st.integers(5, 12), max_size=3))
def test_whatever_comes_and_goes(steps: list[tuple[set[str], set[str]]], own: set[int]) -> None:
    sheet = Sheet(max(own, default=5), {}, dict.fromkeys(own, "李工"))
    for come, go in steps:
        before = replace(sheet, rows=dict(sheet.rows))
        leaving, coming = sorted(go & set(before.rows)), sorted(come - set(before.rows))
        sheet.apply([*drop(*leaving), *add(*coming)])
        assert set(sheet.rows) == set(before.rows) - set(leaving) | set(coming)
        assert len(set(sheet.rows.values())) == len(sheet.rows), "two rows on one line"
        assert all(5 <= line <= sheet.last for line in sheet.rows.values())
        assert all(sheet.rows[row] == before.rows[row] for row in before.rows if row in sheet.rows)
        assert sheet.last >= max({5} | own), "a user's words are in the table still"
        assert not {sheet.rows[row] for row in coming} & own
