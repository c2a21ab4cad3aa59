"""自检: what is wrong with a master and what stands beside it; mended where that is safe."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copymode

from qcity_xl.adapters.disk import (
    check_free,
    load_bytes,
    sha256_of,
    write_file,
    writing,
)
from qcity_xl.adapters.ooxml.limits import DEFAULT_LIMITS
from qcity_xl.adapters.ooxml.salvage import whole_parts
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.adapters.storage import put_beside
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import HEADER, KEY, Change
from qcity_xl.core.errors import (
    ChangedMeanwhile,
    FileUnreadable,
    HeaderLost,
    NotAMaster,
    QcityError,
    SheetsLost,
)
from qcity_xl.core.history.log import LogLine, as_lines, log_rows, verify
from qcity_xl.core.history.rebuild import Rebuilt, rebuild
from qcity_xl.core.history.restore import deleted_sheets, lost, restored
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.master.moved import moved_rows
from qcity_xl.core.schema import BY_NAME, LOG, ROUNDS, SETTINGS
from qcity_xl.core.schema.words import KEPT
from qcity_xl.steps.shared.commit import commit
from qcity_xl.steps.shared.data import DoctorData, HealthData
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Outcome,
    Section,
    change_data,
    change_section,
)
from qcity_xl.steps.shared.target import Target, Workbook, open_master
from qcity_xl.steps.shared.upgrade import plan_upgrade

_FULL = 0.8  # of what may be read
_BACKUP = "到旁边文件夹的 snapshots 里找完好的备份，或向办公室其他同事要一份"


class DamagedParts(QcityError):
    """A master that can be read, with parts that Excel would complain of."""

    def __init__(self, name: str, broken: Mapping[str, str]) -> None:
        """Say which."""
        named = "、".join(list(broken)[:3])
        super().__init__(f"“{name}”里有{len(broken)}个部件坏了或不见了：{named}")


@dataclass(frozen=True, slots=True)
class Health:
    """One thing looked at: what was found, and how to mend it if it is not well."""

    name: str
    ok: bool
    found: str
    fix: str = ""


def doctor(target: Target, context: Context) -> Outcome[DoctorData]:
    """Look a master over; put back what it lacks, and make one anew that can't be opened.

    That is done from the newest snapshot, all tables of the damaged file that are still whole (hand
    edits included) and its log; the damaged file is kept under another name. What a damaged part
    shows otherwise is listed, not taken.
    """
    try:
        file = _with_ids(target)
    except (FileUnreadable, NotAMaster) as error:
        if not isinstance(target, Path) or not target.is_file():
            raise
        return _made_anew(target, context, error)
    if isinstance(target, Path) and (mended := _parts_put_back(target, file, context)):
        return mended
    checks = [*health(file), *_lock(file)]
    lacking = plan_upgrade(file, undo=False)
    gone = deleted_sheets(file.master, lacking)
    if LOG.sheet in gone and isinstance(target, Path):
        return _made_anew(target, context, SheetsLost(target.name, f"「{LOG.sheet}」"))
    found, back = _given_back(file, lacking)
    title = BY_ID["doctor"].title
    commit(file, as_lines(back), context, title, upgrades=True, restores=True)
    if gone or found:
        named = "；".join(found) or f"少了{'、'.join(f'「{sheet}」' for sheet in gone)}"
        checks.insert(0, Health("删掉的工作表和列", False, named, "已补上，请核对补上的内容"))
    made = Rebuilt(tuple(back), ())
    return _outcome(checks, [*context.notes, *found], len(lacking), made)


def _with_ids(target: Target) -> Workbook:
    """The master, also where of columns one of row ids alone is lacking: it can be put back."""
    try:
        return open_master(target)
    except HeaderLost as error:
        file = open_master(target, lenient=True) if error.of_ids else None
        plan = plan_upgrade(file, undo=False) if file else []
        if file is None or any(c.row == HEADER and c.field != KEY for c in plan):
            raise
        return file


def _given_back(file: Workbook, lacking: Sequence[Change]) -> tuple[list[str], list[Change]]:
    """What stood in sheets and columns that were deleted: in words, and the changes that fill them.

    Of snapshots the newest one counts that has them, with what the log says since.
    """
    places = lost(file.master, lacking, BY_ID["doctor"].title)
    kept = [p for p in SideFolder(file.path).snapshots() if _opens(p)] if places else []
    older = [open_master(path, lenient=True).master for path in kept]
    present = file.master.with_changes(lacking)
    fresh = frozenset((c.table, c.row) for c in lacking if c.adds_row)
    said: list[str] = []
    changes: list[Change] = []
    for place in places:
        if (back := restored(place, present, older, fresh)) and back[1]:
            said.append(
                f"{place.words}：按备份 {kept[back[0]].name} 和之后的日志找回"
                f"{sum(c.field != KEY for c in back[1])}格；备份之后手工改过的请核对"
            )
            changes += back[1]
    return said, changes


# -- a master that can be opened


def health(file: Workbook) -> list[Health]:
    """What can be seen of a master that is open: its file, its rows, its log, what is beside it."""
    return [*_of_file(file), *_of_master(file.master), *_beside(file)]


def health_lines(checks: Iterable[Health]) -> list[str]:
    """The checks for a window: what was found, then how to mend what is not well."""
    listed = list(checks)
    return [
        *(f"[{'正常' if c.ok else '不行'}] {c.name}：{c.found}" for c in listed),
        *(f"  {c.name}怎么修：{c.fix}。" for c in listed if not c.ok),
    ]


def _of_file(file: Workbook) -> Iterator[Health]:
    data = load_bytes(file.path)
    _, broken = whole_parts(data)
    named = "；".join(f"{part}{why}" for part, why in broken.items())
    fix = "用 Excel 打开后另存；打不开或内容不见了的，" + _BACKUP
    yield Health("文件各部件", not broken, named or "都完好", fix)
    size = len(data) / DEFAULT_LIMITS.file_bytes
    fix = "删去总表里的大图片和不用的表；接近上限后就没有步骤能再写它"
    yield Health("大小", size < _FULL, f"{len(data) / 2**20:.1f} MB，占上限的 {size:.0%}", fix)


def _of_master(master: Master) -> Iterator[Health]:
    strays = [f"「{BY_NAME[s.table].sheet}」第{s.line}行" for s in master.strays]
    found = "、".join(strays[:5]) + (f"等{len(strays)}行" if len(strays) > 5 else "")
    fix = "行键是空的或与别的行重复：点“检查”，照「问题」逐行改"
    yield Health("行键", not strays, found or "都在，没有重复", fix)
    moved = [f"「{m.table.sheet}」{m.row}" for m in moved_rows(master)]
    fix = "取消隐藏“行键”列，撤销那次排序，或让每行的行键与内容对上"
    yield Health("行的位置", not moved, "、".join(moved[:5]) or "行键与内容都对得上", fix)
    faults = [problem.sentence() for problem in verify(master)]
    yield Health("日志", not faults, "；".join(faults[:3]) or "完整，没有被改动", "见“日志核对”")


def _lock(file: Workbook) -> Iterator[Health]:
    try:
        check_free(file.path)
        yield Health("锁", True, "没有程序占着总表")
    except QcityError as error:
        yield Health("锁", False, str(error), "关闭打开它的程序；确实没有人打开的，删去那个锁文件")


def _beside(file: Workbook) -> Iterator[Health]:
    side = SideFolder(file.path)
    fix = "不影响已并入的内容；下次写总表时会新建。备份要另找"
    yield Health("旁边的文件夹", side.path.is_dir(), side.path.name, fix)
    bad = [path.name for path in side.snapshots() if not _opens(path)]
    fix = "这些备份已坏，可以删去；请把总表另外拷贝一份保存"
    yield Health("备份", not bad, "、".join(bad) or f"{len(side.snapshots())}份，都能打开", fix)
    sent = [(text(r, "round"), text(r, "unit")) for r in file.master.rows(ROUNDS).values()]
    gone = [f"{r}{u}" for r, u in sent if not side.sent(r, u)]
    fix = "单位把下发基准弄坏时就无从核对；必要时按原轮次重新拆分下发"
    named = "、".join(gone[:5]) + (f"等{len(gone)}份" if len(gone) > 5 else "")
    yield Health("下发的留底", not gone, named or "都在", fix)


def _opens(path: Path, *, lenient: bool = True) -> bool:
    try:
        open_master(path, lenient=lenient)
    except QcityError:
        return False
    return True


# -- one that can't


def _parts_put_back(path: Path, file: Workbook, context: Context) -> Outcome[DoctorData] | None:
    """What is broken in a master that can be read all the same, where a snapshot has it."""
    from qcity_xl.adapters.master_file.salvage import lost_parts, salvaged

    older = _older(path)
    if older is None:
        return None
    whole, broken = whole_parts(load_bytes(path))
    before = load_bytes(older)
    broken |= dict.fromkeys(lost_parts(whole, whole_parts(before)[0]), "不见了")
    if not broken or not salvaged(path.name, load_bytes(path), before).mixed:
        return None
    return _made_anew(path, context, DamagedParts(file.path.name, broken))


def _older(path: Path) -> Path | None:
    """The newest snapshot that is whole, else the newest that can be opened.

    撤销 works on a master that lacks a sheet, and keeps a snapshot of it as it was: without it.
    """
    kept = [p for p in SideFolder(path).snapshots() if _opens(p)]
    return next((p for p in kept if _opens(p, lenient=False)), next(iter(kept), None))


def _made_anew(path: Path, context: Context, error: QcityError) -> Outcome[DoctorData]:
    from qcity_xl.adapters.master_file.salvage import salvaged
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    data = load_bytes(path)
    older = _older(path)
    if older is None:
        checks = [Health("总表", False, str(error), f"没有能用的备份，修不了。{_BACKUP}")]
        return _outcome([*checks, *_parts(whole_parts(data)[1])], [], 0)
    before = load_bytes(older)
    kept = salvaged(path.name, data, before)
    file = WorkbookFile(path, kept.carrier)
    made = rebuild(file.master, WorkbookFile(path, before, lenient=True).master, kept.found)
    mended = list(_mended(older.name, kept.found, made, mixed=kept.mixed))
    file.apply(made.changes)
    line = LogLine(KEPT, SETTINGS.name, "自检", "value", None, "；".join(mended))
    file.apply(log_rows(file.master, context.stamp(BY_ID["doctor"].title), [line]))
    checks = [
        Health("总表", False, str(error), f"已用备份 {older.name} 和还能读的部分修好"),
        *_parts(kept.broken),
    ]
    aside = ""
    if not context.dry_run:
        aside = _replaced(path, data, file.to_bytes())
    return _outcome(checks, mended, 0, made, aside)


def _replaced(path: Path, damaged: bytes, data: bytes) -> str:
    """Write the mended master; the damaged one stays under another name, which is given."""

    def unchanged() -> None:
        if sha256_of(load_bytes(path)) != sha256_of(damaged):
            raise ChangedMeanwhile(path.name)

    check_free(path)
    with SideFolder(path).locked():
        unchanged()
        kept_as = path.with_name(f"{path.stem}（损坏的原件）{path.suffix}")
        aside = path.with_name(put_beside(kept_as, damaged).name)
        with writing(aside.name):
            copymode(path, aside)  # passwords stand in it, too
        write_file(path, data, unchanged)
    return aside.name


def _parts(broken: Mapping[str, str]) -> Iterator[Health]:
    for part, why in broken.items():
        yield Health("部件", False, f"{part}：{why}", "见“总表”一项")


def _mended(older: str, names: Collection[str], made: Rebuilt, *, mixed: bool) -> Iterator[str]:
    lost = [f"「{table.sheet}」" for name, table in BY_NAME.items() if name not in names]
    yield (
        "损坏的部件换成了备份里的，其余一概没动"
        if mixed
        else f"以备份 {older} 为底；备份以后自己加的表、图和格式改动没有放回，要的到损坏的原件里找"
    )
    if names:
        yield f"{len(names)}张表是从损坏的文件里读出的，手工改过的都在"
    if lost:
        more = f"，并按日志重做了{len(made.replayed)}次操作" if made.replayed else ""
        yield f"{'、'.join(lost)}读不出，用的是备份里的{more}；之后手工改过的请核对"
    if LOG.name not in names:
        yield "「日志」读不出：备份以后的操作不在日志里，无法重做"


def _outcome(
    checks: Sequence[Health],
    mended: list[str],
    lacking: int,
    made: Rebuilt | None = None,
    aside: str = "",
) -> Outcome[DoctorData]:
    changes = made.changes if made else ()
    bad = [check for check in checks if not check.ok]
    listed: list[HealthData] = [
        {"name": c.name, "ok": c.ok, "found": c.found, "fix": "" if c.ok else c.fix} for c in checks
    ]
    rows = tuple(
        ("正常" if c.ok else "不行", c.name, c.found, "" if c.ok else c.fix) for c in checks
    )
    columns = (
        *(Column("结果", "state"), Column("查什么")),
        *(Column("查到"), Column("怎么修", "note")),
    )
    return Outcome(
        f"查了{len(checks)}项，{len(bad)}项不行" if bad else f"查了{len(checks)}项，都正常",
        {
            "checks": listed,
            "mended": mended,
            "aside": aside,
            "changes": len(changes) + lacking,
            "changed": change_data(changes),
        },
        LEFT if bad else DONE,
        sections=(
            Section("", columns, rows),
            Section("修好的", (Column(""),), tuple((line,) for line in mended)),
            change_section(changes),
        ),
        notices=(f"损坏的原件留在 {aside}。",) if aside else (),
        changes=len(changes) + lacking,
    )
