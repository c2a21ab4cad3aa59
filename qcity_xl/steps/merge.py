"""合并回收: any number of files and folders, each difference decided once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.adapters.packs import NotAPack, read_pack
from qcity_xl.adapters.side_folder import SideFolder
from qcity_xl.adapters.workbook import WorkbookFile, load_bytes, sha256_of
from qcity_xl.core.changes import Change
from qcity_xl.core.conflicts import conflict_rows
from qcity_xl.core.errors import QcityError
from qcity_xl.core.journal import Line, as_lines
from qcity_xl.core.master import Master, differences, text
from qcity_xl.core.merge import Action, Decision, changes_of, decide_pack
from qcity_xl.core.packs import ReturnedPack, base_hash
from qcity_xl.core.schema import BY_NAME, ROUNDS
from qcity_xl.core.text import natural_key
from qcity_xl.core.values import Value
from qcity_xl.steps.commit import commit
from qcity_xl.steps.report import DONE, LEFT, Context, Report, change_data, plain

COMMAND = "合并回收"
MERGED, ALREADY, REJECTED = "已合并", "已合并过", "未采用"
_WORDS: dict[Action, str] = {"take": "采用", "keep": "保留", "conflict": "冲突", "refuse": "拒收"}


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one returned file; without a reason all of it was merged."""

    file: str
    state: str
    unit: str = ""
    round: str = ""
    reason: str = ""
    decisions: tuple[Decision, ...] = ()


@dataclass(slots=True)
class _Outcome:
    master: Master
    lines: list[Line] = field(default_factory=list)
    results: list[FileResult] = field(default_factory=list)


def merge(path: Path, sources: Sequence[Path], context: Context) -> Report:
    """Merge returned packs into the master; what can't be used is told with the reason.

    The outcome does not depend on the order of the files, nor on their names.
    """
    file = WorkbookFile.open(path)
    outcome = _Outcome(file.master)
    side = SideFolder(path)
    packs: list[tuple[str, str, ReturnedPack]] = []
    for source in context.progress(_files(sources, path), "读取回收件"):
        try:
            data = load_bytes(source)
            packs.append(
                (sha256_of(data), source.name, read_pack(data, file.master.settings.limits))
            )
        except (NotAPack, QcityError) as error:
            outcome.results.append(FileResult(source.name, REJECTED, reason=str(error)))
            continue
        if not context.dry_run:
            side.keep_received(source.name, data)
    packs.sort(
        key=lambda item: (natural_key(item[2].identity.round), item[2].identity.unit, item[0])
    )
    for sha256, name, pack in packs:
        outcome.results.append(_merge_one(outcome, side, sha256, name, pack, context))
    commit(file, outcome.lines, context, COMMAND)
    return _report(outcome)


def _files(sources: Iterable[Path], master: Path) -> list[Path]:
    """All files in question, folders searched; the master and lock files are not returns."""
    found: dict[Path, None] = {}
    for source in sources:
        inside = sorted(source.rglob("*")) if source.is_dir() else [source]
        found |= dict.fromkeys(p for p in inside if not p.is_dir())
    return [
        p for p in found if not p.name.startswith(("~$", ".")) and p.resolve() != master.resolve()
    ]


def _merge_one(
    outcome: _Outcome,
    side: SideFolder,
    sha256: str,
    name: str,
    pack: ReturnedPack,
    context: Context,
) -> FileResult:
    """Decide one pack against the master as it is after the packs before it."""
    master, identity = outcome.master, pack.identity
    who = (identity.unit, identity.round)
    key = f"R{identity.round}/{identity.unit}"
    sent = master.rows(ROUNDS).get(key)
    if identity.master != master.settings.master_id:
        return FileResult(
            name, REJECTED, *who, "是另一份总表的填报表，总表编号不同；请核对是否寄错"
        )
    if sent is None:
        return FileResult(
            name, REJECTED, *who, f"「轮次」里没有给{identity.unit}下发过{identity.round}"
        )
    if sha256 in text(sent, "returned").split():
        return FileResult(name, ALREADY, *who, "同一文件已经合并过，没有再改")
    proven = _proven(pack, text(sent, "base"), side)
    if proven is None:
        why = "文件里的下发基准被改动，旁边文件夹也没有留底，无法判断改了什么；请单位在原件上重填"
        return FileResult(name, REJECTED, *who, why)
    decisions = tuple(decide_pack(proven, master))
    changes = changes_of(list(decisions), master, proven)
    changes += conflict_rows(master.with_changes(changes), identity, decisions, name)
    received: dict[str, Value] = {
        "state": "已回收",
        "returned_on": context.now.date(),
        "returned": "\n".join([*text(sent, "returned").split(), sha256]),
    }
    changes += differences(master, ROUNDS, {key: received})
    outcome.lines += [*as_lines(changes, name), *_left_alone(decisions, name)]
    outcome.master = master.with_changes(changes)
    return FileResult(
        name, MERGED, *who, "；".join([*pack.notes, *_stale(master, pack)]), decisions
    )


