"""迎检包: a folder for the inspectors, with numbered evidence, catalogues and lists."""

from pathlib import Path

from qcity_xl.adapters.copies import MANIFEST, Synced, Verified, sync, verify, zipped
from qcity_xl.adapters.evidence_files import evidence_paths, file_facts
from qcity_xl.adapters.reports.catalogue import Taken, lacking_book, papers_of
from qcity_xl.adapters.reports.templates import own_template
from qcity_xl.adapters.storage import Location, put
from qcity_xl.adapters.workers import workers
from qcity_xl.core.errors import QcityError
from qcity_xl.core.reports.inspection import PATH_ROOM, Inspection, Material, inspection_of
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.steps.shared.outcome import DONE, LEFT, Column, Context, Count, Outcome, Section
from qcity_xl.steps.shared.report_data import InspectData, MissingData
from qcity_xl.steps.shared.target import Target, open_sound

_LONGEST = 259  # characters of a path that every program on Windows opens
_SHOWN = 15


class TooDeep(QcityError):
    """A folder whose path leaves no room."""

    def __init__(self, folder: str, most: int) -> None:
        """Say how long it may be."""
        super().__init__(
            f"“{folder}”的路径有{len(folder)}个字，放不下材料：Windows的路径最长{_LONGEST}个字，"
            f"文件夹要在{most}个字以内。请换一个浅一些、名字短一些的文件夹。"
        )


def inspect(
    target: Target,
    context: Context,
    out: Location,
    check: bool = False,
    compress: bool = False,
    scheduler: str = "",
) -> Outcome[InspectData]:
    """Make or bring up to date the package for the inspectors; with `check` only verify it.

    Papers are written on the cluster of this scheduler, if one is named.
    Raises NoCluster, TooDeep, NotOurFolder, NoManifest, CannotWrite.
    """
    if check:
        return _verified(verify(out, context.progress), out)
    most = _LONGEST - PATH_ROOM - 1
    if isinstance(out, Path) and len(str(out.resolve())) > most:
        raise TooDeep(str(out.resolve()), most)
    file = open_sound(target)
    facts = file_facts(file.master, file.path, progress=context.progress)
    evaluation = evaluate(file.master, facts)
    plan = inspection_of(file.preview(evaluation.changes), evaluation)
    copies, taken, failed = _gathered(plan, file.path)
    if context.dry_run:
        return _told(plan, Synced(copied=len(copies)), failed, [], copies)
    template = own_template(file.master.settings.papers, file.path.parent)
    with workers(scheduler) as pool:
        papers = papers_of(plan, taken, template, context.progress, pool)
    synced = sync(out, copies, papers, context.progress)
    by_path = {path: one.material for own in taken.values() for one in own for path in one.paths}
    failed += [(by_path[path], why) for path, why in synced.failed.items()]
    lacking = out.with_name(f"{out.name}_缺件清单.xlsx")
    put(lacking, lacking_book(plan, failed))
    files = [str(out), str(lacking)]
    if compress:
        files.append(str(zipped(out, context.progress)))
    return _told(plan, synced, failed, files, copies)


Failed = list[tuple[Material, str]]


def _gathered(
    plan: Inspection, book: Path
) -> tuple[dict[str, Path], dict[str, list[Taken]], Failed]:
    """Path in the package -> file; the materials of each indicator; what can't be taken."""
    copies: dict[str, Path] = {}
    taken: dict[str, list[Taken]] = {}
    failed: Failed = []
    for indicator in plan.indicators:
        own = taken.setdefault(indicator.no, [])
        for material in indicator.materials:
            sources, why = evidence_paths(material.location, book)
            names = []
            for part, source in enumerate(sources, 1):
                name = material.file_name(source.suffix, part if len(sources) > 1 else 0)
                path = "/".join((*material.folder, name))
                copies[path] = source
                names.append(path)
            own.append(Taken(material, tuple(names)))
            if why:
                failed.append((material, why))
    return copies, taken, failed


def _told(
    plan: Inspection,
    synced: Synced,
    failed: Failed,
    files: list[str],
    copies: dict[str, Path],
) -> Outcome[InspectData]:
    missing: list[MissingData] = [
        {"criterion": criterion.label, "unit": criterion.owner, "material": "", "reason": words}
        for indicator in plan.indicators
        for criterion in indicator.criteria
        for words in criterion.lacking
    ]
    left: list[MissingData] = [
        {
            "criterion": material.subject,
            "unit": material.unit,
            "material": material.title,
            "reason": why,
        }
        for material, why in (*failed, *plan.unplaced)
    ]
    left += [
        {
            "criterion": "",
            "unit": "",
            "material": name,
            "reason": "有人改过或放了同名文件，没有动",
        }
        for name in synced.held
    ]
    counts = (
        Count("材料文件", len(copies), "个"),
        Count("新复制", synced.copied, "个"),
        *((Count("没有变的", synced.kept, "个"),) if synced.kept else ()),
        *((Count("去掉", synced.dropped, "个"),) if synced.dropped else ()),
        Count("没有收入", len(left), "件"),
        Count("还缺", len(missing), "件"),
    )
    columns = (Column("得分点"), Column("材料"), Column("单位"), Column("为什么", "note"))
    rows = tuple((m["criterion"], m["material"], m["unit"], m["reason"]) for m in left)
    return Outcome(
        "迎检包已生成" if files else "迎检包",
        {
            "files": files,
            "copied": synced.copied,
            "kept": synced.kept,
            "dropped": synced.dropped,
            "missing": missing,
            "left": left,
            "changed": [],
            "gone": [],
            "extra": [],
        },
        LEFT if left else DONE,
        counts,
        (
            Section("没有收入的", columns, rows, most=_SHOWN),
            Section("生成的文件", (Column("文件"),), tuple((name,) for name in files)),
        ),
        ("缺件清单只给办公室自己看，没有放进迎检包。",) if files else (),
        pending=1,  # the lists are made anew even where no file is new
    )


def _verified(found: Verified, out: Location) -> Outcome[InspectData]:
    states = (("内容变了", found.changed), ("不见了", found.gone), ("清单上没有", found.extra))
    rows = tuple((state, name) for state, names in states for name in names)
    return Outcome(
        f"“{out.name}”与{MANIFEST}不一致" if rows else f"“{out.name}”与{MANIFEST}一致",
        {
            "files": [],
            "copied": 0,
            "kept": found.files - len(found.changed) - len(found.gone),
            "dropped": 0,
            "missing": [],
            "left": [],
            "changed": list(found.changed),
            "gone": list(found.gone),
            "extra": list(found.extra),
        },
        LEFT if rows else DONE,
        (Count("文件", found.files, "个"), *(Count(s, len(n), "个") for s, n in states if n)),
        (Section("", (Column("情况", "state"), Column("文件")), rows, most=_SHOWN),),
    )
