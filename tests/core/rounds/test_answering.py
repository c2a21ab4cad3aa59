"""What a city's master answers to its province's pack: by number and wording, nothing guessed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import Master, Row
from qcity_xl.core.rounds.answering import Answers, OtherPlan, OtherYears, answers_to
from qcity_xl.core.rounds.pack import PackContent, PackRow, ReturnedPack
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, EVIDENCE, INDICATORS, SETTINGS, TASKS
from qcity_xl.core.schema.pack import PACK_CRITERIA, PACK_EVIDENCE, PACK_TASKS, PackTable
from qcity_xl.core.values import Value
from tests.core.builders import (
    Entry,
    assignment,
    build,
    criterion,
    evidence,
    indicator,
    pack_of,
    returned,
    section,
    set_cell,
    setting,
    task,
    unit,
)
from tests.core.builders import issued as issued_by_city

LEVELS = "20：已出台；10：制定中；0：未着手"
YEARS = (setting("总表", "任务年份", "2016-2017"), setting("总表", "考核年份", 2017))


def asked(*more: Entry) -> PackContent:
    """What the province asks of 甲市: two tasks and two criteria of one indicator."""
    province = build(
        section(1, 30),
        indicator(1, 30),
        criterion("1(1)", 10, owner="甲市"),
        criterion("1(2)", 20, "分档", LEVELS, owner="甲市"),
        task("1.1", "甲市", "1(1)"),
        task("1.2", "甲市", "1(2)"),
        assignment("1.1", "甲市"),
        assignment("1.2", "甲市"),
        unit("甲市"),
        *YEARS,
        setting("总表", "总表编号", "sheng"),
        setting("佐证", "空白行", 2),
        *more,
    )
    return pack_of(province, "甲市")


def city(*more: Entry) -> Master:
    """The sound master of a city on the same table, its duties on 填报."""
    return issued_by_city(*more)


def with_report(master: Master, no: str, unit_name: str, **cells: Value) -> Master:
    for name, value in cells.items():
        master = set_cell(master, ASSIGNMENTS, f"T{no}/{unit_name}", name, value)
    return master


def filled(answers: Answers, table: PackTable, key: str) -> dict[str, Value]:
    return answers.cells.get((table.table.name, key), {})


def told(answers: Answers) -> list[tuple[str, str]]:
    return [(one.row, one.why) for one in answers.unanswered]


def came(*more: Entry) -> ReturnedPack:
    return returned(asked(*more))


def test_answers_arrive_exactly() -> None:
    master = set_cell(city(), CRITERIA, "C1.1", "answer", "达成")
    master = set_cell(master, CRITERIA, "C1.1", "note", "见2016年第1号文件")
    master = set_cell(master, CRITERIA, "C1.2", "answer", 20)
    found = answers_to(came(), master)
    assert filled(found, PACK_CRITERIA, "C1.1") == {"answer": "达成", "note": "见2016年第1号文件"}
    assert filled(found, PACK_CRITERIA, "C1.2") == {"answer": 20}
    assert (found.placed, found.asked, found.unanswered) == (4, 4, [])


def test_the_progress_of_a_task_is_that_of_its_leads() -> None:
    master = with_report(city(), "1.1", "市农委", progress="已完成", note="开了会。")
    master = with_report(master, "1.1", "市农委", done_on=dt.date(2016, 5, 1), difficulty="缺人")
    master = with_report(master, "1.1", "市教育局", progress="有困难", note="在配合。")
    found = answers_to(came(), master)
    assert filled(found, PACK_TASKS, "T1.1/甲市") == {
        "progress": "已完成",
        "note": "市农委：开了会。\n市教育局：在配合。",
        "done_on": dt.date(2016, 5, 1),
        "difficulty": "缺人",
    }
    assert filled(found, PACK_TASKS, "T1.2/甲市") == {}


def test_what_the_city_claims_stands_before_what_it_reports() -> None:
    master = with_report(city(), "1.1", "市农委", note="开了会。")
    master = set_cell(master, CRITERIA, "C1.1", "claimed", 10)
    master = set_cell(master, TASKS, "T1.1", "evidence", "缺：1(1)")
    note = filled(answers_to(came(), master), PACK_TASKS, "T1.1/甲市")["note"]
    assert note == "指标1自评10分（满分30分），佐证缺：1(1)。\n开了会。"


def test_silence_is_no_answer() -> None:
    master = set_cell(city(), CRITERIA, "C1.1", "claimed", 10)
    found = answers_to(came(), master)
    assert (found.filled, found.unanswered) == (0, [])


@pytest.mark.parametrize(
    ("table", "key", "field", "value", "number", "why"),
    [
        (TASKS, "T1.1", "text", "另一项任务", "1.1", "本市编号1.1的任务写的是“另一项任务”"),
        (TASKS, "T1.1", "no", "1.7", "1.1", "本市有同样文字的任务，但编号是1.7"),
        (CRITERIA, "C1.1", "text", "另一个得分点", "1(1)", "本市编号1(1)的得分点写的是"),
        (CRITERIA, "C1.1", "label", "1(7)", "1(1)", "但编号是1(7)"),
        (CRITERIA, "C1.1", "points", 12, "1(1)", "上级是10分、达成，本市是12分、达成"),
        (CRITERIA, "C1.1", "kind", "计件", "1(1)", "上级是10分、达成，本市是10分、计件"),
    ],
)
def test_what_agrees_in_part_is_told(
    table: object, key: str, field: str, value: Value, number: str, why: str
) -> None:
    master = set_cell(city(), CRITERIA, "C1.1", "answer", "达成")
    master = with_report(master, "1.1", "市农委", progress="已完成")
    master = set_cell(master, TASKS if table is TASKS else CRITERIA, key, field, value)
    found = answers_to(came(), master)
    ((row, said),) = told(found)
    assert row == number
    assert why in said
    row_id = "T1.1/甲市" if table is TASKS else "C1.1"
    assert filled(found, PACK_TASKS if table is TASKS else PACK_CRITERIA, row_id) == {}


def test_what_the_city_has_not_is_told() -> None:
    found = answers_to(came(task("1.3", "甲市"), assignment("1.3", "甲市")), city())
    assert told(found) == [("1.3", "本市的总表里没有这项任务，请自己填")]


def test_a_rule_that_is_read_otherwise_is_answered_and_told() -> None:
    master = set_cell(city(), CRITERIA, "C1.1", "answer", "达成")
    master = set_cell(master, CRITERIA, "C1.1", "reading", "另一种理解")
    pack = asked()
    rows = {
        **pack.rows,
        PACK_CRITERIA.table.name: [
            {**row, "reading": "上级的理解"} for row in pack.rows[PACK_CRITERIA.table.name]
        ],
    }
    found = answers_to(returned(replace(pack, rows=rows)), master)
    assert filled(found, PACK_CRITERIA, "C1.1") == {"answer": "达成"}
    assert [(row, "规则释义" in why) for row, why in told(found)] == [("1(1)", True)]


def test_a_blank_clears_nothing_and_is_told() -> None:
    pack = asked()
    rows = {
        **pack.rows,
        PACK_CRITERIA.table.name: [
            {**row, "answer": "达成"} for row in pack.rows[PACK_CRITERIA.table.name][:1]
        ],
    }
    found = answers_to(returned(replace(pack, rows=rows)), city())
    assert found.filled == 0
    assert told(found) == [("1(1)", "“自评答案”本市没有填，上次报的没有动")]


def test_what_was_filled_by_hand_stays_and_is_told() -> None:
    master = set_cell(city(), CRITERIA, "C1.1", "answer", "达成")
    pack = returned(asked(), (PACK_CRITERIA, "C1.1", "answer", "未达成"))
    found = answers_to(pack, master)
    assert found.filled == 0
    assert told(found) == [("1(1)", "“自评答案”填报表里已经另填，没有动")]


# -- evidence


def test_evidence_goes_into_the_line_that_asks_for_it() -> None:
    master = city(
        evidence("E1", "1(1)", number="1号", period="2016"),
        evidence("E2", "1(1)", kind="会议纪要"),
        evidence("E3", "1(2)、1(1)", state="退回"),
    )
    pack = came()
    prepared = [(key, row["criteria"]) for key, row in pack.base[PACK_EVIDENCE.table.name].items()]
    assert [label for _, label in prepared] == ["1(1)", "1(2)", None, None]
    found = answers_to(pack, master)
    first = filled(found, PACK_EVIDENCE, prepared[0][0])
    assert first == {
        "title": "关于E1的通知",
        "number": "1号",
        "dated": "2016-03-15",
        "period": "2016",
    }
    assert filled(found, PACK_EVIDENCE, prepared[1][0]) == {}
    assert filled(found, PACK_EVIDENCE, prepared[2][0])["kind"] == "会议纪要"
    assert any("2份佐证的文件在市里" in note for note in found.notes)


def test_an_address_on_the_web_goes_along() -> None:
    master = city(evidence("E1", "1(1)", location="https://example.com/a.pdf"))
    found = answers_to(came(), master)
    assert [cells.get("location") for cells in found.cells.values()] == [
        "https://example.com/a.pdf"
    ]


def test_more_evidence_than_lines_stands_below() -> None:
    master = city(*(evidence(f"E{n}", "1(1)") for n in range(1, 8)))
    found = answers_to(came(), master)
    given_lines = [row["title"] for (t, _), row in found.cells.items()]
    below = [row["title"] for row in found.added]
    assert sorted(map(str, given_lines + below)) == [f"关于E{n}的通知" for n in range(1, 8)]
    assert len(given_lines) == 3  # one is asked, two are blank; the other asks for 1(2)


def test_evidence_for_what_is_not_asked_stays_and_is_told() -> None:
    master = city(evidence("E1", "9(1)"), evidence("E2", "1(2)、9(1)"))
    found = answers_to(came(), master)
    assert [row["title"] for row in found.cells.values()] == ["关于E2的通知"]
    assert "另有1份佐证不是为所问的得分点准备的，没有带上" in found.notes


def test_evidence_that_was_given_is_known_again() -> None:
    pack = came(evidence("E第1轮/甲市/001", "1(1)", unit="甲市", title="关于E1的通知", page="1"))
    master = city(evidence("E1", "1(1)", page="3"))
    found = answers_to(pack, master)
    assert filled(found, PACK_EVIDENCE, "E第1轮/甲市/001")["page"] == "3"
    assert (found.added, list(found.cells)) == (
        [],
        [(PACK_EVIDENCE.table.name, "E第1轮/甲市/001")],
    )
    gone = answers_to(pack, city())
    why = "上次报的，本市的总表里没有（或改了名称、文号），没有动"
    assert told(gone) == [("关于E1的通知", why)]


# -- whose it is


def test_another_plan_is_refused() -> None:
    more = [task(f"1.{n}", "甲市") for n in range(3, 13)]
    duties = [assignment(f"1.{n}", "甲市") for n in range(3, 13)]
    with pytest.raises(OtherPlan, match=r"问的14项.*对上的只有4项"):
        answers_to(came(*more, *duties), city())


def test_other_years_are_refused() -> None:
    master = set_cell(city(), SETTINGS, "总表/任务年份", "value", "2019")
    with pytest.raises(OtherYears, match="任务是2016年、2017年的，市的总表是2019年的"):
        answers_to(came(), master)


# -- laws

WORDS = st.sampled_from(["达成", "未达成", "开了会", "=1+1", "缺 人", "１２"])


@given(
    answers=st.dictionaries(st.sampled_from(["C1.1", "C1.2"]), WORDS),
    notes=st.dictionaries(st.sampled_from(["1.1/市农委", "1.2/市教育局", "1.1/市教育局"]), WORDS),
    pieces=st.lists(st.tuples(st.sampled_from(["1(1)", "1(2)", "1", "9(1)"]), WORDS), max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_rows_makes_no_difference_and_twice_changes_nothing(
    answers: dict[str, str],
    notes: dict[str, str],
    pieces: list[tuple[str, str]],
    order: Random,
) -> None:
    master = city(*(evidence(f"E{n}", label, title=t) for n, (label, t) in enumerate(pieces)))
    for key, value in answers.items():
        master = set_cell(master, CRITERIA, key, "answer", value)
    for key, value in notes.items():
        master = set_cell(master, ASSIGNMENTS, f"T{key}", "note", value)
    pack = came()
    first = answers_to(pack, master)
    assert answers_to(_sorted(pack, order), _shuffled(master, order)) == first
    for key, value in answers.items():
        assert filled(first, PACK_CRITERIA, key)["answer"] == value
    again = answers_to(_answered(pack, first), master)
    assert (again.filled, again.added) == (0, [])


def _shuffled(master: Master, order: Random) -> Master:
    def mixed(rows: Iterable[tuple[str, Row]]) -> dict[str, Row]:
        found = list(rows)
        order.shuffle(found)
        return dict(found)

    tables = {
        table.name: mixed(master.rows(table).items())
        for table in (TASKS, CRITERIA, ASSIGNMENTS, EVIDENCE, INDICATORS)
    }
    return replace(master, tables={**master.tables, **tables})


def _sorted(pack: ReturnedPack, order: Random) -> ReturnedPack:
    rows = {}
    for name, sent in pack.rows.items():
        found = list(sent)
        order.shuffle(found)
        rows[name] = tuple(found)
    return replace(pack, rows=rows)


def _answered(pack: ReturnedPack, answers: Answers) -> ReturnedPack:
    """The pack as it comes back filled."""
    rows = {
        name: tuple(
            replace(row, values={**row.values, **answers.cells.get((name, row.key), {})})
            for row in sent
        )
        for name, sent in pack.rows.items()
    }
    name = PACK_EVIDENCE.table.name
    blank = dict.fromkeys(PACK_EVIDENCE.table.fields)
    below = tuple(PackRow("", {**blank, **row}, 90) for row in answers.added)
    return replace(pack, rows={**rows, name: rows[name] + below})
