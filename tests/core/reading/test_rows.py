from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.grids import grid_of
from qcity_xl.core.reading.headers import find_head, settle
from qcity_xl.core.reading.model import Outline, RawContact, RawTotal
from qcity_xl.core.reading.rows import RowReader

HEAD = ("指标", "分值", "评分标准", "工作任务", "牵头单位", "备注")
BRAND = ("1.老字号", "8", "新增老字号3家（8分）。", "1.1申报老字号", "市商务局", "")


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> tuple[Outline, Findings]:
    outline, findings, grid = Outline(), Findings(), grid_of("表1", [head, *rows])
    lines = grid.lines()
    found = find_head(lines, 0)
    assert found is not None
    settle(found, lines[1:])
    RowReader(outline, findings, grid, found).read(lines[1:])
    return outline, findings


def test_a_row_with_a_title_begins_an_indicator_and_one_without_goes_on() -> None:
    outline, _ = read(BRAND, ("", "", "", "1.2宣传老字号", "市文旅局", ""))
    (raw,) = outline.indicators()
    assert (raw.label, raw.title, raw.points) == ((1,), "老字号", 8)
    assert [(task.label, task.text, task.where) for task in raw.tasks] == [
        *(((1, 1), "申报老字号", "表1第2行第4列"), ((1, 2), "宣传老字号", "表1第3行第4列"))
    ]


def test_a_row_of_a_heading_alone_begins_a_section() -> None:
    outline, _ = read(("三、品牌（8分）", "", "", "", "", ""), BRAND)
    (section,) = outline.sections
    assert (section.no, section.title, section.points) == (3, "品牌", 8)
    assert [raw.title for raw in section.indicators] == ["老字号"]


def test_a_total_is_proof_and_no_row_of_the_plan() -> None:
    outline, _ = read(BRAND, ("小计", "8", "", "", "", ""), ("总计", "", "", "", "", ""))
    assert outline.totals == [RawTotal("小计", 8, "表1第3行第1列", 1)]
    assert [(cell.text, cell.where) for cell in outline.unplaced] == [("总计", "表1第4行第1列")]
    assert len(list(outline.indicators())) == 1


def test_a_task_without_a_unit_has_that_of_the_row_above_and_this_is_told() -> None:
    outline, findings = read(BRAND, ("", "", "", "1.2宣传老字号", "", ""))
    (raw,) = outline.indicators()
    assert [task.leads and task.leads.text for task in raw.tasks] == ["市商务局", "市商务局"]
    (guess,) = findings.guesses
    assert (guess.where, guess.what, guess.taken) == ("表1第3行第1列", "责任单位", "市商务局")


def test_ditto_takes_the_unit_above_without_a_guess() -> None:
    outline, findings = read(BRAND, ("2.商标", "4", "", "2.1注册商标", "同上", ""))
    assert [raw.tasks[0].leads and raw.tasks[0].leads.text for raw in outline.indicators()] == [
        *("市商务局", "市商务局")
    ]
    assert findings.guesses == []


def test_points_that_are_no_number_are_left_over_with_their_place() -> None:
    outline, _ = read(("1.老字号", "若干", "", "1.1申报老字号", "市商务局", ""))
    (raw,) = outline.indicators()
    assert raw.points is None
    assert [(cell.text, cell.where) for cell in outline.unplaced] == [("若干", "表1第2行第2列")]


def test_columns_of_contacts_and_of_unknown_headers() -> None:
    head = (*HEAD[:5], "联系人", "频次")
    outline, findings = read((*BRAND[:5], "周宁", "每季"), head=head)
    assert outline.contacts == [RawContact("市商务局", "周宁")]
    assert [task.remark for raw in outline.indicators() for task in raw.tasks] == ["频次：每季"]
    assert [(p.code, p.cell) for p in findings.problems] == [("header-unknown", "表1第1行第7列")]


def test_a_title_repeated_in_each_row_is_one_indicator_unless_its_number_differs() -> None:
    again = ("1.老字号", "8", BRAND[2], "1.2宣传老字号", "市文旅局", "")
    (raw,) = read(BRAND, again)[0].indicators()
    assert (raw.points, len(raw.tasks)) == (8, 2)
    other = ("2.老字号", *again[1:])
    assert [one.label for one in read(BRAND, other)[0].indicators()] == [(1,), (2,)]


def test_a_row_that_only_the_column_before_names_is_an_indicator_of_its_own() -> None:
    head = ("序号", "考核内容", "考核要点", "分值", "扣分标准", "责任单位")
    outline, _ = read(
        ("一", "日常监管", "检查覆盖率", "20", "每漏查1家扣1分。", "市商务局"),
        ("二", "加分项", "", "5", "获省级表彰加3分，市级表彰加1分，最多加5分。", "各单位"),
        ("三", "扣分项", "", "", "发生一般事故每起扣5分。", "市商务局"),
        head=head,
    )
    assert [(s.title, s.bonus, [i.title for i in s.indicators]) for s in outline.sections] == [
        ("", False, ["检查覆盖率"]),
        ("加分项", True, ["加分项"]),
        ("扣分项", False, ["扣分项"]),
    ]
    assert [raw.points for raw in outline.indicators()] == [20, 5, 0]


def test_a_bonus_section_without_a_title_of_its_own_gives_it_to_its_indicator() -> None:
    head = ("一级指标", "二级指标", "三级指标", "分值", "考核标准", "责任部门")
    outline, _ = read(
        ("日常监管（20分）", "检查", "检查覆盖率", "20", "每漏查1家扣1分。", "市商务局"),
        ("加分项（5分）", "", "", "5", "获省级表彰加3分，市级表彰加1分，最多加5分。", "各单位"),
        head=head,
    )
    assert [(s.title, s.bonus, [i.title for i in s.indicators]) for s in outline.sections] == [
        ("日常监管", False, ["检查覆盖率"]),
        ("加分项", True, ["加分项"]),
    ]


def test_units_of_every_column_of_units_are_taken() -> None:
    head = ("指标", "分值", "评分标准", "工作任务", "牵头单位", "配合单位", "承办单位")
    row = (*BRAND[:5], "市文旅局", "市档案局")
    same = (*BRAND[:5], "市文旅局", "市文旅局")
    for cells, partners in ((row, "市文旅局、\n市档案局"), (same, "市文旅局")):
        outline, _ = read(cells, head=head)
        (raw,) = outline.indicators()
        assert raw.tasks[0].partners and raw.tasks[0].partners.text == partners


def test_a_text_where_the_number_should_be_begins_a_section_or_is_told() -> None:
    head = ("序号", *HEAD)
    rows = (
        ("Ⅰ、品牌建设（8分）", *("",) * 6),
        ("1", *BRAND),
        ("Ⅱ、标准引领（4分）", *("",) * 6),
        ("2", "2.商标", "4", "注册商标（4分）。", "2.1注册商标", "市商务局", ""),
        ("本表由办公室负责解释", *("",) * 6),
    )
    outline, _ = read(*rows, head=head)
    assert [(section.no, section.title, section.points) for section in outline.sections] == [
        *((1, "品牌建设", 8), (2, "标准引领", 4))
    ]
    assert [cell.text for cell in outline.unplaced] == ["本表由办公室负责解释"]
