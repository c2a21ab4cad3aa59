"""The papers and lists of 迎检包: cover and catalogue of each indicator, lists, what is lacking."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qcity_xl.adapters.reports.book import Listing, listing_book
from qcity_xl.adapters.reports.paper import PaperTemplate
from qcity_xl.adapters.workers import HERE, Workers
from qcity_xl.core.file_names import own_name
from qcity_xl.core.reports.inspection import CriterionFolder, IndicatorFolder, Inspection, Material
from qcity_xl.core.values import Value

CATALOGUE, ACCEPTANCE = "迎检目录", "验收清单"  # the templates
_Columns = tuple[tuple[str, float], ...]
_Line = tuple[Value, ...]
_MATERIALS: _Columns = (
    *(("编号", 10), ("得分点", 8), ("材料名称", 36), ("材料类型", 9)),
    *(("文号", 14), ("日期", 11), ("所属期", 10), ("单位", 12), ("页码", 6), ("文件", 6)),
)
_LACKING: _Columns = (("得分点", 9), ("内容", 44), ("单位", 14), ("缺什么、哪里不对", 54))


@dataclass(frozen=True, slots=True)
class Taken:
    """A material and the paths of its files in the package, none where nothing could be taken."""

    material: Material
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the papers of an indicator are made of: the template, its values, the lines of its list,
    and the folder that they go into.
    """

    template: bytes = field(repr=False)
    values: Mapping[str, object]
    lines: list[_Line]
    folder: str


Files = Mapping[str, Sequence[Taken]]  # number of an indicator -> its materials


def papers_of(
    plan: Inspection,
    files: Files,
    template: Callable[[str], bytes],
    progress: Callable[[Sequence[IndicatorFolder], str], Iterator[IndicatorFolder]],
    pool: Workers = HERE,
) -> dict[str, bytes]:
    """Path in the package -> paper or list; `template` gives the bytes of a template by name.

    Raises BadPaper.
    """
    catalogue = template(CATALOGUE)
    acceptance = PaperTemplate(template(ACCEPTANCE), ACCEPTANCE)
    made: dict[str, bytes] = {}
    asked = (
        _Asked(catalogue, _values(plan, one, files[one.no]), _lines(files[one.no], folder), folder)
        for one in progress(plan.indicators, "写目录")
        for folder in ("/".join(one.folder),)
    )
    for one, (paper, listing) in pool.map(_papers, asked):
        made[f"{one.folder}/目录.docx"], made[f"{one.folder}/目录.xlsx"] = paper, listing
    for method, indicators in plan.methods.items():
        values = {"城市": plan.city, "方式": method, "指标": [_accepted(i) for i in indicators]}
        made[own_name(method, f"{ACCEPTANCE}_", ".docx")] = acceptance.filled(values)
    everything = [line for i in plan.indicators for line in _lines(files[i.no], "")]
    made["总目录.xlsx"] = _listed(everything)
    return made


_opened = lru_cache(maxsize=1)(PaperTemplate)


def _papers(asked: _Asked) -> tuple[bytes, bytes]:
    """Cover and catalogue, and the list."""
    return _opened(asked.template, CATALOGUE).filled(asked.values), _listed(asked.lines)


def lacking_book(plan: Inspection, failed: Iterable[tuple[Material, str]]) -> bytes:
    """缺件清单, for the office alone: what criteria lack, what is flawed, what was not taken in."""
    lacking = [
        (criterion.label, criterion.text, criterion.owner, words)
        for criterion in _criteria(plan)
        for words in criterion.lacking
    ]
    flawed = [
        (material.number, material.title, material.unit, material.flaw)
        for indicator in plan.indicators
        for material in indicator.materials
        if material.flaw
    ]
    out = [(m.number, m.title, m.unit, f"{why}：{m.location}") for m, why in failed]
    out += [("", m.title, m.unit, why) for m, why in plan.unplaced]
    named: _Columns = (("编号", 10), ("材料名称", 44), ("单位", 14), ("哪里不对", 54))
    return listing_book(
        {
            "缺的材料": Listing(_LACKING, lacking),
            "有毛病": Listing(named, flawed),
            "没有收入": Listing(named, out),
        }
    )


def _listed(lines: list[_Line]) -> bytes:
    return listing_book({"材料目录": Listing(_MATERIALS, lines, link="文件")})


def _criteria(plan: Inspection) -> Iterator[CriterionFolder]:
    for indicator in plan.indicators:
        yield from indicator.criteria


def _values(
    plan: Inspection, indicator: IndicatorFolder, taken: Sequence[Taken]
) -> dict[str, object]:
    return {
        "城市": plan.city,
        "部分": f"{indicator.section}　{indicator.section_title}",
        "编号": indicator.no,
        "指标": indicator.title,
        "分值": indicator.points,
        "验收方式": "、".join(indicator.methods),
        "现场地点": indicator.site,
        "责任单位": "；".join(indicator.contacts),
        "得分说明": indicator.reason,
        "得分点": [
            _criterion(criterion, len(indicator.shared)) for criterion in indicator.criteria
        ],
        "材料": [_material(one.material) for one in taken],
    }


def _criterion(criterion: CriterionFolder, shared: int) -> dict[str, object]:
    return {
        "编号": criterion.label,
        "内容": criterion.text,
        "分值": criterion.points,
        "答案": criterion.answer,
        "自评": criterion.claimed,
        "佐证": criterion.evidenced,
        "单位": criterion.owner,
        "份数": len(criterion.materials) + shared,
    }


def _material(material: Material) -> dict[str, object]:
    return {
        "编号": material.number,
        "名称": material.title,
        "类型": material.kind,
        "文号": material.document,
        "日期": material.dated or material.period,
        "单位": material.unit,
        "页码": material.page,
    }


def _accepted(indicator: IndicatorFolder) -> dict[str, object]:
    return {
        "编号": indicator.no,
        "名称": indicator.title,
        "地点": indicator.site,
        "单位": "；".join(indicator.contacts),
        "份数": sum(1 for _ in indicator.materials),
    }


def _lines(taken: Sequence[Taken], folder: str) -> list[_Line]:
    """One for each material; the last cell is the place of its first file, seen from `folder`."""
    lines: list[_Line] = []
    for one in taken:
        m = one.material
        place = one.paths[0].removeprefix(f"{folder}/") if one.paths else ""
        facts = (m.document, m.dated, m.period, m.unit, m.page)
        lines.append((m.number, m.subject, m.title, m.kind, *facts, place))
    return lines
