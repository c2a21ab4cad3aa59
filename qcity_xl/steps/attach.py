"""对应佐证: files that units sent are proposed for the rows of 佐证 that lack theirs."""

from collections.abc import Iterable
from typing import Annotated, TypedDict

from qcity_xl.adapters.evidence_files import file_facts
from qcity_xl.adapters.evidence_folder import EVIDENCE_FOLDER, EvidenceFolder
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.mail.filing import Doubt, Match, matched
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.schema import EVIDENCE, UNITS
from qcity_xl.core.scoring.evidence import FileFact, is_filled
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import Changes
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
)
from qcity_xl.steps.shared.target import Target, open_sound


class AttachedData(TypedDict):
    """一行佐证和它的文件."""

    row: Annotated[str, "「佐证」的行键"]
    unit: Annotated[str, "单位"]
    title: Annotated[str, "材料名称"]
    places: Annotated[list[str], "文件，从总表所在文件夹起"]
    why: Annotated[str, "凭什么：存放位置里的文件名、材料名称、文号；拿不准的为空"]


class AttachData(Changes):
    """对应佐证."""

    matched: Annotated[list[AttachedData], "对上的，写进“存放位置”"]
    doubtful: Annotated[list[AttachedData], "拿不准的，要自己选"]
    unmatched: Annotated[list[str], "没有哪一行要的文件"]


_COLUMNS = (Column("单位"), Column("材料"), Column("文件"), Column("说明", "note"))


def attach(target: Target, context: Context) -> Outcome[AttachData]:
    """Write the certain ones into 存放位置, list the doubtful; a second run writes nothing."""
    file = open_sound(target)
    master = file.master
    facts = file_facts(master, file.path, remember=not context.dry_run, progress=context.progress)
    evidence = master.rows(EVIDENCE)
    used = {text(row, "location") for row in evidence.values()}
    folder = EvidenceFolder(file.path.parent / EVIDENCE_FOLDER)
    matches: list[Match] = []
    doubts: list[Doubt] = []
    unmatched: list[str] = []
    for unit, rows in _lacking(master, facts).items():
        places = folder.places(unit)
        certain, doubtful = matched(places, rows, used)
        matches, doubts = [*matches, *certain], [*doubts, *doubtful]
        named = used | {match.location for match in certain}
        unmatched += [place for place in places if place not in named]
    unmatched += folder.places("")
    changes = [
        Change(EVIDENCE.name, m.row, "location", evidence[m.row].get("location"), m.location)
        for m in matches
    ]
    commit(file, as_lines(changes), context, BY_ID["attach"].title)
    certain_data = [_data(m.row, evidence[m.row], m.location.split("；"), m.why) for m in matches]
    doubtful_data = [_data(d.row, evidence[d.row], d.places) for d in doubts]
    offered = {place for doubt in doubts for place in doubt.places}
    left_over = [place for place in unmatched if place not in offered]
    return Outcome(
        "对应佐证" if changes else "对应佐证，没有要写的",
        {
            "matched": certain_data,
            "doubtful": doubtful_data,
            "unmatched": left_over,
            "changes": len(changes),
            "changed": change_data(changes),
        },
        LEFT if doubts else DONE,
        (
            Count("对上", len(matches), "行"),
            Count("拿不准", len(doubts), "行"),
            Count("没有哪一行要的文件", len(left_over), "个"),
        ),
        (
            Section("对上的", _COLUMNS, tuple(_row(one) for one in certain_data)),
            Section("拿不准的", _COLUMNS, tuple(_row(one) for one in doubtful_data)),
            Section(
                "没有哪一行要的文件", (Column("文件"),), tuple((p,) for p in left_over), most=12
            ),
        ),
        changes=len(changes),
    )


def _lacking(master: Master, facts: dict[str, FileFact]) -> dict[str, dict[str, Row]]:
    """Unit -> its rows of 佐证 without a file, by id; every unit is there."""
    registry = master.registry
    found: dict[str, dict[str, Row]] = {
        text(row, "name"): {} for row in master.rows(UNITS).values() if text(row, "name")
    }
    for key, row in master.rows(EVIDENCE).items():
        unit = registry.find(text(row, "unit")) or ""
        if unit in found and is_filled(row) and _lacks(text(row, "location"), facts):
            found[unit][key] = row
    return found


def _lacks(location: str, facts: dict[str, FileFact]) -> bool:
    """Whether there is no file at a place; a web address is taken as one."""
    fact = facts.get(location)
    return not location or (fact is not None and not fact.exists)


def _data(row: str, values: Row, places: Iterable[str], why: str = "") -> AttachedData:
    unit, title = text(values, "unit"), text(values, "title")
    return {"row": row, "unit": unit, "title": title, "places": list(places), "why": why}


def _row(one: AttachedData) -> tuple[str, str, str, str]:
    why = f"{one['why']}相同" if one["why"] else "有几种可能，请自己在“存放位置”填"
    return one["unit"], one["title"], "；".join(one["places"]), why
