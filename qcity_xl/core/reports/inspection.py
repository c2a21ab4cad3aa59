"""迎检包: which material goes into which folder under which number, and what is not there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.file_names import safe_name
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.master.units import load_registry
from qcity_xl.core.schema import CRITERIA, EVIDENCE, INDICATORS, SECTIONS, UNITS
from qcity_xl.core.schema.words import VALID
from qcity_xl.core.scoring.evaluate import Evaluation
from qcity_xl.core.scoring.evidence import REJECTED, criteria_in, criteria_labels
from qcity_xl.core.text import entries, natural_key, one_line
from qcity_xl.core.values import Value

# UTF-16 units of a name, as Windows counts them: with the folders' three and the file's own a path
# in the package has at most 150, which leaves 109 of Windows' 259 for where the package lies.
_FOLDER, _FILE, _ENDING = 26, 56, 8
PATH_ROOM = 3 * (_FOLDER + 1) + _FILE + _ENDING
WHOLE = "0"  # stands for the criterion where a material serves a whole indicator
_PLAIN_ENDING = re.compile(rf"\.\w{{1,{_ENDING - 1}}}")
_MARKS = re.compile(r"[^\w.]+")


@dataclass(frozen=True, slots=True)
class Material:
    """One row of 佐证 in one folder; `number` is 13-3-02 and begins the names of its files.

    `subject` is the criterion that it serves. `flaw` is what the check found wrong with it, "" for
    a sound one.
    """

    number: str
    subject: str
    row: str
    title: str
    kind: str
    unit: str
    document: str
    dated: Value
    period: str
    page: str
    location: str
    flaw: str
    folder: tuple[str, ...]

    def file_name(self, ending: str, part: int = 0) -> str:
        """Its name in the package; `part` counts the files of a material that has several."""
        number = f"{self.number}_{part}" if part else self.number
        ending = ending if _PLAIN_ENDING.fullmatch(ending) else ""
        return f"{_cut(f'{number} {self.title}', _FILE)}{ending}"


@dataclass(frozen=True, slots=True)
class CriterionFolder:
    """A criterion with what serves it, and what is lacking, in words."""

    label: str
    text: str
    points: Value
    answer: Value
    claimed: Value
    evidenced: Value
    owner: str
    folder: tuple[str, ...]
    materials: tuple[Material, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorFolder:
    """An indicator with its criteria; `shared` are materials that serve all of them."""

    no: str
    title: str
    section: str
    section_title: str
    points: Value
    methods: tuple[str, ...]
    site: str
    reason: str
    contacts: tuple[str, ...]
    folder: tuple[str, ...]
    criteria: tuple[CriterionFolder, ...]
    shared: tuple[Material, ...]

    @property
    def materials(self) -> Iterator[Material]:
        """All of them, as they are numbered."""
        yield from self.shared
        for criterion in self.criteria:
            yield from criterion.materials


@dataclass(frozen=True, slots=True)
class Inspection:
    """The whole package; `unplaced` are materials without a criterion or sent back, and why."""

    city: str
    indicators: tuple[IndicatorFolder, ...]
    unplaced: tuple[tuple[Material, str], ...]

    @property
    def methods(self) -> dict[str, tuple[IndicatorFolder, ...]]:
        """Way of acceptance -> the indicators that are accepted so."""
        found: dict[str, list[IndicatorFolder]] = {}
        for indicator in self.indicators:
            for method in indicator.methods:
                found.setdefault(method, []).append(indicator)
        return {method: tuple(listed) for method, listed in found.items()}


def inspection_of(master: Master, evaluation: Evaluation) -> Inspection:
    """The package of a master as `evaluation` leaves it."""
    return _Planner(master, evaluation).plan()


class _Planner:
    def __init__(self, master: Master, evaluation: Evaluation) -> None:
        self._master = master
        self._assessment = evaluation.assessment
        self._labels = criteria_labels(master)
        self._units = {text(row, "name"): row for row in master.rows(UNITS).values()}
        self._registry = load_registry(self._units.values())
        self._sections = {text(r, "no"): text(r, "title") for r in master.rows(SECTIONS).values()}
        self._own: dict[str, list[str]] = {}
        for key, row in master.rows(CRITERIA).items():
            self._own.setdefault(text(row, "indicator"), []).append(key)
        self._serving: dict[str, list[str]] = {}  # criterion or indicator -> rows of 佐证
        self._unplaced: list[tuple[str, str]] = []
        for key, finding in self._assessment.findings.items():
            self._place(key, finding)

    def _place(self, key: str, finding: str) -> None:
        row = self._master.rows(EVIDENCE)[key]
        serves = criteria_in(text(row, "criteria"), self._labels)
        if finding == REJECTED:
            note = text(row, "state_note")
            self._unplaced.append((key, f"{REJECTED}：{note}" if note else REJECTED))
            return
        if not serves:
            self._unplaced.append((key, "没有对应的得分点"))
        for no, own in self._own.items():
            mine = [criterion for criterion in own if criterion in serves]
            if len(mine) == len(own) > 1:
                mine = [_whole(no)]
            for place in mine:
                self._serving.setdefault(place, []).append(key)

    def plan(self) -> Inspection:
        rows = sorted(
            self._master.rows(INDICATORS).values(),
            key=lambda row: (natural_key(text(row, "section")), natural_key(text(row, "no"))),
        )
        lost = tuple((self._material(key, "", "", ()), why) for key, why in self._unplaced)
        return Inspection(
            self._master.settings.city, tuple(self._indicator(row) for row in rows), lost
        )

    def _indicator(self, row: Row) -> IndicatorFolder:
        no, section = text(row, "no"), text(row, "section")
        title = self._sections.get(section, "")
        folder = (_name(section, title), _name(no, text(row, "title")))
        criteria = tuple(self._criterion(key, folder) for key in self._own.get(no, ()))
        owners = dict.fromkeys(filter(None, (criterion.owner for criterion in criteria)))
        return IndicatorFolder(
            no,
            one_line(text(row, "title")),
            section,
            title,
            row.get("points"),
            tuple(entries(text(row, "methods"))),
            text(row, "site"),
            text(row, "reason"),
            tuple(map(self._contact, owners)),
            folder,
            criteria,
            self._numbered(
                _whole(no),
                f"{no}（整个指标）",
                (*folder, _name(f"{no}-{WHOLE}", "整个指标")),
            ),
        )

    def _criterion(self, key: str, above: tuple[str, ...]) -> CriterionFolder:
        row = self._master.rows(CRITERIA)[key]
        label, words = text(row, "label"), one_line(text(row, "text"))
        folder = (*above, _name(label, words))
        return CriterionFolder(
            label,
            words,
            row.get("points"),
            row.get("answer"),
            row.get("claimed"),
            row.get("evidenced"),
            self._registry.find(text(row, "owner")) or text(row, "owner"),
            folder,
            self._numbered(key, label, folder),
            tuple(gap.sentence() for gap in self._assessment.gaps_of(key)),
        )

    def _numbered(self, place: str, subject: str, folder: tuple[str, ...]) -> tuple[Material, ...]:
        """By their order on 佐证, so that a new one at its end renumbers none."""
        start = folder[-1].partition(" ")[0]
        return tuple(
            self._material(key, f"{start}-{count:02}", subject, folder)
            for count, key in enumerate(self._serving.get(place, ()), 1)
        )

    def _material(self, key: str, number: str, subject: str, folder: tuple[str, ...]) -> Material:
        row, finding = self._master.rows(EVIDENCE)[key], self._assessment.findings[key]
        title = one_line(text(row, "title")) or text(row, "number") or text(row, "kind") or key
        return Material(
            number,
            subject,
            key,
            title,
            text(row, "kind"),
            text(row, "unit"),
            text(row, "number"),
            row.get("dated"),
            text(row, "period"),
            text(row, "page"),
            text(row, "location"),
            "" if finding == VALID else finding,
            folder,
        )

    def _contact(self, unit: str) -> str:
        """市教育局（李静，0510-88001122）."""
        row: Mapping[str, Value] = self._units.get(unit, {})
        known = "，".join(filter(None, (text(row, "contact"), text(row, "phone"))))
        return f"{unit}（{known}）" if known else unit


def _whole(no: str) -> str:
    """A place that no criterion's row id can be: it has a blank."""
    return f"{no} "


def _plain(label: str) -> str:
    """13(3) as 13-3."""
    return _MARKS.sub("-", label).strip("-") or "_"


def _name(number: str, words: str) -> str:
    """A folder's name: its number, then words as far as there is room."""
    return _cut(f"{_plain(number).zfill(2)} {words}", _FOLDER)


def _cut(name: str, room: int) -> str:
    """A name within so many UTF-16 units that ends in no blank or dot, as Windows wants it."""
    safe = safe_name(name)
    units = safe.encode("utf-16-le")[: 2 * room]
    return units.decode("utf-16-le", errors="ignore").rstrip(" .") or "_"
