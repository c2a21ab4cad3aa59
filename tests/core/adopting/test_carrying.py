"""A newer table carried in: every answer of before stands where it belongs, or is kept."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from qcity_xl.core.adopting.carrying import carry
from qcity_xl.core.changes import added_row
from qcity_xl.core.checks import check_links, check_numbers_as_text
from qcity_xl.core.history.log import operations
from qcity_xl.core.history.undo import plan_undo
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.schema import (
    ASSIGNMENTS,
    CRITERIA,
    EVIDENCE,
    INDICATORS,
    LOG,
    PROGRESS_LINES,
    REVISIONS,
    RULINGS,
    SETTINGS,
    TASKS,
    UNITS,
)
from tests.core.adopting.tables import (
    AWARD,
    BRAND,
    COURSE,
    FILLED,
    MECHANISM,
    MEETING,
    MINUTES,
    MONEY,
    OLD,
    REWARD,
    TALENT,
    Part,
    Row,
    Table,
    after,
    entered,
    filled,
    master_of,
    match,
    notes,
    revised,
    reworded,
)
from tests.core.builders import set_cell


def held(master: Master) -> str:
    return "\n".join(text(row, "held") for row in master.rows(REVISIONS).values())


def test_the_same_table_changes_nothing() -> None:
    assert not revised(FILLED, OLD).changes


def test_answers_and_evidence_go_with_their_rows_to_the_new_numbers() -> None:
    master = after(FILLED, revised(FILLED, ((TALENT,), (REWARD, MECHANISM))))
    labels = {text(row, "text"): text(row, "label") for row in master.rows(CRITERIA).values()}
    assert labels[MEETING.words] == "3(1)"
    answers = {text(r, "label"): text(r, "answer") for r in master.rows(CRITERIA).values()}
    assert answers == {
        "1(1)": "自评3(1)",
        "2(1)": "自评2(1)",
        "2(2)": "自评2(2)",
        "3(1)": "自评1(1)",
        "3(2)": "自评1(2)",
    }
    papers = {text(r, "title"): text(r, "criteria") for r in master.rows(EVIDENCE).values()}
    assert papers["佐证1(1)"] == "3(1)"
    assert notes(master)[COURSE.words] == "填报T3.1/市教育局"
    (ruling,) = master.rows(RULINGS).values()
    assert (ruling["subject"], ruling["choice"]) == ("3(1)", "裁定1(1)")
    assert ruling["question"] == "得分点3(1)怎样算"
    line = master.rows(PROGRESS_LINES)["第1轮/T3.1/市教育局"]
    assert line["task"] == "1.1"
    assert not list(moved_rows(master))
    assert not list(check_numbers_as_text(master))
    assert not list(check_links(master))


def test_what_has_no_successor_is_kept_with_all_that_it_held() -> None:
    carried = revised(FILLED, ((MECHANISM,), (REWARD,)))
    master = after(FILLED, carried)
    assert "I3" not in master.rows(INDICATORS)
    assert not [key for key in master.rows(ASSIGNMENTS) if key.startswith("T3.1")]
    for said in ("自评3(1)", "核定3(1)", "填报T3.1/市教育局", "佐证3(1)"):
        assert said in held(master)
    assert master.rows(EVIDENCE)["EC3.1"]["criteria"] is None  # the document itself stays
    assert any("佐证3(1)" in one and "取消" in one for one in carried.told)
    assert carried.counts["取消"] == 4  # indicator, criterion, task, and a unit's part in it


def test_what_is_new_takes_no_id_that_was_ever_given() -> None:
    new = replace(MECHANISM, tasks=(BRAND, MEETING, MINUTES))
    master = after(FILLED, revised(FILLED, ((new, REWARD), (TALENT,))))
    numbers = {key: text(row, "no") for key, row in master.rows(TASKS).items()}
    assert numbers["T1.1"] == "1.2"
    assert numbers["T1.1_2"] == "1.1"
    assert master.rows(ASSIGNMENTS)["T1.1_2/市质监局"].get("note") is None
    assert master.rows(ASSIGNMENTS)["T1.1/市农委"]["task"] == "1.2"
    assert not list(moved_rows(master))


def test_words_points_units_and_rules_follow_the_newer_table() -> None:
    award = replace(AWARD, words="设立市长质量奖并开展两年一次评审", points=8)
    money = replace(MONEY, leads=("市质监局",))
    new = replace(REWARD, criteria=(award, MONEY), tasks=(award, money))
    carried = revised(FILLED, ((MECHANISM, new), (TALENT,)))
    master = after(FILLED, carried)
    row = master.rows(CRITERIA)["C2.1"]
    assert (row["text"], row["points"], row["answer"]) == (award.words, 8, "自评2(1)")
    assert master.rows(TASKS)["T2.2"]["leads"] == "市质监局"
    released = master.rows(ASSIGNMENTS)["T2.2/市财政局"]
    assert (released["role"], released["note"]) == (None, "填报T2.2/市财政局")
    assert "改文字、改分值，原来的自评答案“自评2(1)”请核对" in "\n".join(carried.told)
    assert {"改文字", "改分值", "改牵头单位"} <= set(carried.counts)


def test_what_the_office_corrected_stays_where_the_wording_is_the_same() -> None:
    master = set_cell(FILLED, CRITERIA, "C2.1", "kind", "分档")
    master = set_cell(master, CRITERIA, "C2.1", "params", "5：已评审；2：已设立")
    carried = revised(master, ((REWARD, MECHANISM), (TALENT,)))
    row = after(master, carried).rows(CRITERIA)["C2.1"]
    assert (row["label"], row["kind"], row["params"]) == ("1(1)", "分档", "5：已评审；2：已设立")


def test_a_unit_by_another_name_is_the_same_unit() -> None:
    master = set_cell(FILLED, UNITS, "U-市教育局", "aliases", "教育局、市教委")
    course = replace(COURSE, leads=("市教委",))
    assert not revised(master, ((MECHANISM, REWARD), (replace(TALENT, tasks=(course,)),))).changes


def test_an_unknown_unit_comes_to_the_registry_and_is_told() -> None:
    course = replace(COURSE, leads=("市人社局",))
    carried = revised(FILLED, ((MECHANISM, REWARD), (replace(TALENT, tasks=(course,)),)))
    master = after(FILLED, carried)
    assert master.rows(TASKS)["T3.1"]["leads"] == "市人社局"
    assert master.rows(UNITS)["U-市人社局"]["name"] == "市人社局"
    assert any("“市人社局”不在单位名录，已新增" in one for one in carried.told)
    assert master.rows(CRITERIA)["C3.1"]["owner"] == "市人社局"


def test_what_is_in_doubt_is_asked_and_can_be_said() -> None:
    odd = replace(COURSE, words="开设质量课程，培养职业院校学生质量意识和能力")
    new: Table = ((MECHANISM, REWARD), (replace(TALENT, criteria=(odd,), tasks=(odd,)),))
    asked = match(FILLED, new).questions
    assert {(q.kind, q.old_no, q.new_no) for q in asked} == {
        ("得分点", "3(1)", "3(1)"),
        ("任务", "3.1", "3.1"),
    }
    same = after(FILLED, revised(FILLED, new, "3(1)=3(1)；3.1=3.1"))
    assert same.rows(CRITERIA)["C3.1"]["answer"] == "自评3(1)"
    other = after(FILLED, revised(FILLED, new, "3(1)=无", "3.1=无"))
    assert other.rows(CRITERIA)["C3.1_2"].get("answer") is None
    assert "自评3(1)" in held(other)


def test_a_row_of_the_office_can_stay() -> None:
    own = replace(MECHANISM, tasks=(MEETING, MINUTES, BRAND))
    master = filled(master_of(((own, REWARD), (TALENT,))))
    new = replace(MECHANISM, tasks=(MEETING, MINUTES, AWARD))
    table: Table = ((REWARD, new), (TALENT,))
    kept = after(master, revised(master, table, "1.3=保留"))
    assert kept.rows(TASKS)["T1.3"]["no"] == "2.4"  # 2.3 is the newer table's
    assert kept.rows(ASSIGNMENTS)["T1.3/市质监局"]["task"] == "2.4"
    assert not list(moved_rows(kept))


def test_what_nobody_can_follow_is_told() -> None:
    assert match(FILLED, OLD, "9.9=1.1").faults == ("“9.9=1.1”里说的编号总表没有",)
    assert match(FILLED, OLD, "例会改了").faults == ("看不懂“例会改了”",)
    assert match(FILLED, OLD, "1.1=1(1)").faults == ("看不懂“1.1=1(1)”",)
    (fault,) = match(FILLED, OLD, "1.1=1.2").faults
    assert fault.startswith("1.1不用说明")


def test_a_table_without_tasks_leaves_the_tasks_of_what_it_has() -> None:
    bare = tuple(tuple(replace(part, tasks=()) for part in parts) for parts in OLD)
    master = after(FILLED, revised(FILLED, (bare[1], bare[0])))
    assert {text(row, "no") for row in master.rows(TASKS).values()} == {
        *("1.1", "2.1", "2.2", "3.1", "3.2")
    }
    assert notes(master)[COURSE.words] == "填报T3.1/市教育局"


def test_points_that_were_ruled_give_way_to_points_that_are_written() -> None:
    cells = {"subject": "3", "item": "分值", "default": "5", "choice": "6"}
    master = FILLED.with_changes(added_row(RULINGS.name, "Q3/分值", {**cells}))
    course = replace(COURSE, points=9)
    new = replace(TALENT, criteria=(course,))
    carried = revised(master, ((MECHANISM, REWARD), (new,)))
    changed = after(master, carried)
    assert changed.rows(INDICATORS)["I3"]["points"] == 9
    assert "Q3/分值" not in changed.rows(RULINGS)
    assert "裁定：6" in held(changed)
    assert any("原来的裁定“6”不再用" in one for one in carried.told)


# -- the law

POOL = (
    *(MEETING, MINUTES, AWARD, MONEY, COURSE, BRAND),
    Row("计量", "建立社会公用计量标准二十项", leads=("市质监局",)),
    Row("标准", "主导制定国家标准不少于三项", leads=("市农委", "市教育局")),
    Row("检测", "建成省级检验检测公共服务平台", leads=("市财政局",)),
    Row("宣传", "组织全国质量月主题宣传活动", leads=("市教育局",)),
)
_TAILS = ("", "", "", "，年底前完成", "，并报领导小组办公室备案")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Some indicators in some sections, each row of the pool in one of them at most."""
    rows = draw(st.permutations(POOL))
    parts, at = [], 0
    for n in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 3))
        own, at = tuple(rows[at : at + count]), at + count
        if own:
            title = f"{'甲乙丙丁'[n]}类{own[0].who}工作"
            parts.append(Part(own[0].who, title, own, own, ((1, "部分"),)))
    cut = draw(st.integers(1, len(parts)))
    return tuple(filter(None, (tuple(parts[:cut]), tuple(parts[cut:]))))


