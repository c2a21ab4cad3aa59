"""The packs that a city's master answers: as if they had been filled there and sent."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qcity_xl.adapters.disk import sha256_of
from qcity_xl.adapters.packs import NotAPack, answered_pack, read_pack
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.settings import Limits
from qcity_xl.core.merge.cities import asked_of
from qcity_xl.core.rounds.answering import Answers, answers_to
from qcity_xl.core.rounds.pack import ReturnedPack, Unanswered
from qcity_xl.steps.shared.data_returns import UnansweredData
from qcity_xl.steps.shared.outcome import Column, Section

_SHOWN = 20  # rows that a report quotes


def answered(data: bytes, city: Master, limits: Limits) -> tuple[bytes, Answers]:
    """A pack filled with what the city's master answers, and what that is. Raises NotAPack,
    OtherPlan, OtherYears.
    """
    pack = read_pack(data, limits)
    answers = answers_to(pack, city)
    return answered_pack(data, pack, answers), answers


def answered_by(
    city: Master, master: Master, side: SideFolder
) -> Iterator[tuple[bytes, ReturnedPack]]:
    """Each pack of the last round that went to this city, as its master answers it.

    Raises NotAReturn, NotAPack, OtherPlan, OtherYears.
    """
    for who in asked_of(master, city):
        sent = side.sent(who.round, who.unit)
        if sent is None:
            raise NotAPack(
                f"是{who.unit}的总表，但旁边文件夹里没有{who.round}下发的填报表留底，代填不了；"
                f"请{who.unit}用“答复上级”填好收到的填报表，报送填报表"
            )
        filled, answers = answered(sent, city, Limits())
        whose = f"是{who.unit}的总表，照它代填了{answers.filled}格"
        pack = replace(
            read_pack(filled, Limits()),
            sha256=sha256_of(filled),
            unanswered=tuple(answers.unanswered),
        )
        yield filled, replace(pack, notes=(*pack.notes, whose, *answers.notes))


def unanswered_data(unit: str, one: Unanswered) -> UnansweredData:
    """A row that was not answered, as data."""
    return {"unit": unit, "sheet": one.sheet, "row": one.row, "reason": one.why}


def unanswered_section(rows: Iterable[tuple[str, Unanswered]]) -> Section:
    """The rows that were not answered, by unit."""
    columns = (Column("单位"), Column("表"), Column("哪一行"), Column("说明", "note"))
    found = tuple((unit, one.sheet, one.row, one.why) for unit, one in rows)
    return Section("没有答上、要核对的", columns, found, _SHOWN)
