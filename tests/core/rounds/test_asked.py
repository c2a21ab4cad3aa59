"""What one unit is asked: which rows, in what order, and what it is told beside them."""

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.rounds.asked import Occasion, first_sent, packs_for
from qcity_xl.core.rounds.assignments import assignment_changes
from qcity_xl.core.rounds.pack import Identity, PackContent
from qcity_xl.core.rounds.unit_changes import change_units, parse_order
from qcity_xl.core.schema import ASSIGNMENTS, BY_NAME, CONFLICTS, CRITERIA, INDICATORS, TASKS
from qcity_xl.core.schema.pack import NOT_GIVEN, PACK, PACK_CRITERIA
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.text import natural_key
from qcity_xl.core.values import Value
from tests.core.builders import (
    DUE,
    ROUND,
    Entry,
    conflict,
    drop,
    embedded,
    evidence,
    issued,
    pack_of,
    ruling,
    set_cell,
    setting,
    task,
)

ASKED, ANSWERS, EVIDENCE = (table.table.name for table in PACK)
IDENTITY = Identity("test", ROUND, "市农委")
OCCASION = Occasion(ROUND, DUE)


def embedded_packs() -> list[PackContent]:
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    return packs_for(master, assess(master, {}), OCCASION)


def test_each_unit_sees_its_own_rows_only() -> None:
    packs = embedded_packs()
    assert len(packs) == len({pack.identity.unit for pack in packs}) == 29
    master = embedded()
    master = master.with_changes(assignment_changes(master)[0])
    for pack in packs:
        unit = pack.identity.unit
        for row in pack.rows[ASKED]:
            assert text(master.rows(ASSIGNMENTS)[str(row["key"])], "unit") == unit
        for row in pack.rows[ANSWERS]:
            assert text(master.rows(CRITERIA)[str(row["key"])], "owner") == unit
        assert all(f"/{unit}/" in str(row["key"]) for row in pack.rows[EVIDENCE])
        assert set(pack.answering) == {row["key"] for row in pack.rows[ANSWERS]}


def test_every_duty_and_every_criterion_is_asked_once() -> None:
    packs = embedded_packs()
    asked = [str(row["key"]) for pack in packs for row in pack.rows[ASKED]]
    master = embedded()
    duties = master.with_changes(assignment_changes(master)[0]).rows(ASSIGNMENTS)
    assert sorted(asked) == sorted(duties)
    answers = [str(row["key"]) for pack in packs for row in pack.rows[ANSWERS]]
    judged = {k for k, r in master.rows(CRITERIA).items() if r["kind"] == "专家评分"}
    assert sorted(answers) == sorted(set(master.rows(CRITERIA)) - judged)


def test_led_tasks_come_first_each_part_in_the_order_that_people_count() -> None:
    for pack in embedded_packs():
        parts = [(row["role"] != "牵头", natural_key(str(row["task"]))) for row in pack.rows[ASKED]]
        assert parts == sorted(parts)


def sent_before(*parts: Entry, past: tuple[str, ...] = ()) -> PackContent:
    """The second pack of 市农委, which also has these parts in tasks."""
    master = issued(
        task("2.1", partners="市农委", leads="市教育局"),
        task("2.2", "市农委", deadline="2016年6月"),
        task("2.10", "市农委"),
        *parts,
    )
    for key in ("T1.1/市农委", "T2.1/市农委", "T2.2/市农委"):
        master = set_cell(master, ASSIGNMENTS, key, "first_round", "第0轮")
    occasion = Occasion(ROUND, DUE, past)
    return packs_for(master, assess(master, {}), occasion, ["市农委"])[0]


def test_late_tasks_stand_first_then_new_ones_and_say_so() -> None:
    pack = sent_before(past=("2016年6月",))
    hints = [(row["task"], row["role"], row["hint"]) for row in pack.rows[ASKED]]
    assert hints == [
        ("2.2", "牵头", "逾期"),
        ("2.10", "牵头", "新"),
        ("1.1", "牵头", None),
        ("2.1", "配合", None),
    ]
    assert "其中新增1项 · 逾期1项" in pack.headline["qc_summary"]


def test_in_the_first_round_nothing_is_new() -> None:
    assert [row["hint"] for row in pack_of(issued(), "市农委").rows[ASKED]] == [None]


