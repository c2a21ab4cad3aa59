"""合并回收: any number of files and folders, each difference decided once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from qcity_xl.adapters.storage import Location
from qcity_xl.adapters.workers import workers
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.master.names import row_name
from qcity_xl.core.master.numbers import NumbersInUse, standing_ids
from qcity_xl.core.merge.decisions import ONLY_WRITING, REVIEWED, WORDS, Action, Decision
from qcity_xl.core.merge.merge_all import Merged, lines_of, merge_returns
from qcity_xl.core.merge.versions import rounds_by_unit
from qcity_xl.core.rounds.part import base_round
from qcity_xl.core.schema import BY_NAME, CONFLICTS, LOG
from qcity_xl.core.schema.words import AWAITING
from qcity_xl.steps.shared.city_answers import unanswered_data, unanswered_section
from qcity_xl.steps.shared.commit import check_writable, commit
from qcity_xl.steps.shared.data_returns import DecisionData, MergeData
from qcity_xl.steps.shared.load_returns import ALREADY, MERGED, REJECTED, FileResult, load_returns
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
    plain,
)
from qcity_xl.steps.shared.target import Target, open_sound
from qcity_xl.steps.shared.write_replies import with_replies, write_replies

NOTHING_NEW = "没有填写新内容"
_SHOWN = 20  # cells that the report quotes


def merge(
    target: Target,
    sources: Sequence[Location],
    context: Context,
    *,
    reply: Location | None = None,
    scheduler: str = "",
) -> Outcome[MergeData]:
    """Merge returned packs into the master; what can't be used is reported with the reason.

    With `reply`, what was refused or could not be read is written into that folder, to go back.

    The outcome depends neither on the order of the files nor on their names. A file may be merged
    again at any time: only what was not dealt with is decided anew. Files are read on the cluster
    of this scheduler, if one is named.
    """
    file = open_sound(target)
    check_writable(file, context)
    with workers(scheduler) as pool:
        returns, results = load_returns(sources, file.path, file.master, context, pool)
    merged = merge_returns(file.master, returns, context.now.date())
    lines = lines_of(merged)
    commit(file, lines, context, BY_ID["merge"].title)
    sent = rounds_by_unit(file.master)
    results = [*(_result(item, sent[item.file.identity.unit]) for item in merged), *results]
    outcome = _outcome(
        results, [line.change for line in lines if line.change], standing_ids(file.master)
    )
    if reply is None or context.dry_run:
        return outcome
    return with_replies(outcome, write_replies(reply, merged, results, file.master), reply)


def _result(item: Merged, rounds: Mapping[str, int]) -> FileResult:
    who, pack = item.file.identity, item.file
    state = MERGED if item.lines else ALREADY
    reason = "；".join([*pack.notes, *_remarks(item, rounds)])
    partial = bool(pack.findings)
    decisions = (*item.decisions, *item.alike)
    rest = (state, who.unit, who.round, reason, decisions, partial, pack.beside, pack.unanswered)
    return FileResult(item.file.name, *rest)


def _remarks(item: Merged, rounds: Mapping[str, int]) -> Iterator[str]:
    """What the office should know of the file as a whole; `rounds` are those of its unit."""
    who = item.file.identity
    if item.again:
        yield "同一文件已经合并过，只看上次没有处理完的"
    newest = max(rounds, key=lambda name: rounds[name])
    if base_round(newest) != base_round(who.round):
        yield f"是{who.round}的旧表（最新为{newest}），已按当时的下发值比较"
    if not item.decisions:
        yield NOTHING_NEW
    if item.alike:
        yield f"有{len(item.alike)}格{ONLY_WRITING}，见下面的“保留”"
    yield from item.notes
    again = sum(line.field == "state" and line.old in REVIEWED for line in item.lines)
    if again:
        yield f"改动了{again}条已审核的佐证，审核已改回“{AWAITING}”，请重审"
    passed = sum(decision.passed_over for decision in item.decisions)
    if passed and not item.again:
        yield f"有{passed}格没有采用，见下面的“保留”"


def _outcome(
    results: Sequence[FileResult], changes: Sequence[Change], standing: NumbersInUse
) -> Outcome[MergeData]:
    decisions = [(result, d) for result in results for d in result.decisions]
    counts = Counter(d.action for _, d in decisions)
    states = Counter(result.state for result in results)
    data: MergeData = {
        "files": [
            {"file": r.file, "unit": r.unit, "round": r.round, "state": r.state, "reason": r.reason}
            for r in results
        ],
        "taken": counts["take"],
        "kept": counts["keep"],
        "conflicts": counts["conflict"],
        "refused": counts["refuse"],
        "decisions": [_decision_data(result, d) for result, d in decisions],
        "beside": [
            {
                "file": r.file,
                "unit": r.unit,
                "sheet": b.sheet,
                "cell": b.cell,
                "words": b.words,
                "reason": b.why,
            }
            for r in results
            for b in r.beside
        ],
        "unanswered": [unanswered_data(r.unit, one) for r in results for one in r.unanswered],
        "changes": len(changes),
        "changed": change_data(changes),
    }
    left = counts["conflict"] or counts["refuse"] or states[REJECTED] or data["unanswered"]
    choose = Advice("resolve", "请到「冲突」表逐条选择处理方式，选好后")
    return Outcome(
        f"收到{len(results)}份" if results else "没有收到文件",
        data,
        LEFT if left or any(result.partial for result in results) else DONE,
        (*(Count(state, number, "份") for state, number in states.items()), *_cells(counts)),
        tuple(_sections(results, standing)),
        advice=(choose,) if counts["conflict"] else (),
        changes=len(changes),
        pending=len(results),
        sheet=_sheet(data),
    )


def _cells(counts: Counter[Action]) -> Iterator[Count]:
    yield from (Count(word, counts[action], "格") for action, word in WORDS.items())


def _sheet(data: MergeData) -> str:
    """Where people have to choose; without that, where the answers are now."""
    if data["conflicts"] or data["refused"]:
        return CONFLICTS.sheet
    return BY_ID["merge"].sheet if data["changes"] else ""


def _sections(results: Sequence[FileResult], standing: NumbersInUse) -> Iterator[Section]:
    columns = (Column("状态", "state"), Column("文件"), Column("单位"), Column("轮次"))
    files = tuple((r.state, r.file, r.unit, r.round, r.reason) for r in results)
    yield Section("", (*columns, Column("说明", "note")), files)
    decisions = [d for result in results for d in result.decisions]
    listed = [
        d
        for d in decisions
        if d.passed_over or d.action in ("conflict", "refuse") or d.reason == ONLY_WRITING
    ]
    cells = tuple((WORDS[d.action], _sentence(d, standing)) for d in listed)
    what = (Column("处理", "state"), Column("哪一格"))
    yield Section("没有采用的各格", what, cells, _SHOWN, CONFLICTS.sheet)
    where = (Column("原因", "state"), Column("单位"), Column("哪一格"), Column("写的内容"))
    beside = tuple(
        (item.why, result.unit, f"「{item.sheet}」{item.cell}", item.words)
        for result in results
        for item in result.beside
    )
    yield Section("填报的各格以外写的，不并入总表", where, beside, _SHOWN, LOG.sheet)
    yield unanswered_section((r.unit, one) for r in results for one in r.unanswered)


def _sentence(decision: Decision, standing: NumbersInUse) -> str:
    column = BY_NAME[decision.table].column(decision.field).header
    at = f"填报表「{decision.sheet}」第{decision.line}行"
    name = row_name(decision.row, standing)
    place = f"「{BY_NAME[decision.table].sheet}」{name}" if decision.row else at
    value = "（空）" if decision.theirs is None else decision.theirs
    what = "整行被删" if decision.field == KEY else f"的“{column}”填了“{value}”"
    return f"{place} {what}，{decision.reason}"


def _decision_data(result: FileResult, decision: Decision) -> DecisionData:
    table = BY_NAME[decision.table]
    return {
        "file": result.file,
        "unit": result.unit,
        "action": decision.action,
        "sheet": table.sheet,
        "row": decision.row,
        "column": table.column(decision.field).header,
        "base": plain(decision.base),
        "ours": plain(decision.ours),
        "theirs": plain(decision.theirs),
        "reason": decision.reason,
    }
