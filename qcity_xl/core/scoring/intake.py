"""Files of a folder as proposals for 佐证: what each would prove, sure or not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.changes import Change, added_row
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.units import Registry
from qcity_xl.core.schema import CRITERIA, EVIDENCE
from qcity_xl.core.schema.words import AWAITING
from qcity_xl.core.scoring.evidence import (
    EMPTY_FILE,
    NO_FILE,
    NO_PLACE,
    Assessment,
    FileFact,
    Gap,
    criteria_labels,
    timing,
)
from qcity_xl.core.scoring.file_signs import Signs, number_key, read_signs
from qcity_xl.core.scoring.kinship import Kinship
from qcity_xl.core.scoring.needs import Window, plan_window
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value

_BETWEEN = re.compile('[；;\n"“”]')
LISTED, TWICE = "已在「佐证」里", "与前面一份内容相同"
UNKNOWN = "看不出是哪个得分点的"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file and the row of 佐证 that it would have; `row` is that of one that lacks its file.

    Where it is not `certain`, `doubt` says what to look at.
    """

    file: str
    cells: Mapping[str, Value]
    reason: str
    row: str = ""
    doubt: str = ""

    @property
    def certain(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.doubt


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of each file: proposed, or left with the reason."""

    proposals: tuple[Proposal, ...]
    left: tuple[tuple[str, str], ...]


def propose(master: Master, assessment: Assessment, files: Mapping[str, FileFact]) -> Intake:
    """What the files prove. `files` maps paths, relative to the master's folder, to facts.

    A file that 佐证 names already, by its place or its content, is not proposed again.
    """
    desk = _Desk(master, assessment)
    rows = desk.rows.values()
    known = {text(row, "sha256") for row in rows}
    places = {place for row in rows for place in _places(text(row, "location"))}
    seen: set[str] = set()
    proposals: list[Proposal] = []
    left: list[tuple[str, str]] = []
    for path, fact in files.items():
        reason = fact.fault or (EMPTY_FILE if not fact.size else "")
        if fold(path) in places or (fact.sha256 and fact.sha256 in known):
            left.append((path, LISTED))
        elif reason or fact.sha256 in seen:
            left.append((path, reason or TWICE))
        elif isinstance(found := desk.proposal(path), Proposal):
            proposals.append(found)
            seen.add(fact.sha256)
        else:
            left.append((path, found))
    return Intake(_alone(proposals), tuple(left))


def _places(location: str) -> list[str]:
    """The files that a cell names, folded: one, or several with ；between or in quotes."""
    return [fold(part.replace("\\", "/")) for part in (location, *_BETWEEN.split(location))]


def _alone(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Two files for one row that lacks its file: the office must say which."""
    rows = [proposal.row for proposal in proposals if proposal.row]
    return tuple(
        Proposal(p.file, p.cells, p.reason, p.row, p.doubt or "几份文件都像是这一行的")
        if p.row and rows.count(p.row) > 1
        else p
        for p in proposals
    )


def intake_changes(
    master: Master, proposals: Sequence[Proposal], files: Mapping[str, FileFact]
) -> list[Change]:
    """The changes that enter these proposals."""
    changes: list[Change] = []
    for proposal in proposals:
        if proposal.row:
            row = master.rows(EVIDENCE)[proposal.row]
            changes += [
                Change(EVIDENCE.name, proposal.row, name, row.get(name), value)
                for name, value in proposal.cells.items()
            ]
        else:
            key = f"S-{files[proposal.file].sha256[:12]}"
            changes += added_row(EVIDENCE.name, key, dict(proposal.cells))
    return changes


@dataclass
class _Desk:
    """What is asked of the master for each file, made once."""

    master: Master
    assessment: Assessment
    rows: Mapping[str, Row] = field(init=False)
    labels: Mapping[str, tuple[str, ...]] = field(init=False)
    registry: Registry = field(init=False)
    kinship: Kinship = field(init=False)
    window: Window = field(init=False)

    def __post_init__(self) -> None:
        self.rows = self.master.rows(EVIDENCE)
        self.labels = criteria_labels(self.master)
        self.registry = self.master.registry
        self.kinship = Kinship(self.master)
        self.window = plan_window(self.master.settings)

    def proposal(self, path: str) -> Proposal | str:
        """What the file would prove, or why there is nothing to propose."""
        signs = read_signs(path, self.labels)
        return self._for_row(path, signs) or self._for_gap(path, signs)

    # -- rows that lack their file

    def _for_row(self, path: str, signs: Signs) -> Proposal | None:
        number, title = number_key(signs.number), fold(signs.title)
        by_number, by_title = list[str](), list[str]()
        for key, row in self.rows.items():
            if self.assessment.findings.get(key) not in (NO_PLACE, NO_FILE):
                continue
            if number and number == number_key(text(row, "number")):
                by_number.append(key)
            elif title == fold(text(row, "title")):
                by_title.append(key)
        found = by_number or by_title
        if not found:
            return None
        what = f"文号{signs.number}" if by_number else "材料名称"
        doubt = "几行都像是它" if len(found) > 1 else ""
        return Proposal(path, {"location": path}, f"{what}与这一行相同", found[0], doubt)

    # -- gaps

    def _for_gap(self, path: str, signs: Signs) -> Proposal | str:
        keys, reason, sure = self._criteria(signs)
        if not keys:
            return UNKNOWN
        cells = self._cells(path, signs)
        gaps = (gap for key in keys for gap in self.assessment.lacking(key))
        fitting = [gap for gap in gaps if self._fits(gap, signs, cells)]
        if not fitting:
            labels = text(self.master.rows(CRITERIA)[keys[0]], "label")
            return f"{labels}{'等' if len(keys) > 1 else ''}不缺这样的{signs.kind or '材料'}"
        gap = fitting[0]
        doubts = [] if sure else ["是哪个得分点的，是猜的"]
        if not signs.kind and len({g.need.kind for g in fitting}) > 1:
            doubts.append(f"材料类型猜是{gap.need.kind}")
        if not signs.year and not signs.day:
            doubts.append("看不出是哪一年的")
        elif gap.need.month and not signs.day:
            doubts.append(f"看不出是不是{gap.need.month}月的")
        row = self.master.rows(CRITERIA)[gap.need.criterion]
        cells |= {"criteria": text(row, "label"), "kind": gap.need.kind}
        cells["unit"] = cells["unit"] or gap.need.unit or None
        return Proposal(path, cells, reason, doubt="；".join(doubts))

    def _criteria(self, signs: Signs) -> tuple[Sequence[str], str, bool]:
        """Criteria in question, the nearest first; why; whether that is sure."""
        shared = self.kinship.shared(signs.title)
        near = sorted(shared, key=lambda key: -len(shared[key]))
        for label in signs.labels:
            keys = self.labels[label]
            if len(keys) == 1:
                return keys, f"路径里写着{label}", True
            own = [key for key in near if key in keys]
            rest = [key for key in keys if key not in own]
            return [*own, *rest], f"路径里写着指标{label}", False
        if not near:
            return (), "", False
        return near, f"名称与得分点都说到“{shared[near[0]]}”", False

    def _fits(self, gap: Gap, signs: Signs, cells: Mapping[str, Value]) -> bool:
        """Whether kind and time are those of the need, as far as the path says them."""
        return signs.kind in ("", gap.need.kind) and not timing(gap.need, cells, self.window)

    def _cells(self, path: str, signs: Signs) -> dict[str, Value]:
        parts = reversed(path.split("/"))
        units = [unit for part in parts for unit in self.registry.named_in(part)]
        return {
            "unit": units[0] if units else None,
            "title": signs.title,
            "number": signs.number or None,
            "dated": signs.day,
            "period": None if signs.day else signs.year or None,
            "location": path,
            "state": AWAITING,
        }
