"""What a unit is told of what it gave before: answers that were not taken, faults of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import CONFLICTS
from qcity_xl.core.schema.words import VALID, is_refusal
from qcity_xl.core.scoring.evidence import (
    BORROWED,
    BROKEN,
    DUPLICATE,
    ELSEWHERE,
    EMPTY_FILE,
    ENCRYPTED,
    EXPIRED,
    ITSELF,
    NO_FILE,
    NO_KIND,
    NO_PAGES,
    NO_PICTURE,
    NO_PLACE,
    OUT_OF_PERIOD,
    OUTSIDE,
    REJECTED,
    UNDATED,
    UNUSED,
)
from qcity_xl.core.text import shorten

_SEND = "请把文件随本表报送，这里写文件名"
_AGAIN = "请重新导出，打开看过再报送"
# What a unit can do about each finding of 佐证; one that is not here is told as it is.
_MENDED_BY: Mapping[str, str] = {
    ELSEWHERE: _SEND,
    OUTSIDE: _SEND,
    ITSELF: _SEND,
    NO_PLACE: _SEND,
    NO_FILE: f"没有收到；{_SEND}",
    EMPTY_FILE: _AGAIN,
    ENCRYPTED: "请去掉口令再报送",
    BROKEN: _AGAIN,
    NO_PAGES: _AGAIN,
    NO_PICTURE: _AGAIN,
    DUPLICATE: "同一份材料只算一次，请换一份",
    BORROWED: "请核对是不是放错了文件",
    EXPIRED: "请换有效期内的",
    NO_KIND: "请从“材料类型”的下拉中选",
    UNDATED: "请填文件日期或所属期",
    OUT_OF_PERIOD: "请核对日期，或换要求年份内的",
    UNUSED: "请在“得分点”写编号，如 13(3)",
}
_QUOTED = 40  # characters of an answer that is told again


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer that was refused and not put right since: its column, what was said, why not."""

    column: str
    said: str
    why: str

    def sentence(self) -> str:
        """上次“完成日期”填“月底”没有采用：不是日期，应写如 2016-05-01."""
        return f"上次“{self.column}”填“{self.said}”没有采用：{self.why}"


def answers_not_taken(master: Master, unit: str) -> dict[tuple[str, str], list[NotTaken]]:
    """Sheet of the master and row id -> what of that row was refused, as 冲突 has it."""
    return not_taken_by_unit(master).get(unit, {})


def not_taken_by_unit(master: Master) -> dict[str, dict[tuple[str, str], list[NotTaken]]]:
    """The same for all units that something was refused of, or of those before them."""
    find = master.registry.find
    units: dict[str, dict[tuple[str, str], list[NotTaken]]] = {}
    for row in master.rows(CONFLICTS).values():
        if is_refusal(text(row, "kind")) and not text(row, "outcome"):
            unit = text(row, "unit")
            found = units.setdefault(find(unit) or unit, {})
            said = shorten(text(row, "theirs") or "（空）", _QUOTED)
            why = text(row, "reason").rstrip("。").removeprefix(f"“{text(row, 'column')}”")
            item = NotTaken(text(row, "column"), said, why)
            told = found.setdefault((text(row, "sheet"), text(row, "row")), [])
            if item not in told:
                told.append(item)
    return units


def fault_of(finding: str, row: Row) -> str:
    """What is wrong with a row of 佐证 and what to do; "" where nothing is."""
    if finding in ("", VALID):
        return ""
    if finding == REJECTED:
        why = text(row, "state_note").rstrip("。")
        return f"{REJECTED}：{why or '没有写原因，请问办公室'}；请改好或换一份"
    how = _MENDED_BY.get(finding, "请换一份能打开的" if finding.startswith("打不开") else "")
    return f"{finding}；{how}" if how else finding
