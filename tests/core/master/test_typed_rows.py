"""Each row has an id of its own, whoever typed, inserted or pasted it."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.changes import KEY
from qcity_xl.core.master.typed_rows import (
    Cells,
    TypedRows,
    begins_row,
    describe_typed,
    settle,
    takes_rows,
)
from qcity_xl.core.schema import EVIDENCE, LOG, MASTER, TASKS, UNITS, Table

Found = list[tuple[int, str, Cells]]


def nothing(_table: str) -> dict[str, Cells]:
    return {}


def task(no: str | None, words: str | None, key: str = "") -> Cells:
    return {"no": no, "text": words, KEY: key or None}


def found(*rows: Cells) -> Found:
    return [(line, str(row.get(KEY) or ""), row) for line, row in enumerate(rows, 5)]


def settled(*rows: Cells, known: dict[str, Cells] | None = None, table: Table = TASKS) -> TypedRows:
    return settle(table, found(*rows), lambda _: known)


def test_a_task_typed_below_gets_the_id_of_its_number() -> None:
    after = settled(task("9.1", "修订目录", "T9.1"), task("9.2", "开展比对"))
    assert list(after.rows) == ["T9.1", "T9.2"]
    (typed,) = after.typed
    assert (typed.change.old, typed.change.new, typed.line, typed.first) == ("", "T9.2", 6, 0)


def test_a_number_that_another_row_has_gives_an_id_that_says_nothing() -> None:
    after = settled(task("9.1", "修订目录", "T9.1"), task("9.1", "开展比对"), task(None, "走访"))
    assert list(after.rows) == ["T9.1", "T手工/1", "T手工/2"]


def test_of_a_pasted_id_the_row_keeps_it_that_has_its_number() -> None:
    after = settled(task("9.2", "插在上面的", "T9.1"), task("9.1", "修订目录", "T9.1"))
    assert after.lines == {"T9.2": 5, "T9.1": 6}
    (typed,) = after.typed
    assert (typed.change.old, typed.first, typed.sure) == ("T9.1", 6, True)


def test_of_two_rows_with_its_number_the_one_keeps_it_that_says_what_was_known() -> None:
    rows = (task("9.1", "改写过的", "T9.1"), task("9.1", "修订目录", "T9.1"))
    after = settled(*rows, known={"T9.1": task("9.1", "修订目录", "T9.1")})
    assert (after.lines["T9.1"], after.typed[0].sure) == (6, True)


def test_where_nothing_is_known_the_first_keeps_it_and_that_is_told() -> None:
    after = settled(task("9.1", "修订目录", "T9.1"), task("9.1", "改写过的", "T9.1"))
    assert (after.lines["T9.1"], after.typed[0].sure) == (5, False)
    assert any("看不出哪一行是原来的，按第5行" in said for said in describe_typed(after.typed))


def test_of_two_rows_that_are_the_same_either_may_keep_it() -> None:
    after = settled(task("9.1", "修订目录", "T9.1"), task("9.1", "修订目录", "T9.1"))
    assert (list(after.rows), after.typed[0].sure) == (["T9.1", "T手工/1"], True)


def test_an_id_alone_is_no_row() -> None:
    after = settled(task("9.1", "修订目录", "T9.1"), {KEY: "T9.1"})
    assert (list(after.rows), after.left) == (["T9.1"], [(6, "T9.1")])


def test_what_is_known_is_asked_only_where_rows_do_not_tell() -> None:
    def unasked(_table: str) -> dict[str, Cells]:
        raise AssertionError

    after = settle(TASKS, found(task("9.1", "一", "T9.1"), task("9.2", "二", "T9.1")), unasked)
    assert list(after.rows) == ["T9.1", "T9.2"]


def test_a_last_row_that_lost_its_id_gets_it_back_and_a_new_one_below_it_gets_a_new_one() -> None:
    known: dict[str, Cells] = {
        f"E第1轮/市农委/00{n}": {"criteria": "1(1)", "title": f"{n}号通知", "page": f"{n}"}
        for n in (1, 2)
    }
    first, last = ({**row, KEY: key} for key, row in known.items())
    after = settled(
        first,
        {**last, KEY: None, "page": "5-6"},
        {KEY: None, "criteria": "1(1)", "title": "新的通知"},
        known=known,
        table=EVIDENCE,
    )
    assert list(after.rows) == [*known, "E手工/1"]
    assert [typed.back for typed in after.typed] == [True, False]


def test_a_sum_or_remark_begins_no_row() -> None:
    assert begins_row(UNITS, {"name": "市气象局"})
    assert not begins_row(UNITS, {"name": "备注：见编办文件"})
    assert not begins_row(UNITS, {"name": None, "remark": "新设"})
    assert not begins_row(LOG, {"time": "2016-05-01"})


def test_people_type_no_rows_into_what_the_program_alone_writes() -> None:
    theirs = {table.sheet for table in MASTER if not takes_rows(table)}
    assert {"日志", "轮次", "冲突", "问题"} <= theirs


KEYS = ["", "", "T9.1", "T9.2", "T9.3", "E甲", "U1"]
TYPED = st.lists(
    st.builds(
        task,
        st.sampled_from([None, "9.1", "9.2", "9.3", "9.10"]),
        st.sampled_from([None, "修订目录", "开展比对", "走访企业"]),
        st.sampled_from(KEYS),
    ),
    max_size=7,
)


@given(TYPED, st.sampled_from([TASKS, UNITS, EVIDENCE]))
def test_each_row_has_one_id_of_its_own_and_the_second_time_changes_nothing(
    rows: list[Cells], table: Table
) -> None:
    after = settle(table, found(*rows), nothing)
    said = [row for row in rows if any(v is not None for f, v in row.items() if f != KEY)]
    assert all(row in after.rows.values() for row in said)
    lines = [*after.lines.values(), *(line for line, _ in after.left)]
    assert sorted(lines) == [line for line, *_ in found(*rows)]
    again = [(after.lines[key], key, {**row, KEY: key}) for key, row in after.rows.items()]
    second = settle(table, again, nothing)
    assert (second.typed, second.lines) == ([], after.lines)
    for typed in after.typed:
        assert after.lines[typed.change.row] == typed.line
