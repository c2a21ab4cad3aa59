"""Operations are taken back in any order; what a later one holds stays and is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import HEADER, KEY, Change, added_row, dropped_row
from qcity_xl.core.history.log import OPERATION, UNDO, Stamp, as_lines, log_rows, operations, verify
from qcity_xl.core.history.undo import BY_HAND, Undoing, last_operation, plan_undo
from qcity_xl.core.master.model import Master
from qcity_xl.core.schema import CRITERIA, EVIDENCE, LOG, SETTINGS

FIELDS = ("answer", "note", "owner")
START = Master({CRITERIA.name: {f"C{n}": {KEY: f"C{n}"} for n in range(3)}, EVIDENCE.name: {}})


def cell(row: str, field: str, old: str | None, new: str | None) -> Change:
    return Change(CRITERIA.name, row, field, old, new)


def done(master: Master, changes: list[Change], source: str = "") -> Master:
    """The master after an operation, logged; each change must find what it expects."""
    for change in changes:
        row = master.tables[change.table].get(change.row, {})
        assert row.get(change.field) == change.old, change
        master = master.with_changes([change])
    command = UNDO if source else "手工填写"
    return master.with_changes(
        log_rows(master, Stamp("2016-05-01 09:30", "张三", command, source), as_lines(changes))
    )


def plan(master: Master, number: int) -> Undoing:
    listed = operations(master)
    return plan_undo(master, listed, next(o for o in listed if o.no == number))


def undone(master: Master, number: int) -> Master:
    changes = list(plan(master, number).changes)
    return done(master, changes, f"{OPERATION}{number}") if changes else master


def holders(master: Master, number: int) -> dict[tuple[str, str], int]:
    return {(h.change.row, h.change.field): h.by for h in plan(master, number).held}


def data(master: Master) -> dict[str, dict[str, dict[str, object]]]:
    """All that is neither log nor seal, blank cells left out."""
    return {
        name: {k: {f: v for f, v in row.items() if v is not None} for k, row in rows.items()}
        for name, rows in master.tables.items()
        if name not in (LOG.name, SETTINGS.name)
    }


def test_operations_that_do_not_overlap_go_in_any_order() -> None:
    one = done(START, [cell("C0", "answer", None, "达成")])
    two = done(one, [cell("C1", "answer", None, "达成"), cell("C0", "note", None, "甲")])
    first_gone = undone(two, 1)
    assert data(first_gone)[CRITERIA.name]["C0"] == {KEY: "C0", "note": "甲"}
    assert data(undone(first_gone, 2)) == data(START)
    assert data(undone(undone(two, 2), 1)) == data(START)


def test_an_overlap_is_told_for_each_cell() -> None:
    one = done(START, [cell("C0", f, None, "一") for f in FIELDS])
    two = done(one, [cell("C0", "note", "一", "二")])
    three = done(two, [cell("C0", "owner", "一", "三")])
    assert holders(three, 1) == {("C0", "note"): 2, ("C0", "owner"): 3}
    part = undone(three, 1)
    assert data(part)[CRITERIA.name]["C0"] == {KEY: "C0", "note": "二", "owner": "三"}
    free = undone(undone(part, 2), 3)
    assert holders(free, 1) == {}
    assert last_operation(free, operations(free)) == operations(free)[0]
    assert data(undone(free, 1)) == data(START)


def test_a_cell_that_somebody_typed_into_stays() -> None:
    one = done(START, [cell("C0", "note", None, "一")])
    typed = one.with_changes([cell("C0", "note", "一", "手写")])
    assert holders(typed, 1) == {("C0", "note"): BY_HAND}
    assert plan(typed, 1).changes == ()


def test_an_undo_is_an_operation_and_undoing_it_does_it_again() -> None:
    one = done(START, [cell("C0", "note", None, "一")])
    back = undone(one, 1)
    assert operations(back)[-1].undoes == 1
    assert last_operation(back, operations(back)) is None
    assert plan(back, 1) == Undoing((), ())  # done before
    again = undone(back, 2)
    assert data(again) == data(one)
    assert plan(again, 2) == Undoing((), ())
    standing = last_operation(again, operations(again))
    assert standing is not None
    assert standing.no == 1
    assert data(undone(again, 1)) == data(START)


def test_what_came_and_went_in_between_does_not_hold() -> None:
    one = done(START, [cell("C0", "note", None, "一")])
    two = undone(done(one, [cell("C0", "note", "一", "二")]), 2)
    assert data(undone(two, 1)) == data(START)


def test_an_undo_of_something_older_holds() -> None:
    one = done(START, [cell("C0", "note", None, "一")])
    two = done(one, [cell("C0", "note", "一", "二")])
    bare = undone(undone(two, 2), 1)
    assert holders(bare, 3) == {("C0", "note"): 4}  # 3 took 2 back, then 4 took 1 back


def test_a_new_row_with_anything_else_in_it_stays_whole() -> None:
    one = done(START, added_row(EVIDENCE.name, "E1", {"title": "通知", "unit": "市农委"}))
    checked = done(one, [Change(EVIDENCE.name, "E1", "finding", None, "有效")])
    assert holders(checked, 1) == {("E1", "finding"): 2}
    assert plan(checked, 1).changes == ()
    typed = one.with_changes([Change(EVIDENCE.name, "E1", "page", None, "3")])
    assert holders(typed, 1) == {("E1", "page"): BY_HAND}
    assert data(undone(undone(checked, 2), 1)) == data(START)


def test_a_row_that_went_takes_its_cells_along() -> None:
    row = {KEY: "E1", "title": "通知"}
    one = done(START, added_row(EVIDENCE.name, "E1", {"title": "通知"}))
    two = done(one, [Change(EVIDENCE.name, "E1", "page", None, "3")])
    three = done(two, dropped_row(EVIDENCE.name, "E1", {**row, "page": "3"}))
    assert set(holders(three, 2).values()) == {3}
    assert set(holders(three, 1).values()) == {3}
    assert data(undone(three, 3)) == data(two)


def test_a_column_beside_which_another_stays_stays_too() -> None:
    headers = [
        Change(CRITERIA.name, HEADER, field, None, CRITERIA.column(field).header)
        for field in ("reading", "kinds", "effort")
    ]
    layout = {(c.table, c.row, c.field): str(c.new) for c in headers}
    one = replace(done(START, headers), layout=layout)
    used = done(one, [cell("C0", "kinds", None, "文件")])
    assert holders(used, 1) == {(HEADER, "reading"): BY_HAND, (HEADER, "kinds"): BY_HAND}
    assert [change.field for change in plan(used, 1).changes] == ["effort"]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("edit"),
            st.dictionaries(
                st.tuples(st.sampled_from(["C0", "C1", "E1"]), st.sampled_from(FIELDS[:2])),
                st.sampled_from([None, "一", "二"]),
                min_size=1,
            ),
        ),
        st.tuples(st.just("row"), st.sampled_from(["E1", "E2"])),
        st.tuples(st.just("undo"), st.integers(1, 12)),
        st.tuples(st.just("last"), st.none()),
    ),
    max_size=12,
)


def step(master: Master, kind: str, what: object) -> Master:
    if kind == "last":
        standing = last_operation(master, operations(master))
        return undone(master, standing.no) if standing else master
    if kind == "undo":
        known = [o.no for o in operations(master)]
        return undone(master, what) if isinstance(what, int) and what in known else master
    if kind == "row":
        row = master.rows(EVIDENCE).get(str(what))
        if row:
            return done(master, dropped_row(EVIDENCE.name, str(what), dict(row)))
        return done(master, added_row(EVIDENCE.name, str(what), {"title": "通知"}))
    changes: list[Change] = []
    assert isinstance(what, dict)
    for (key, field), new in what.items():
        table, name = (EVIDENCE, "page") if key == "E1" else (CRITERIA, field)
        row = master.rows(table).get(key)
        place = (table.name, key, name)
        if (
            row
            and row.get(name) != new
            and place not in [(c.table, c.row, c.field) for c in changes]
        ):
            changes.append(Change(*place, row.get(name), new))
    return done(master, changes) if changes else master


@given(STEPS)
def test_whatever_was_done_and_undone_can_all_be_undone(
    steps: list[tuple[str, object]],
) -> None:
    """`done` checks each change against the cell; at the end nothing but the log is left."""
    master = START
    for kind, what in steps:
        master = step(master, kind, what)
    for _ in range(3 * len(steps) + 1):
        standing = last_operation(master, operations(master))
        if standing is None:
            break
        before = master
        master = undone(master, standing.no)
        assert master is not before, f"stuck at {standing.no}"
    assert data(master) == data(START)
    assert verify(master) == []
