"""The recipes of CONTRIBUTING.md, carried out on a copy of the package."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mail.conftest import Office, office, prepared
from tests.steps.conftest import context, master

__all__ = ["context", "master", "office", "prepared"]

ROOT = Path(__file__).resolve().parents[1]

KIND = '''"""对半: half of the points for one of two."""

from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules.base import AnswerError, Earned, Rulings, points_text
from qcity_xl.core.values import Value


@dataclass(frozen=True, slots=True)
class Halves:
    """None, one or both."""

    points: float

    name: ClassVar[str] = "对半"
    example: ClassVar[str] = "留空"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """No parameters."""
        return cls(points)

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Half of the points for each."""
        if str(answer) not in self.choices(rulings):
            raise AnswerError(answer, self.allowed(rulings))
        points = self.points * self.choices(rulings).index(str(answer)) / 2
        return Earned(points, points_text(points))

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """How many of the two."""
        return ("没有", "一样", "两样")

    def allowed(self, rulings: Rulings) -> str:
        """The three words."""
        return "、".join(self.choices(rulings))

    def says(self, rulings: Rulings) -> str:
        """What each half earns."""
        return f"每做到一样得{self.points / 2:g}分"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """None: the sentence tells every case."""
        return ()

    def signature(self) -> tuple[object, ...]:
        """Its points."""
        return (self.name, self.points)
'''
CHECK = '''

def check_phones(master: Master) -> Iterator[Problem]:
    """Units without a telephone."""
    for key, row in master.rows(UNITS).items():
        if not text(row, "phone"):
            words = ("没有电话", "电话号码", "补上电话")
            yield _problem(master, (UNITS, key, "phone"), "phone", words)


