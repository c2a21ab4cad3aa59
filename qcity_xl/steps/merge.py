"""合并回收: any number of files and folders, each difference decided once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from qcity_xl.core.changes import KEY, Change
from qcity_xl.core.master.model import Master
from qcity_xl.core.master.names import row_name
from qcity_xl.core.merge.decisions import PENDING, REVIEWED, WORDS, Action, Decision
from qcity_xl.core.merge.merge_all import Merged, merge_returns
from qcity_xl.core.merge.versions import rounds_of
from qcity_xl.core.schema import BY_NAME
from qcity_xl.steps.shared.commit import check_writable, commit
from qcity_xl.steps.shared.load_returns import ALREADY, MERGED, REJECTED, FileResult, load_returns
from qcity_xl.steps.shared.outcome import DONE, LEFT, Context, Report, change_data, plain
from qcity_xl.steps.shared.target import Target, open_master
from qcity_xl.steps.shared.write_replies import with_replies, write_replies

COMMAND = "合并回收"
NOTHING_NEW = "没有填写新内容"
_SHOWN = 20  # cells that the report quotes


def merge(
    target: Target, sources: Sequence[Path], context: Context, *, reply: Path | None = None
) -> Report:
    """Merge returned packs into the master; what can't be used is told with the reason.

    With `reply`, what was refused or could not be read is written into that folder, to go back.

    The outcome depends neither on the order of the files nor on their names. A file may be merged
    again at any time: only what was not dealt with is decided anew.
    """
    file = open_master(target)
    check_writable(file, context)
    returns, results = load_returns(sources, file.path, file.master, context)
    merged = merge_returns(file.master, returns, context.now.date())
    lines = [line for item in merged for line in item.lines]
    commit(file, lines, context, COMMAND)
    results = [*(_result(item, file.master) for item in merged), *results]
    report = _report(results, [line.change for line in lines if line.change])
    if reply is None or context.dry_run:
        return report
    return with_replies(report, write_replies(reply, merged, results, file.master), reply)


def _result(item: Merged, master: Master) -> FileResult:
    who, pack = item.file.identity, item.file
    state = MERGED if item.lines else ALREADY
    reason = "；".join([*pack.notes, *_remarks(item, master)])
    partial = bool(pack.findings)
    return FileResult(item.file.name, state, who.unit, who.round, reason, item.decisions, partial)


def _remarks(item: Merged, master: Master) -> Iterator[str]:
    """What the office should know of the file as a whole."""
    who = item.file.identity
    if item.again:
        yield "同一文件已经合并过，只看上次没有处理完的"
    rounds = rounds_of(who.unit, master)
    newest = max(rounds, key=lambda name: rounds[name])
    if newest != who.round:
        yield f"是{who.round}的旧表（最新为{newest}），已按当时的下发值比较"
    if not item.decisions:
        yield NOTHING_NEW
    yield from item.notes
    again = sum(line.field == "state" and line.old in REVIEWED for line in item.lines)
    if again:
        yield f"改动了{again}条已审核的佐证，审核已改回“{PENDING}”，请重审"
    passed = sum(decision.passed_over for decision in item.decisions)
    if passed and not item.again:
        yield f"有{passed}格没有采用，见下面的“保留”"


def _report(results: Sequence[FileResult], changes: Sequence[Change]) -> Report:
    counts = Counter(d.action for result in results for d in result.decisions)
    states = Counter(result.state for result in results)
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
    partial = any(result.partial for result in results)
    status = LEFT if left or partial else DONE
    return Report(tuple(_lines(results, counts, states)), data, status)


def _lines(
    results: Sequence[FileResult], counts: Counter[Action], states: Counter[str]
) -> Iterator[str]:
    told = "、".join(f"{state}{count}份" for state, count in states.items())
    words = "、".join(f"{word}{counts[action]}格" for action, word in WORDS.items())
    yield f"收到{len(results)}份：{told or '没有文件'}。"
    yield f"逐格比较：{words}。"
    for result in results:
        yield f"  [{result.state}] {result.file} {result.unit}{result.round}".rstrip()
        if result.reason:
            yield f"      {result.reason}"
    decisions = [d for result in results for d in result.decisions]
    shown = [d for d in decisions if d.passed_over or d.action in ("conflict", "refuse")]
    yield from (f"  {_sentence(decision)}" for decision in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield f"  …… 另有{len(shown) - _SHOWN}格，见「冲突」和「日志」"
    if counts["conflict"]:
        yield "请到「冲突」表逐条选择处理方式，再运行“处理冲突”。"


def _sentence(decision: Decision) -> str:
    column = BY_NAME[decision.table].column(decision.field).header
    at = f"填报表「{decision.sheet}」第{decision.line}行"
    place = f"「{BY_NAME[decision.table].sheet}」{row_name(decision.row)}" if decision.row else at
    value = "（空）" if decision.theirs is None else decision.theirs
    said = "整行被删" if decision.field == KEY else f"的“{column}”填了“{value}”"
    return f"{WORDS[decision.action]}：{place} {said}，{decision.reason}"


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
