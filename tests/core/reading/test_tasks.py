from qcity_xl.core.plan import Criterion, Task, Unit
from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import Cell, Outline, RawContact, RawIndicator, RawSection, RawTask
from qcity_xl.core.reading.tasks import read_tasks


def task(leads: str, partners: str, deadline: str = "2027年") -> RawTask:
    raw = RawTask("5.1", "抽检儿童玩具", "表1第2行第1列")
    raw.deadline = Cell(deadline, "表1第2行第2列", "完成时限")
    raw.leads = Cell(leads, "表1第2行第3列", "牵头单位") if leads else None
    raw.partners = Cell(partners, "表1第2行第4列", "配合单位")
    return raw


def read(
    *tasks: RawTask, criteria: tuple[Criterion, ...] = (), contacts: tuple[RawContact, ...] = ()
) -> tuple[list[Task], list[Unit], Findings]:
    raw = RawIndicator(5, "表1第2行第1列", "玩具安全", tasks=list(tasks))
    section = RawSection(1, "安全", "第1行", indicators=[raw])
    findings = Findings()
    outline = Outline(sections=[section], contacts=list(contacts))
    found, units = read_tasks(outline, "云溪市质量强市任务分解表", criteria, findings)
    return found, units, findings


def test_a_task_with_its_units_deadline_and_criteria() -> None:
    criterion = Criterion(5, 1, "抽检儿童玩具60批次", 6, "达成")
    found, units, findings = read(task("市市场监管局", "市教育局、市妇联"), criteria=(criterion,))
    assert found == [
        Task(
            *("5.1", "抽检儿童玩具", "2027", ("市市场监管局",), ("市教育局", "市妇联")),
            (criterion.label,),
        )
    ]
    assert [(unit.key, unit.name) for unit in units] == [
        *(("U01", "市市场监管局"), ("U02", "市教育局"), ("U03", "市妇联"))
    ]
    assert (findings.problems, findings.guesses, findings.rulings) == ([], [], [])


def test_of_two_leads_the_first_is_proposed_and_the_office_asked() -> None:
    found, _, findings = read(task("市商务局、市教育局", "市妇联"))
    assert found[0].leads == ("市商务局", "市教育局")
    (ruling,) = findings.rulings
    assert (ruling.subject, ruling.item, ruling.default) == ("5.1", "责任", "市商务局")
    assert ruling.options == ("市商务局", "市教育局")


def test_a_deadline_that_is_none_and_a_lost_lead_are_told_with_their_places() -> None:
    found, _, findings = read(task("", "市妇联", "抓紧"))
    assert (found[0].leads, found[0].deadline) == ((), "抓紧")
    assert {(p.code, p.cell, p.found) for p in findings.problems} == {
        ("deadline", "表1第2行第2列", "任务5.1完成时间是“抓紧”"),
        ("no-unit", "表1第2行第1列", "任务5.1没有牵头单位"),
    }


def test_contacts_go_to_their_unit_and_a_stranger_s_are_told() -> None:
    contacts = (RawContact("市妇联", "何敏", "55551234"), RawContact("市残联", "余飞"))
    _, units, findings = read(task("市商务局", "市妇联"), contacts=contacts)
    assert [(unit.contact, unit.phone) for unit in units] == [("", ""), ("何敏", "55551234")]
    assert [(p.code, p.found) for p in findings.problems] == [
        ("contact", "“市残联”只在联系人里（余飞），任务分解表没有这个单位")
    ]


def test_a_document_without_tasks_says_so_once() -> None:
    found, units, findings = read()
    assert (found, units) == ([], [])
    assert [problem.code for problem in findings.problems] == ["no-tasks"]
