"""迎检包 as planned: numbers, folders, what is lacking."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.model import Master
from qcity_xl.core.reports.inspection import PATH_ROOM, Inspection, inspection_of
from qcity_xl.core.schema import EVIDENCE, INDICATORS
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.builders import SOUND, build, embedded, evidence, set_cell


def plan(master: Master) -> Inspection:
    evaluation = evaluate(master, {})
    return inspection_of(master.with_changes(evaluation.changes), evaluation)


def numbers(found: Inspection) -> list[tuple[str, str]]:
    return [(m.number, m.row) for i in found.indicators for m in i.materials]


def test_each_material_stands_with_its_criterion_under_a_number() -> None:
    master = build(
        *SOUND,
        evidence("E1", "1(2)"),
        evidence("E2", "1(1)"),
        evidence("E3", "1(2)", title="会议纪要第3号"),
        evidence("E4", "1"),
    )
    assert numbers(plan(master)) == [
        ("1-0-01", "E4"),
        ("1-1-01", "E2"),
        ("1-2-01", "E1"),
        ("1-2-02", "E3"),
    ]


def test_a_new_material_renumbers_none() -> None:
    before = build(*SOUND, evidence("E1", "1(1)"), evidence("E2", "1(1)"))
    after = build(*SOUND, evidence("E1", "1(1)"), evidence("E2", "1(1)"), evidence("E3", "1(1)"))
    assert numbers(plan(after))[:2] == numbers(plan(before))


def test_one_sent_back_or_without_criterion_is_left_out_and_named() -> None:
    master = build(
        *SOUND,
        evidence("E1", "1(1)", state="退回", state_note="没有盖章"),
        evidence("E2", "88"),
    )
    found = plan(master)
    assert numbers(found) == []
    assert [(m.row, why) for m, why in found.unplaced] == [
        ("E1", "退回：没有盖章"),
        ("E2", "没有对应的得分点"),
    ]


def test_contacts_methods_and_sites_are_there_for_the_lists() -> None:
    master = set_cell(build(*SOUND), INDICATORS, "I1", "methods", "查阅文件、现场检查")
    master = set_cell(master, INDICATORS, "I1", "site", "市行政服务中心三楼")
    (indicator,) = plan(master).methods["现场检查"]
    assert indicator.site == "市行政服务中心三楼"
    assert indicator.contacts == ("市农委（王敏）", "市教育局（王敏）")


def test_every_indicator_of_the_embedded_table_has_its_folder() -> None:
    found = plan(embedded())
    folders = ["/".join(i.folder) for i in found.indicators]
    assert len(set(folders)) == 50
    lacking = [words for i in found.indicators for c in i.criteria for words in c.lacking]
    assert len(lacking) == len(evaluate(embedded(), {}).assessment.gaps)


LONG = st.text(st.sampled_from('质量强市🏙 ./\\:*?<>|"CON.\u200b长'), min_size=1, max_size=300)


@given(LONG, LONG, st.sampled_from([".pdf", ".JPG", "", ".long-ending", ".a:b"]))
def test_a_path_fits_windows_whatever_the_words(title: str, material: str, ending: str) -> None:
    master = set_cell(
        build(*SOUND, evidence("E1", "1(1)", title=material)), INDICATORS, "I1", "title", title
    )
    for indicator in plan(master).indicators:
        for one in indicator.materials:
            name = one.file_name(ending, 12)
            path = "/".join((*one.folder, name))
            assert len(path.encode("utf-16-le")) // 2 <= PATH_ROOM
            for part in path.split("/"):
                assert part == part.strip(" ").rstrip(".")
                assert not set(part) & set('<>:"\\|?*')
                assert len(part.encode()) <= 255


def test_rows_of_evidence_are_all_accounted_for() -> None:
    master = build(
        *SOUND, *(evidence(f"E{n}", c) for n, c in enumerate(["1(1)", "1", "9", "1(2)"]))
    )
    found = plan(master)
    placed = {row for _, row in numbers(found)} | {m.row for m, _ in found.unplaced}
    assert placed == set(master.rows(EVIDENCE))