def test_a_pack_that_is_made_again_for_its_round_is_the_same() -> None:
    master = issued(task("2.2", "市农委"))
    master = set_cell(master, ASSIGNMENTS, "T1.1/市农委", "first_round", "第0轮")
    first = pack_of(master, "市农委")
    marked = first_sent(master, [first])
    assert [(c.row, c.new) for c in marked] == [("T2.2/市农委", ROUND)]
    again = pack_of(master.with_changes(marked), "市农委")
    assert again.rows == first.rows
    assert first_sent(master.with_changes(marked), [again]) == []


def test_a_row_says_what_it_is_about_and_who_leads_it() -> None:
    master = issued(task("1.3", "市教育局", criteria="1(1)、1(2)", partners="市农委"))
    title = set_cell(master, INDICATORS, "I1", "title", "质量宣传")
    row = pack_of(title, "市农委").rows[ASKED][1]
    assert (row["indicator"], row["leads"], row["methods"]) == (
        "1 质量宣传",
        "市教育局",
        "查阅文件",
    )
    assert row["rules"] is None  # in brief: the lead unit answers for it
    (led,) = (r for r in pack_of(title, "市教育局").rows[ASKED] if r["task"] == "1.3")
    assert str(led["rules"]).startswith("1(1)：")
    assert "　1(2)：" in str(led["rules"])


def test_a_cooperating_unit_that_is_done_is_not_asked_for_the_evidence_of_another() -> None:
    master = issued(task("1.3", "市教育局", partners="市农委"))
    master = set_cell(master, TASKS, "T1.3", "evidence", "缺：1(2)")
    for name in ("市农委", "市教育局"):
        master = set_cell(master, ASSIGNMENTS, f"T1.3/{name}", "progress", "已完成")
    assert "1.3" not in [row["task"] for row in pack_of(master, "市农委").rows[ASKED]]
    (row,) = (r for r in pack_of(master, "市教育局").rows[ASKED] if r["task"] == "1.3")
    assert row["hint"] == "已完成，佐证还不齐"


def test_a_refused_answer_is_told_where_it_is_asked_again() -> None:
    refused: dict[str, Value] = {
        "kind": "未采用",
        "sheet": "得分点",
        "reason": "无法计分，应填：数值",
    }
    master = issued(
        conflict("X1", "C1.1", "自评答案", theirs="九成多", **refused),
        conflict("X2", "T1.1/市农委", "完成日期", kind="未采用", theirs="月底", reason="不是日期"),
        conflict("X3", "C1.2", "自评答案", unit="市教育局", **refused),
    )
    pack = pack_of(master, "市农委")
    assert pack.rows[ASKED][0]["hint"] == "上次“完成日期”填“月底”没有采用：不是日期"
    told, _, asked = str(pack.rows[ANSWERS][0]["allowed"]).partition("\n")
    assert told == "上次“自评答案”填“九成多”没有采用：无法计分，应填：数值。"
    assert asked == "达成 或 未达成"
    assert pack.headline["qc_summary"].endswith("上次未采用2处")
    settled = set_cell(master, CONFLICTS, "X1", "outcome", "已处理")
    assert pack_of(settled, "市农委").rows[ANSWERS][0]["allowed"] == asked


def test_what_was_refused_of_a_unit_is_told_to_its_successor() -> None:
    refused: dict[str, Value] = {"kind": "未采用", "sheet": "得分点", "reason": "无法计分"}
    master = issued(conflict("X1", "C1.1", "自评答案", unit="市农委", theirs="九成", **refused))
    order = parse_order("rename", "市农委=市农业农村局")
    after = master.with_changes(change_units(master, order, DUE).changes)
    told = str(pack_of(after, "市农业农村局").rows[ANSWERS][0]["allowed"])
    assert told.startswith("上次“自评答案”填“九成”没有采用")


def test_a_pack_says_whose_it_is_and_when_it_is_due() -> None:
    pack = pack_of(issued(setting("轮次", "办公室联系人", "张三 0519-12345678")), "市农委")
    assert pack.identity == IDENTITY
    assert pack.headline == {
        "qc_title": "质量强市考核填报表",
        "qc_unit": "市农委",
        "qc_round": ROUND,
        "qc_due": "2016年12月7日（周三）",
        "qc_contact": "联系：张三 0519-12345678",
        "qc_summary": "本轮：牵头1项 · 自评1项 · 佐证缺1份",
    }