CHECKS = (
    Check(check_phones, {"phone": "电话"}),
'''
SCORES = """
from qcity_xl.core.schema import CRITERIA
from qcity_xl.core.scoring.evidence import assess
from qcity_xl.core.scoring.score import score_master
from tests.core.builders import build, criterion, indicator, section
assert "对半" in CRITERIA.column("kind").choices
master = build(section(1, 8), indicator(1, 8), criterion("1(1)", 8, "对半", answer="一样"))
print(score_master(master, assess(master, {})).criteria["C1.1"].claimed)
"""
REPORTS = """
from qcity_xl.core.checks import check_master
from tests.core.builders import sound
print(*(p.sentence() for p in check_master(sound()) if p.code == "phone"), sep="\\n")
"""
TABLE = '''"""通报: what was praised and what was blamed."""

from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.marks import Mark, says

NOTICES = Table(
    "tblNotices",
    "通报",
    "通报情况",
    (
        KEY_COLUMN,
        FieldColumn("unit", "单位", "text", 16, "office"),
        FieldColumn(
            "tone",
            "性质",
            "choice",
            choices=("表扬", "批评"),
            marks=(Mark("bad", says("tone", "批评"), "▼"),),
        ),
    ),
    purpose="通报过哪些单位。",
)
'''
MAKES = """
from pathlib import Path
import qcity_xl
from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.adapters.templates.__main__ import main
from qcity_xl.core.changes import added_row
from openpyxl import load_workbook
home = Path(qcity_xl.__file__).parents[1] / "workbook"
assert main([str(home)]) == 0
path = home / "template.xlsx"
"""
SHOWS_TABLE = """
sheet = load_workbook(path)["通报"]
print(sheet["B1"].value, sheet["B2"].value, sheet.freeze_panes, sep="|")
print(*(rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules))
guide = load_workbook(path)["使用说明"]
print(*([c.value for c in row if c.value] for row in guide.iter_rows() if row[1].value == "通报"))
file = WorkbookFile.open(path)
file.apply(added_row("tblNotices", "N1", {"unit": "市质监局", "tone": "表扬"}))
path.write_bytes(file.to_bytes())
print(WorkbookFile.open(path).master.tables["tblNotices"]["N1"]["tone"])
"""
SHOWS_COLUMN = """
sheet = load_workbook(path)["单位"]
print([cell.value for cell in sheet[4]][-1])
print(*(r.prompt for r in sheet.data_validations.dataValidation if r.promptTitle == "传真"))
key = next(iter(WorkbookFile.open(path).master.tables["tblUnits"]))
print(WorkbookFile.open(path).master.tables["tblUnits"][key]["fax"])
"""

WAY = '''"""Letters into a folder that everybody in the house sees."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qcity_xl.adapters.disk import make_file
from qcity_xl.adapters.mail.carrier import Delivery, Way
from qcity_xl.core.mail.delivery import Parcel
from qcity_xl.core.schema.words import SENT


class SharedFolder:
    """A folder with one file for each unit."""

    leaves = True

    def __init__(self, folder: Path) -> None:
        """The folder is made with its first letter."""
        self._folder = folder

    def open(self) -> int:
        """Any size will do."""
        return 0

    def send(self, parcel: Parcel, data: bytes) -> Delivery:
        """Put the letter there."""
        make_file(self._folder / f"{parcel.unit}.eml", data)
        return Delivery(SENT)

    def close(self) -> None:
        """Nothing to do."""


def way(asked: Mapping[str, Any]) -> Way:
    """Into the folder that was asked for."""
    return Way(lambda *_: SharedFolder(asked["share"]), leaves=True)
'''
WAY_RECORD = """
    Option(
        *("share", "放进共享文件夹", "folder", "放进单位内网的共享文件夹。", "--share"),
        one_of="way",
    ),
"""
REPORT = '''"""未开始: the tasks that nobody has begun."""

from typing import Annotated, TypedDict

from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS
from qcity_xl.core.schema.words import FINISHED, UNDER_WAY
from qcity_xl.steps.shared.outcome import Column, Count, Outcome, Section
from qcity_xl.steps.shared.target import Target, open_master


class IdleData(TypedDict):
    """The keys of --json."""

    tasks: Annotated[list[str], "没有开始的任务"]


def idle(target: Target) -> Outcome[IdleData]:
    """What is on 填报 and was not begun."""
    rows = open_master(target).master.rows(ASSIGNMENTS).values()
    found = [row for row in rows if text(row, "progress") not in (UNDER_WAY, FINISHED)]
    listed = tuple((text(row, "task"), text(row, "unit")) for row in found)
    return Outcome(
        "没有开始的任务",
        {"tasks": [task for task, _ in listed]},
        counts=(Count("共", len(listed), "项"),),
        sections=(Section("", (Column("任务"), Column("单位")), listed, most=2),),
    )
'''
REPORT_RECORD = """LOOKING = (
    Step(
        *("idle", "未开始", "没有开始的任务"),
        "列出还没有开始的任务；不写总表。",
        "reads",
    ),
"""
STEP = '''"""补联系人: units without a contact get one to be looked for."""

from typing import Annotated, TypedDict

from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.schema import UNITS
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.outcome import Context, Outcome, change_section
from qcity_xl.steps.shared.target import Target, open_master


class ContactsData(TypedDict):
    """The keys of --json."""

    changes: Annotated[int, "改动的格数"]


def contacts(target: Target, context: Context) -> Outcome[ContactsData]:
    """Each blank contact says that it is wanted."""
    file = open_master(target)
    changes = [
        Change(UNITS.name, key, "contact", None, "待补")
        for key, row in file.master.rows(UNITS).items()
        if row.get("contact") is None
    ]
    commit(file, as_lines(changes), context, BY_ID["contacts"].title)
    shown = (change_section(changes),)
    data: ContactsData = {"changes": len(changes)}
    return Outcome("补联系人", data, sections=shown, changes=len(changes))
'''
STEP_RECORD = """TABLE = (
    Step(
        *("contacts", "补联系人", "补联系人"),
        "没有联系人的单位，先写上“待补”。",
        options=(FORCE,),
        button=Button(
            *("总表", "补联系人", "没有联系人的写上待补"),
            "「单位」里没有联系人的写上“待补”，拆分前好逐个去问。",
            *("BL", "Filter"),
        ),
        sheet="单位",
        example="qcity contacts 总表.xlsx",
        day="没有联系人的单位写上“待补”。",
    ),
"""
SOURCES = """
from openpyxl import Workbook
from qcity_xl.adapters.templates.guide import build_guide
from qcity_xl.addin.sources import generated
made = generated()
print('id="QcContacts" label="补联系人"' in made["customUI14.xml"])
print("r.click('contacts')" in made["QcityRibbon.bas"])
sheet = Workbook().worksheets[0]
build_guide(sheet)
print(*(cell.value for row in sheet for cell in row if "待补" in str(cell.value)))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, to be added to."""
    for name in ("qcity_xl", "workbook"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "qcity_xl"


def put_in(path: Path, old: str, new: str) -> None:
    """Write one file's part of a recipe."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(package: Path, code: str) -> str:
    """What a program says that imports the copy; the tests' own builders come from here."""
    start = f"import sys; sys.path[:0] = [{str(package.parent)!r}, {str(ROOT)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-P", "-c", start + code],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def qcity(package: Path, *words: str | Path) -> str:
    """What a command of the copy prints."""
    given = [str(word) for word in words]
    return run(package, f"from qcity_xl.cli import main; main({given!r})")


def as_json(package: Path, *words: str | Path) -> Any:
    """What it prints for programs."""
    return json.loads(qcity(package, *words, "--json"))


def test_a_rule_kind_is_a_class_and_its_line(package: Path) -> None:
    rules = package / "core" / "rules"
    (rules / "halves.py").write_text(KIND, encoding="utf-8")
    line = "from qcity_xl.core.rules.judged import Judged\n"
    put_in(rules / "kinds.py", line, f"from qcity_xl.core.rules.halves import Halves\n{line}")
    put_in(rules / "kinds.py", "    for kind in (\n", "    for kind in (\n        Halves,\n")
    assert run(package, SCORES) == "4.0"


def test_a_check_is_a_function_and_its_line(package: Path) -> None:
    put_in(package / "core" / "checks.py", "\nCHECKS = (\n", CHECK)
    told = run(package, REPORTS).splitlines()
    assert len(told) == 3
    assert all("没有电话。应为：电话号码。补上电话。" in line for line in told)


def test_a_table_is_its_declaration_and_its_line(package: Path) -> None:
    schema = package / "core" / "schema"
    (schema / "notices.py").write_text(TABLE, encoding="utf-8")
    line = "from qcity_xl.core.schema.office import"
    put_in(
        schema / "__init__.py", line, f"from qcity_xl.core.schema.notices import NOTICES\n{line}"
    )
    put_in(
        schema / "__init__.py",
        "    LOG,\n    SETTINGS,\n)",
        "    LOG,\n    NOTICES,\n    SETTINGS,\n)",
    )
    assert run(package, MAKES + SHOWS_TABLE).splitlines() == [
        "通报情况|通报过哪些单位。　填写：办公室。|C5",
        '$C5="批评"',
        "['通报', '通报过哪些单位。', '填写：办公室。']",
        "表扬",
    ]


def test_a_column_is_its_declaration(package: Path) -> None:
    fax = 'FieldColumn("fax", "传真", "text", 16, "office", help="区号也要填", optional=True),'
    before = '        FieldColumn(\n            "password",'
    put_in(package / "core" / "schema" / "units.py", before, f"        {fax}\n{before}")
    assert run(package, MAKES + SHOWS_COLUMN).splitlines() == ["打开口令", "区号也要填", "None"]


def test_a_report_is_a_function_and_its_record(package: Path, master: Path) -> None:
    (package / "steps" / "idle.py").write_text(REPORT, encoding="utf-8")
    put_in(package / "core" / "catalogue" / "looking.py", "LOOKING = (\n", REPORT_RECORD)
    first, second, third, more = qcity(package, "idle", master).splitlines()
    count = len(as_json(package, "idle", master)["tasks"])
    assert first == f"没有开始的任务：共{count}项。"
    assert second.split() == ["1.1", *second.split()[1:]]
    assert more.split() == ["……", f"另有{count - 2}行"]
    assert third != second
    assert "没有开始的任务" in qcity(package, "idle", "--help") + qcity(package, "--help")


def test_a_step_with_a_button_is_a_function_and_its_record(package: Path, master: Path) -> None:
    (package / "steps" / "contacts.py").write_text(STEP, encoding="utf-8")
    put_in(package / "core" / "catalogue" / "table.py", "TABLE = (\n", STEP_RECORD)
    before = master.read_bytes()
    dry = qcity(package, "contacts", master, "--dry-run").splitlines()
    assert dry[0] == "【预演，没有写入】"
    assert master.read_bytes() == before
    assert as_json(package, "contacts", master)["changes"] > 9
    assert as_json(package, "contacts", master)["changes"] == 0
    (operation,) = as_json(package, "log", master)["operations"]
    assert operation["command"] == "补联系人"
    assert as_json(package, "undo", master)["left"] == []
    assert run(package, SOURCES).splitlines() == ["True", "True", "没有联系人的单位写上“待补”。"]


def test_a_mail_way_is_a_carrier_and_its_record(package: Path, office: Office) -> None:
    (package / "adapters" / "mail" / "share.py").write_text(WAY, encoding="utf-8")
    before = '    Option(\n        *("eml",'
    record = WAY_RECORD.lstrip("\n")
    put_in(package / "core" / "catalogue" / "rounds.py", before, f"{record}{before}")
    folder = office.path.parent / "共享"
    as_json(package, "send", office.path, "--share", folder)
    assert not folder.exists()
    sent = as_json(package, "send", office.path, "--share", folder, "--yes")["messages"]
    assert {message["state"] for message in sent} == {"已发送"}
    assert {path.stem for path in folder.iterdir()} == {message["unit"] for message in sent}
    assert set(office.states().values()) == {"已发送"}
