"""换用新表: a newer version of the state's table onto the running master, answers and all kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcity_xl.adapters.resources import master_template
from qcity_xl.core.adopting.carrying import Carried, carry
from qcity_xl.core.adopting.ordering import order_rows
from qcity_xl.core.adopting.revision import MatchedTables, match_table
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.changes import Change
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.master.known import with_known
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import INDICATORS, REVISIONS, ROUNDS, TASKS
from qcity_xl.core.schema.words import HANDED_OUT
from qcity_xl.core.text import one_line, shorten
from qcity_xl.steps.shared.adopt_data import AdoptData
from qcity_xl.steps.shared.evaluated import written
from qcity_xl.steps.shared.header_words import known_words, taught
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
    change_section,
)
from qcity_xl.steps.shared.target import Target, Workbook, open_sound

if TYPE_CHECKING:
    from qcity_xl.core.reading import Reading, Words

TITLE = BY_ID["revise"].title
REFUSED = 3  # exit status: nothing was changed
_SHOWN, _LONG, _NAMED = 40, 60, 5
_ALIKE = 0.5  # so much of the smaller table must be in the other, to be its newer version
_COUNTED = ("新增", "取消", "改号", "改文字", "改分值", "改评分规则")


def revise_table(
    target: Target,
    table: Path,
    context: Context,
    pairs: str | Sequence[str] = (),
    headers: str | Sequence[str] = (),
    *,
    packs_out: bool = False,
) -> Outcome[AdoptData]:
    """Bring the master to a newer table; doing it again writes nothing.

    Nothing is written while the office has to say which rows are the same (`pairs`, as 13.3=13.4),
    or, unless `packs_out`, while packs are with units. Raises NothingToDo for a file that is no
    table or no version of this one, DocumentError for one that can't be read.
    """
    file = open_sound(target)
    words = known_words(file.master, headers)
    reading = _read(table, words)
    said = [pairs] if isinstance(pairs, str) else list(pairs)
    plan = with_known(reading.plan, _shipped())
    matched = match_table(file.master, plan, said)
    _refuse(table, matched)
    blocked = [*matched.faults, *([] if packs_out else _out(file.master))]
    if matched.questions or blocked:
        return _asked(table, matched, blocked)
    carried = carry(matched, table.name)
    ordered = _ordered(file, carried) if carried.changes else []
    changes = [*carried.changes, *ordered, *taught(file.master, headers, words)]
    if changes:
        source = table.name + (f"（{'；'.join(said)}）" if said else "")
        evaluation, *_ = written(file, context, TITLE, changes, source)
        changes += evaluation.changes
    return _done(table, carried, changes, reading)


def _ordered(file: Workbook, carried: Carried) -> list[Change]:
    """What lets rows stand by their numbers; tables whose lines can't move are told."""
    saved = file.saved(first=False)
    changes: list[Change] = []
    for table, found in order_rows(file.master, carried.changes):
        if why := saved.fixed_lines(table.name):
            carried.told.append(
                f"「{table.sheet}」：新增的行在表的末尾，{why}，所以没有插到中间；移开后可按编号排序"
            )
        else:
            changes += found
    return changes


def _shipped() -> Master:
    from qcity_xl.adapters.master_file.workbook import WorkbookFile

    return WorkbookFile.open(master_template()).master


def _read(table: Path, words: "Words") -> "Reading":
    from qcity_xl.adapters.documents import read_document
    from qcity_xl.core.reading import refusal

    reading = read_document(table, words)
    if why := refusal(reading):
        raise NothingToDo(
            f"“{table.name}”{why}。总表没有改。"
            "请确认选对了文件；确是任务分解表的，把表头改成常用的写法（指标、分值、评分标准、"
            "工作任务、完成时限、牵头单位、配合单位）后再试。"
        )
    return reading


def _refuse(table: Path, matched: MatchedTables) -> None:
    """Raises NothingToDo for a table that has little in common with the master."""
    shares = []
    for one in (INDICATORS, TASKS):
        level, mine = matched.levels[one.name], matched.master.rows(one)
        theirs = matched.rows[one.name]
        both = len(level.same) + len(level.doubts)
        if mine and theirs:
            shares.append((both / min(len(mine), len(theirs)), one.sheet, both, len(mine)))
    if shares and max(shares)[0] < _ALIKE:
        found = "，".join(f"{sheet}{total}项里对得上{both}项" for _, sheet, both, total in shares)
        raise NothingToDo(
            f"“{table.name}”看来不是这张总表的新版：{found}。总表没有改。"
            "请确认选对了文件；确是另一张表的，请用“新建总表”。"
        )