def test_only_the_units_that_were_asked_for() -> None:
    master = issued()
    wanted = packs_for(master, assess(master, {}), OCCASION, ["常州国检局"])
    assert [pack.identity.unit for pack in wanted] == ["常州国检局"]
    everyone = packs_for(master, assess(master, {}), OCCASION)
    assert [pack.identity.unit for pack in everyone] == ["市农委", "市教育局", "常州国检局"]


def test_a_task_that_is_done_with_all_its_evidence_is_not_asked_again() -> None:
    master = set_cell(issued(), ASSIGNMENTS, "T1.1/市农委", "progress", "已完成")
    assert pack_of(master, "市农委").tasks == 0
    assert pack_of(set_tasks_evidence(master, "缺：1(1)"), "市农委").tasks == 1


def set_tasks_evidence(master: Master, state: str) -> Master:
    return set_cell(master, BY_NAME["tblTasks"], "T1.1", "evidence", state)


def test_a_reassigned_task_is_not_asked_of_the_former_unit() -> None:
    master = set_cell(issued(), ASSIGNMENTS, "T1.1/市农委", "role", None)
    assert pack_of(master, "市农委").tasks == 0


def test_what_the_review_settled_is_not_asked_again() -> None:
    master = set_cell(issued(), CRITERIA, "C1.1", "ruling", "达成")
    assert pack_of(master, "市农委").rows[ANSWERS] == []


def test_answers_are_prefilled_and_say_how_to_fill_them() -> None:
    master = issued(ruling("1(2)", "未尽", "10"))
    master = set_cell(master, CRITERIA, "C1.2", "answer", "制定中")
    master = set_cell(master, CRITERIA, "C1.2", "may_be_absent", "是")
    pack = pack_of(master, "市教育局")
    (row,) = pack.rows[ANSWERS]
    assert (row["answer"], row["points"]) == ("制定中", 20)
    offered = ("20分", "10分", "0分", "其他情形", "不适用")
    assert pack.answering["C1.2"].choices == offered
    spelled = ["20分 已出台", "10分 制定中", "0分 未着手", "其他情形", "不适用 合理缺项"]
    assert str(row["allowed"]).split("\n") == spelled


def test_a_number_has_no_dropdown_but_may_be_absent() -> None:
    master = set_cell(issued(), CRITERIA, "C1.1", "kind", "数值分段")
    master = set_cell(master, CRITERIA, "C1.1", "params", "≥30%：10")
    master = set_cell(master, CRITERIA, "C1.1", "may_be_absent", "是")
    answering = pack_of(master, "市农委").answering["C1.1"]
    assert answering.choices == ()
    assert answering.allowed == "数值，写法如 12.3%（0%到100%）；合理缺项填“不适用”"


def test_evidence_with_faults_then_what_is_missing_then_the_rest_then_blank_lines() -> None:
    master = issued(
        evidence("E1", "1(2)"),
        evidence("E2", "1(1)", kind="现场照片", state="退回", state_note="看不清"),
        evidence("E3", "1(2)", unit="市教育局"),
        setting("佐证", "空白行", 2),
    )
    pack = pack_of(master, "市农委")
    rows = pack.rows[EVIDENCE]
    slots = [f"E{ROUND}/市农委/{number:03d}" for number in (1, 2, 3)]
    assert [row["key"] for row in rows] == ["E2", slots[0], "E1", *slots[1:]]
    assert rows[0]["fault"] == "退回：看不清；请改好或换一份"
    asked = (rows[1]["criteria"], rows[1]["kind"], rows[1]["fault"])
    assert asked == ("1(1)", "文件", NOT_GIVEN)
    assert rows[2]["fault"] is None
    assert all(value is None for field, value in rows[3].items() if field != "key")
    assert "佐证缺1份 · 佐证有问题1份" in pack.headline["qc_summary"]


def test_a_due_date_is_a_day() -> None:
    assert pack_of(issued(), "市农委").headline["qc_due"] == "2016年12月7日（周三）"


def test_a_unit_without_rows_gets_no_pack() -> None:
    master = drop(issued(), ASSIGNMENTS, "T1.1/常州国检局")
    assert packs_for(master, assess(master, {}), OCCASION, ["常州国检局"]) == []


def test_the_unit_reads_the_rule_as_the_office_does() -> None:
    master = issued()
    master = master.with_changes(evaluate(master, {}).changes)
    (row,) = pack_of(master, "市教育局").rows[PACK_CRITERIA.table.name]
    assert row["reading"] == master.rows(CRITERIA)["C1.2"]["reading"]
    assert "“制定中”得10分" in str(row["reading"])