def _proven(pack: ReturnedPack, wanted: str, side: SideFolder) -> ReturnedPack | None:
    """The pack with a base that the hash in the master proves: its own, or that of our copy."""
    if base_hash(pack.identity, pack.base) == wanted:
        return pack
    kept = side.sent(pack.identity.round, pack.identity.unit)
    if kept is None:
        return None
    try:
        copy = read_pack(kept, Master({}).settings.limits)
    except NotAPack:
        return None
    if base_hash(copy.identity, copy.base) != wanted:
        return None
    notes = (*pack.notes, "文件里的下发基准被改动，已按留底核对")
    return ReturnedPack(pack.identity, copy.base, pack.rows, notes)


def _stale(master: Master, pack: ReturnedPack) -> list[str]:
    rounds = [
        text(row, "round")
        for row in master.rows(ROUNDS).values()
        if text(row, "unit") == pack.identity.unit
    ]
    newest = rounds[-1] if rounds else ""
    if newest == pack.identity.round:
        return []
    return [f"是{pack.identity.round}的旧表（最新为{newest}），已按当时的下发值比较"]


def _left_alone(decisions: Iterable[Decision], source: str) -> list[Line]:
    return [
        Line(_WORDS[d.action], d.table, d.row or f"第{d.line}行", d.field, d.ours, d.theirs, source)
        for d in decisions
        if d.action != "take"
    ]


def _report(outcome: _Outcome) -> Report:
    results = outcome.results
    counts = Counter(d.action for result in results for d in result.decisions)
    states = Counter(result.state for result in results)
    told = "、".join(f"{state}{count}份" for state, count in states.items())
    words = "、".join(f"{word}{counts[action]}格" for action, word in _WORDS.items())
    lines = [f"收到{len(results)}份：{told or '没有文件'}。", f"逐格比较：{words}。"]
    for result in results:
        lines.append(f"  [{result.state}] {result.file} {result.unit}{result.round}".rstrip())
        lines += [f"      {result.reason}"] if result.reason else []
    shown = [d for r in results for d in r.decisions if d.action in ("conflict", "refuse")]
    lines += [f"  {_sentence(d)}" for d in shown[:20]]
    if counts["conflict"]:
        lines.append("请到「冲突」表逐条选择处理方式，再运行“处理冲突”。")
    changes: list[Change] = [line.change for line in outcome.lines if line.change]
    data = {
        "files": [
            {"file": r.file, "unit": r.unit, "round": r.round, "state": r.state, "reason": r.reason}
            for r in results
        ],
        "taken": counts["take"],
        "kept": counts["keep"],
        "conflicts": counts["conflict"],
        "refused": counts["refuse"],
        "decisions": [
            {"file": r.file, "unit": r.unit, **_decision_data(d)}
            for r in results
            for d in r.decisions
        ],
        "changes": len(changes),
        "changed": change_data(changes),
    }
    left = counts["conflict"] or counts["refuse"] or states[REJECTED]
    partial = any(r.state == MERGED and "没有读" in r.reason for r in results)
    return Report(tuple(lines), data, LEFT if left or partial else DONE)


def _sentence(decision: Decision) -> str:
    column = BY_NAME[decision.table].column(decision.field).header
    place = decision.row or f"填报表「{decision.sheet}」第{decision.line}行"
    return (
        f"{_WORDS[decision.action]}：{place} 的“{column}”填了“{decision.theirs}”，{decision.reason}"
    )


def _decision_data(decision: Decision) -> dict[str, object]:
    table = BY_NAME[decision.table]
    return {
        "action": decision.action,
        "sheet": table.sheet,
        "row": decision.row,
        "column": table.column(decision.field).header,
        "base": plain(decision.base),
        "ours": plain(decision.ours),
        "theirs": plain(decision.theirs),
        "reason": decision.reason,
    }