def _out(master: Master) -> Iterator[str]:
    """Why the table can't be changed now: packs are with units, under the old numbers."""
    newest = {text(row, "unit"): row for row in master.rows(ROUNDS).values()}
    out = [unit for unit, row in newest.items() if text(row, "state") == HANDED_OUT]
    if out:
        named = "、".join(out[:_NAMED]) + (f"等{len(out)}个单位" if len(out) > _NAMED else "")
        yield (
            f"{named}的填报表还没有报送，里面是老表的任务和编号：现在换，单位还在按老表填，"
            "新增、改了的任务他们看不到。请先合并回收，或催办收齐后再换"
        )


# -- what is told


def _asked(table: Path, matched: MatchedTables, blocked: list[str]) -> Outcome[AdoptData]:
    questions = matched.questions
    advice = [Advice("", "说明哪一项是哪一项", (("pairs", "13.3=13.4"),))] if questions else []
    if len(blocked) > len(matched.faults):
        advice.append(Advice("", "确定不等了，现在就换", (("packs_out", ""),)))
    rows = tuple(
        (
            f"{q.kind}{q.old_no}",
            shorten(one_line(q.old), _LONG),
            f"{q.kind}{q.new_no}",
            shorten(one_line(q.new), _LONG),
            f"是：{q.old_no}={q.new_no}　不是：{q.old_no}=无",
        )
        for q in questions
    )
    return Outcome(
        f"还没有换用“{table.name}”：先要说明{len(questions)}处"
        if questions
        else f"没有换用“{table.name}”",
        _data(matched=matched, blocked=blocked),
        REFUSED,
        (),
        (
            Section(
                "拿不准是不是同一项，请逐条说明；都对得上的写“都是”",
                (
                    Column("总表的", "label"),
                    *(Column("原来"), Column("新表的"), Column("现在"), Column("这样写")),
                ),
                rows,
            ),
        ),
        tuple(f"{why}。" for why in blocked),
        tuple(advice),
    )


def _done(
    table: Path, carried: Carried, changes: list[Change], reading: "Reading"
) -> Outcome[AdoptData]:
    from qcity_xl.core.reading import doubts

    others = sum(n for kind, n in carried.counts.items() if kind not in _COUNTED)
    counts = [Count(kind, carried.counts[kind], "项") for kind in _COUNTED if carried.counts[kind]]
    told = [*carried.told, *(f"新表：{doubt}" for doubt in doubts(reading))]
    revised = tuple(
        (
            one.kind,
            one.change,
            one.old_no,
            one.new_no,
            shorten(one_line(one.old), _LONG),
            shorten(one_line(one.new), _LONG),
        )
        for one in carried.revised
    )
    columns = (*("类别", "变化", "原编号", "新编号"), *("原来", "现在"))
    sections = (
        Section(
            "新旧对照",
            tuple(Column(name) for name in columns),
            revised,
            _SHOWN,
            REVISIONS.sheet,
        ),
        Section(
            "请核对",
            (Column("哪一项", "label"), Column("怎么了")),
            tuple((where, said) for where, _, said in (t.partition("：") for t in told)),
            _SHOWN,
        ),
        Section(
            "新表里没有归入任何位置的原文",
            (Column("哪里", "label"), Column("原文")),
            tuple((cell.where, shorten(one_line(cell.text), _LONG)) for cell in reading.unplaced),
            _SHOWN,
        ),
        change_section(changes, carried.standing),
    )
    return Outcome(
        f"换用“{table.name}”" if changes else f"“{table.name}”与总表一致，没有要换的",
        _data(carried, changes),
        LEFT if told and changes else DONE,
        (*counts, *([Count("其他", others, "项")] if others else [])),
        sections,
        tuple(problem.sentence() for problem in reading.problems),
        (Advice("check"), Advice("split", "编号变了，单位要按新编号填的，")) if changes else (),
        len(changes),
    )


def _data(
    carried: Carried | None = None,
    changes: Sequence[Change] = (),
    matched: MatchedTables | None = None,
    blocked: Sequence[str] = (),
) -> AdoptData:
    revised = carried.revised if carried else []
    return {
        "kind": "table",
        "taken": 0,
        "there": 0,
        "conflicts": 0,
        "left": [],
        "told": list(carried.told) if carried else [],
        "revised": [
            {
                "kind": one.kind,
                "change": one.change,
                "old_no": one.old_no,
                "new_no": one.new_no,
                "old": one.old,
                "new": one.new,
                "held": one.held,
            }
            for one in revised
        ],
        "questions": [
            {"kind": q.kind, "old_no": q.old_no, "old": q.old, "new_no": q.new_no, "new": q.new}
            for q in (matched.questions if matched else ())
        ],
        "blocked": list(blocked),
        "changes": len(changes),
        "changed": change_data(changes),
    }
