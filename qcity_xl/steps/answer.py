"""答复上级: a pack that a province sent, filled from the city's own master."""

from typing import Annotated, TypedDict

from qcity_xl.adapters.packs import NotAPack, read_pack
from qcity_xl.adapters.storage import Location, load, place_beside, put_beside
from qcity_xl.core.errors import NothingToDo, QcityError
from qcity_xl.core.rounds.answering import Answers
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema.pack import PACK, PACK_EVIDENCE
from qcity_xl.core.values import Value
from qcity_xl.steps.shared.city_answers import answered, unanswered_data, unanswered_section
from qcity_xl.steps.shared.data import CellValue
from qcity_xl.steps.shared.data_returns import UnansweredData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    plain,
)
from qcity_xl.steps.shared.target import Target, open_sound

_SHOWN = 40


class FilledData(TypedDict):
    """填报表里填上的一格."""

    sheet: Annotated[str, "填报表的工作表"]
    row: Annotated[str, "任务、得分点的编号；佐证是材料名称"]
    column: Annotated[str, "表头"]
    value: Annotated[CellValue, "填的内容"]


class AnswerData(TypedDict):
    """答复上级."""

    unit: Annotated[str, "填报表是发给谁的"]
    round: Annotated[str, "轮次"]
    file: Annotated[str, "填好的填报表"]
    filled: Annotated[list[FilledData], "逐格填了什么"]
    unanswered: Annotated[list[UnansweredData], "没有答上的，要自己填；已答但要核对的"]
    notes: Annotated[list[str], "要知道的"]


class AnotherCity(QcityError):
    """A pack that was sent to somebody else."""

    def __init__(self, unit: str, city: str) -> None:
        """Say to whom."""
        super().__init__(
            f"这份填报表是发给{unit}的，总表「设置」里的“城市”是{city}，没有代填。"
            "请选发给本市的填报表；是同一个市的，请把“城市”改成填报表上的名称。"
        )


def answer(target: Target, pack: Location, out: Location, context: Context) -> Outcome[AnswerData]:
    """Fill the pack from the master into a copy in the folder `out`; neither is written itself, nor
    a file with other content that lies there by the name of the copy: it may be filled by hand.

    Rows are answered where number and wording agree (see core/rounds/answering.py), the others
    listed. Raises NothingToDo, NotAPack, OtherPlan, OtherYears, AnotherCity, CannotWrite.
    """
    city = open_sound(target).master
    data = load(pack)
    try:
        before = read_pack(data, city.settings.limits)
    except NotAPack as error:  # the reason alone, as it stands beside the name in a list of files
        raise NotAPack(f"{pack.name}：{error}") from error
    who, called = before.identity, city.settings.city
    if who.master == city.settings.master_id:
        raise NothingToDo(
            "这份填报表是本总表自己发给单位的，不是上级发来的；单位填好后用“合并回收”。"
        )
    if called and not (called.startswith(who.unit) or who.unit.startswith(called)):
        raise AnotherCity(who.unit, called)
    if not called:
        context.notes.append("「设置」里没有填“城市”，填报表是不是发给本市的没有核对。")
    filled, answers = answered(data, city, city.settings.limits)
    cells = _cells(before, answers)
    usual = out / f"答复_{pack.name}"
    made = place_beside(usual, filled) if cells else usual
    if made != usual:
        context.notes.append(
            f"“{usual.name}”已经有了，内容和这次的不同（可能有人填过），没有覆盖；"
            f"这次的另存为“{made.name}”，请核对后只报送一份。"
        )
    if cells and not context.dry_run:
        put_beside(made, filled)
    rows = tuple((c["sheet"], c["row"], c["column"], plain_words(c["value"])) for c in cells)
    columns = (Column("表"), Column("哪一行"), Column("列"), Column("填的内容", "note"))
    return Outcome(
        f"{who.unit}{who.round}：填了{len(cells)}格" + (f"，放在 {made}" if cells else ""),
        {
            "unit": who.unit,
            "round": who.round,
            "file": str(made) if cells else "",
            "filled": cells,
            "unanswered": [unanswered_data(who.unit, one) for one in answers.unanswered],
            "notes": answers.notes,
        },
        LEFT if answers.unanswered else DONE,
        (
            Count("问到的任务和得分点", answers.asked, "项"),
            Count("对上", answers.placed, "项"),
            Count("另加佐证", len(answers.added), "份"),
        ),
        (
            Section("填的内容", columns, rows, _SHOWN),
            unanswered_section((who.unit, one) for one in answers.unanswered),
        ),
        notices=(*answers.notes, "请打开核对，没有答上的自己填好，再报送上级。") if cells else (),
        pending=len(cells),
    )


def _cells(pack: ReturnedPack, answers: Answers) -> list[FilledData]:
    """The cells that were filled, in the order of the pack."""
    found: list[FilledData] = []
    for pack_table in PACK:
        table = pack_table.table
        named = "title" if pack_table is PACK_EVIDENCE else table.fields[1]
        for row in pack.rows.get(table.name, ()):
            values = answers.cells.get((table.name, row.key), {})
            name = str(values.get(named) or row.values.get(named) or "")
            found += [
                _cell(pack_table.table.sheet, name, table.column(f).header, v)
                for f, v in values.items()
            ]
    table = PACK_EVIDENCE.table
    for values in answers.added:
        name = str(values.get("title") or "")
        found += [_cell(table.sheet, name, table.column(f).header, v) for f, v in values.items()]
    return found


def _cell(sheet: str, row: str, column: str, value: Value) -> FilledData:
    return {"sheet": sheet, "row": row, "column": column, "value": plain(value)}


def plain_words(value: CellValue) -> str:
    """A value as a report shows it, on one line."""
    return " ".join(str(value).split())