@st.composite
def newer(draw: st.DrawFn, table: Table) -> Table:
    """Another order, parts and rows gone, rows reworded, with other points, and new ones."""
    parts = list(draw(st.permutations([part for parts in table for part in parts])))
    if len(parts) > 1 and draw(st.booleans()):
        parts.pop()
    used = {row.who for part in parts for row in (*part.criteria, *part.tasks)}
    fresh = [row for row in POOL if row.who not in used]
    found = []
    for part in parts:
        criteria, tasks = (
            [
                reworded(row, row.words + draw(st.sampled_from(_TAILS)))
                for row in draw(st.permutations(rows))
                if draw(st.integers(0, 5))
            ]
            for rows in (part.criteria, part.tasks)
        )
        if fresh and draw(st.integers(0, 3)) == 0:
            row = fresh.pop()
            criteria.insert(0, row)
            tasks.insert(0, row)
        points = {0: 5, 1: 5, 2: 7}[draw(st.integers(0, 2))]
        criteria = [replace(row, points=points) for row in criteria]
        found.append(replace(part, criteria=tuple(criteria), tasks=tuple(tasks)))
    cut = draw(st.integers(1, len(found)))
    return tuple(filter(None, (tuple(found[:cut]), tuple(found[cut:]))))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_answer_is_accounted_for(data: st.DataObject) -> None:
    table = data.draw(tables())
    master = filled(master_of(table))
    new = data.draw(newer(table))
    matched = match(master, new)
    said = [
        f"{q.old_no}={q.new_no if data.draw(st.booleans()) else '无'}" for q in matched.questions
    ]
    while (matched := match(master, new, *said)).questions:
        said += [f"{q.old_no}=无" for q in matched.questions]
    assert not matched.faults
    carried = carry(matched, "新版.docx")
    changed = after(master, carried)

    # nothing that was entered is lost: it stands in its row, or in 新旧对照
    lost = set(entered(master)) - set(entered(changed))
    assert all(one in held(changed) for one in lost), lost
    assert set(master.rows(EVIDENCE)) == set(changed.rows(EVIDENCE))

    # it stands beside what it was said of, under the number that this has now
    for table_, name in ((CRITERIA, "label"), (TASKS, "no")):
        words = {text(r, "text"): key for key, r in changed.rows(table_).items()}
        for key, row in master.rows(table_).items():
            if text(row, "text") in words and not said:
                assert words[text(row, "text")] == key
        numbers = [text(row, name) for row in changed.rows(table_).values()]
        assert len(numbers) == len(set(numbers))
    labels = {text(r, "label"): key for key, r in changed.rows(CRITERIA).items()}
    for key, row in changed.rows(EVIDENCE).items():
        assert labels.get(text(row, "criteria"), "") in (key.removeprefix("E"), "")
        assert (key.removeprefix("E") in changed.rows(CRITERIA)) == bool(row["criteria"])
    for key, row in changed.rows(ASSIGNMENTS).items():
        assert row["task"] == changed.rows(TASKS)[key.partition("/")[0]]["no"]

    # the next step can read it
    assert not list(moved_rows(changed))
    assert not list(check_numbers_as_text(changed))
    assert not list(check_links(changed))

    # twice changes nothing, and undo brings back every cell
    assert not match(changed, new).questions
    assert not carry(match(changed, new), "新版.docx").changes
    if carried.changes:
        (operation,) = operations(changed)
        undoing = plan_undo(changed, operations(changed), operation)
        assert not undoing.held
        undone = changed.with_changes(undoing.changes)
        for name in master.tables:
            if name not in (LOG.name, SETTINGS.name):
                assert shown(undone, name) == shown(master, name)


def shown(master: Master, name: str) -> dict[str, dict[str, object]]:
    return {
        key: {field: value for field, value in row.items() if value is not None}
        for key, row in master.tables[name].items()
    }
